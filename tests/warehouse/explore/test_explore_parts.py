"""Marks, dates in words, charts and pages: the small parts behind the pages."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warehouse.explore import charts, words
from warehouse.explore.marks import Stretch, pieces
from warehouse.explore.paging import Paging

_STRETCHES = st.lists(
    st.builds(
        Stretch, st.integers(-5, 60), st.integers(-5, 60), st.sampled_from(["actor", "trigger", "date"])
    )
)


@given(st.text(max_size=50), _STRETCHES)
def test_pieces_put_together_are_the_text(text: str, stretches: list[Stretch]) -> None:
    found = pieces(text, stretches)
    assert "".join(piece.text for piece in found) == text
    for piece in found:
        covering = {s.kind for s in stretches if s.start <= piece.start < s.end}
        assert not piece.text or set(piece.kinds) == covering


@given(st.integers(-1000, 1000), st.integers(-1000, 1000), st.text(max_size=20))
def test_a_stretch_beyond_the_text_is_cut(start: int, end: int, text: str) -> None:
    assert "".join(piece.text for piece in pieces(text, [Stretch(start, end, "actor")])) == text


@pytest.mark.parametrize(
    ("edtf", "shown"),
    [
        ("2024-05-05", "5 May 2024"), ("2024-05", "May 2024"), ("2024", "2024"), ("2024-33", "1st quarter of 2024"),
        ("2024-22", "summer 2024"), ("2024-05-05/2024-05-08", "5–8 May 2024"), (None, "date unknown"),
        ("2024-05-30/2024-06-02", "30 May 2024 – 2 Jun 2024"), ("XXXX-11-22", "XXXX-11-22"), ("2024-99", "2024-99"),
        ("2024/..", "2024 – …"), ("2024-19-05", "2024-19-05"),
    ],
)  # fmt: skip
def test_dates_are_shown_in_words_where_there_are_words(edtf: str | None, shown: str) -> None:
    assert words.edtf(edtf) == shown


@given(st.text(max_size=30))
def test_any_text_for_a_date_is_shown_somehow(text: str) -> None:
    assert words.edtf(text)


@pytest.mark.parametrize(
    "address",
    ["javascript:alert(1)", "JAVASCRIPT:alert(1)", " https://x.ex", "java\tscript:x", "data:text/html,x", "//x.example",
     "file:///etc/passwd", "https://", "http://[", "ftp://x.example", "", None, "https://x.example/" + "a" * 3_000],
)  # fmt: skip
def test_only_web_addresses_are_linked(address: str | None) -> None:
    assert words.web_address(address) is None


def test_web_addresses_are_linked_as_they_are() -> None:
    assert words.web_address("https://x.example/a?b=c&d") == "https://x.example/a?b=c&d"


def test_the_step_of_a_chart_follows_its_span() -> None:
    assert charts.step_of(date(2024, 1, 1), date(2024, 2, 1)) == "day"
    assert charts.step_of(date(2020, 1, 1), date(2024, 2, 1)) == "month"
    assert charts.step_of(date(1950, 1, 1), date(2024, 2, 1)) == "year"


def test_cooperation_lies_above_the_line_and_conflict_below() -> None:
    chart = charts.timeline(
        {date(2024, 1, 1): [2, 1, 0, 3], date(2024, 3, 1): [0, 0, 1, 0]}, "month", date(2024, 1, 9)
    )
    assert chart is not None
    assert [bar.name for bar in chart.bars] == ["Jan 2024", "Feb 2024", "Mar 2024"]
    assert (chart.top, chart.bottom) == (3, 3)
    for bar in chart.bars:
        for part in bar.parts:
            below = part.y >= chart.zero
            assert below == (part.quad >= 3)
            assert part.y >= 0 and part.y + part.height <= charts.HEIGHT + 0.1


def test_what_a_chart_leaves_out_is_counted() -> None:
    chart = charts.timeline(
        {date(1900, 1, 1): [5, 0, 0, 0], date(2024, 1, 1): [1, 0, 0, 0]}, "year", date(2000, 5, 1)
    )
    assert chart is not None
    assert chart.left_out == 5
    assert chart.before == date(1999, 12, 31)


def test_no_counts_make_no_chart() -> None:
    assert charts.timeline({}, "month", date(2024, 1, 1)) is None


@given(st.floats(-180, 180), st.floats(-90, 90), st.integers(0, 10**6))
def test_every_place_lies_on_the_map(longitude: float, latitude: float, events: int) -> None:
    dot = charts.dot(longitude, latitude, events, 0, 10**6)
    assert 0 <= dot.x <= 360
    assert 0 <= dot.y <= 138


@given(st.integers(1, 500), st.integers(0, 10_000))
def test_pages_cover_all_rows(number: int, total: int) -> None:
    paging = Paging(number, 25, total)
    assert (paging.last - 1) * 25 < max(1, total) <= max(1, paging.last * 25)
    assert paging.near()[0] == 1 and paging.near()[-1] >= paging.last
