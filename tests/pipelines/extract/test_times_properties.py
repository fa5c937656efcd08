"""What holds for any text: offsets, order, EDTF that parses, dates that agree with it, and linear work."""

from __future__ import annotations

from datetime import date

from edtf import parse_edtf
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.extract.times import find_times
from pipelines.extract.times.lexicon import load_phrases, load_words

DAYS = st.dates(date(1600, 1, 1), date(2099, 12, 31))
PUBLISHED = st.one_of(
    st.none(),
    DAYS.map(date.isoformat),
    DAYS.map(lambda d: f"{d:%Y-%m}"),
    DAYS.map(lambda d: f"{d:%Y}"),
    DAYS.map(lambda d: f"{d:%Y}?-{d:%m-%d}"),
)
CALENDAR_WORDS = st.one_of(
    st.sampled_from(sorted(load_words().category)),
    st.sampled_from(sorted(load_phrases().days)).map(str.title),
    st.integers(0, 2200).map(str),
    st.integers(1, 31).map(lambda n: f"{n}th"),
    DAYS.map(lambda d: f"{d:%d.%m.%Y}"),
    st.sampled_from(
        [
            ",",
            ".",
            "-",
            "–",
            "/",
            "(",
            ")",
            "'s",
            "\n\n",
            "Q3",
            "1990s",
            "said",
            "will",
            "71st session of the UN",
        ]
    ),
)
TEXTS = st.one_of(st.text(), st.lists(CALENDAR_WORDS, max_size=30).map(" ".join))


@settings(deadline=None)
@given(TEXTS, PUBLISHED)
def test_spans_are_in_order_and_give_back_their_text(text: str, published: str | None) -> None:
    end = 0
    for time in find_times(text, published):
        assert end <= time.start < time.end
        assert text[time.start : time.end] == time.text
        end = time.end


# the edtf package takes some 10 ms a value
@settings(deadline=None, max_examples=25)
@given(TEXTS, PUBLISHED)
def test_every_value_parses_as_edtf(text: str, published: str | None) -> None:
    for time in find_times(text, published):
        if time.edtf is None:
            assert (time.start_date, time.end_date, time.precision, time.method) == (
                None,
                None,
                "none",
                "none",
            )
        else:
            assert parse_edtf(time.edtf)
            assert time.method in ("explicit", "relative", "inferred")


@settings(deadline=None)
@given(TEXTS, PUBLISHED)
def test_known_year_and_plain_dates_come_together(text: str, published: str | None) -> None:
    for time in find_times(text, published):
        has_year = time.edtf is not None and "XXXX" not in time.edtf
        assert has_year == (time.start_date is not None) == (time.end_date is not None)
        if time.start_date and time.end_date:
            assert date.fromisoformat(time.start_date) <= date.fromisoformat(time.end_date)


@settings(deadline=None)
@given(TEXTS)
def test_without_publication_date_only_stated_years_are_certain(text: str) -> None:
    for time in find_times(text, None):
        if time.method == "inferred":
            assert "?" in (time.edtf or "")


WRITTEN = (
    "{0:%B} {0.day}, {0.year}",
    "{0.day} {0:%B} {0.year}",
    "{0.day} {0:%b} {0.year}",
    "{0:%d.%m.%Y}",
    "{0:%Y-%m-%d}",
    "{0:%Y/%m/%d}",
)


@given(DAYS, st.sampled_from(WRITTEN), PUBLISHED)
def test_written_day_reads_back(day: date, form: str, published: str | None) -> None:
    (time,) = find_times(f"Envoys met on {form.format(day)} in Riga.", published)
    assert (time.edtf, time.start_date, time.end_date) == (day.isoformat(),) * 3
    assert time.precision == "day"


@given(DAYS, DAYS)
def test_month_and_day_fall_within_half_a_year_or_a_leap_year_of_publication(
    day: date, published: date
) -> None:
    (time,) = find_times(f"{day:%B} {day.day}", published.isoformat())
    if time.start_date is not None and (day.month, day.day) != (2, 29):
        assert abs((date.fromisoformat(time.start_date) - published).days) <= 183


@given(st.integers(1, 12), st.integers(1, 28))
def test_without_any_year_none_is_made_up(month: int, day: int) -> None:
    (time,) = find_times(f"They met on {date(2001, month, day):%B} {day}.", None)
    assert time.edtf == f"XXXX-{month:02d}-{day:02d}"
    assert time.start_date is None


@settings(deadline=None, max_examples=20)
@given(
    st.sampled_from(
        [
            "a",
            "1",
            " ",
            "the ",
            "May ",
            "2019-",
            "1,",
            "5 ",
            "last week ",
            "\n",
            "April 5, ",
            "1, 2 and ",
            "'",
            ".",
        ]
    )
)
def test_long_runs_of_one_thing_are_read(unit: str) -> None:
    text = unit * (20_000 // len(unit))
    assert all(text[t.start : t.end] == t.text for t in find_times(text, "2022-10-19"))
