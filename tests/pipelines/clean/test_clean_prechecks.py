"""The cheap questions asked before dear ones: where they say no, the dear one would find nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.clean.dates import find_dates
from pipelines.clean.encoding import is_sound, repair
from pipelines.clean.lines import CLOSED, TAIL, TRUNCATED, hash_numbers, measure, split_lines
from pipelines.clean.marks import find_mark

SIGNS = st.sampled_from(list("()[]{}<>=#@©/.:!?»›→|·•,;…”’。»-'’"))
WORDS = st.sampled_from(
    [
        "May",
        "marzo",
        "de",
        "2019",
        "12",
        "7th",
        "’19",
        "令和",
        "3",
        "年",
        "月",
        "日",
        "٢٠١٩",
        "Ã©",
        "\u200b",
        "naïve",
    ]
)
TEXTS = st.lists(st.one_of(SIGNS, WORDS, st.text(max_size=4), st.just(" ")), min_size=1, max_size=14).map(
    "".join
)


def _line(text: str) -> str:
    return " ".join(text.split()) or "x"


@given(TEXTS)
def test_a_line_that_holds_no_number_holds_no_date_and_no_digit(text: str) -> None:
    line = measure(_line(text), 0, 0)
    if not line.numbered:
        assert find_dates(line.text) == []
        assert hash_numbers(line.key) == line.key


@given(TEXTS)
def test_lines_of_a_sound_text_need_no_repair(text: str) -> None:
    if is_sound(text):
        assert [repair(line) for line in split_lines(text)] == split_lines(text)


@given(TEXTS)
def test_a_line_ends_as_its_last_signs_say(text: str) -> None:
    line = measure(_line(text), 0, 0)
    assert line.truncated == (TRUNCATED.search(line.text[-TAIL:]) is not None)
    assert line.closed == (not line.truncated and CLOSED.search(line.text[-TAIL:]) is not None)


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("Crónica local, marzo de 2031", "2031-03"),
        ("Text by Roe, Mar. 7,\t2031", "2031-03-07"),
        ("2031 2032 March 7", "2032-03-07"),
        ("7/3/31 or 2030-04-05", "2030-04-05"),
        ("in 1999 and 2001, but on 7 March 2031", "2031-03-07"),
        ("© 2029 Roe Ltd, 2031-03-07", "2031-03-07"),
    ],
)
def test_dates_are_found_beside_other_years_and_numbers(text: str, edtf: str) -> None:
    assert edtf in {found.edtf for found in find_dates(text)}


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Two riders cross the lake (Reuters)", "picture_credit"),
        ("Two riders cross the lake [XINHUA/Jane Roe]", "picture_credit"),
        ("Two riders cross the lake Photo : Jane Roe", "picture_credit"),
        ("Two riders cross the lakeImage: Jane Roe", "picture_credit"),
        ("Two riders cross the lake (a report)", None),
        ("Two riders cross the lake: a report", None),
        ("var lake = riders", "machine_remains"),
        ("Home :: Lakes :: Riders", "breadcrumb"),
        ("riders, lakes, boats, ice", "tag_list"),
        ("null", "numbers_or_symbols"),
        ("x 2 y", "numbers_or_symbols"),
        ("nobody", None),
        ("By Jane Roe", "byline"),
    ],
)
def test_a_line_without_its_signs_has_no_mark(text: str, reason: str | None) -> None:
    mark = find_mark(measure(text, 0, 0))
    assert (mark[0] if mark else None) == reason
