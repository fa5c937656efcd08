"""Wrapped lines become paragraphs; other lines stay apart."""

from __future__ import annotations

import textwrap

from hypothesis import given
from hypothesis import strategies as st

from pipelines.clean.paragraphs import join, to_lines

STORY = (
    "The commission met in the old customs house for the third time this year and heard eleven witnesses, "
    "among them two former ministers who had signed the first agreement, before it adjourned "
    "without setting another date. "
)


def test_text_wrapped_to_a_width_is_joined() -> None:
    first, second = STORY.strip(), STORY.replace("third", "fourth").strip()
    wrapped = "\n\n".join("\n".join(textwrap.wrap(part, 72)) for part in (first, second))
    assert [line.text for line in to_lines(wrapped.split("\n"))] == [first, second]


def test_wrapped_headline_does_not_hide_that_the_story_is_wrapped() -> None:
    wrapped = "\n".join(["Commission hears", "eleven witnesses", "", *textwrap.wrap(STORY, 66)])
    lines = [line.text for line in to_lines(wrapped.split("\n"))]
    assert lines == ["Commission hears eleven witnesses", STORY.strip()]


def test_paragraphs_on_lines_of_their_own_stay_apart() -> None:
    lines = [
        "The commission met.",
        "It heard eleven witnesses, among them two former ministers.",
        "It adjourned.",
    ]
    assert [line.text for line in to_lines(lines)] == lines


def test_menu_lines_stay_apart() -> None:
    lines = ["Home", "World news", "Business", "Sport and leisure", "Culture"]
    assert [line.text for line in to_lines(lines)] == lines


def test_sentence_broken_in_the_middle_is_mended() -> None:
    lines = ["The commission heard witnesses who had signed the first", "agreement of the two countries."]
    assert [line.text for line in to_lines(lines)] == [" ".join(lines)]


def test_authors_line_is_not_drawn_into_the_headline() -> None:
    lines = ["Commission hears eleven witnesses about the first agreement today", "by Flavia Elphberg"]
    assert [line.text for line in to_lines(lines)] == lines


def test_word_broken_by_a_hyphen_is_mended() -> None:
    assert join(["military coop-", "eration grows"]) == "military cooperation grows"
    assert join(["the Ruritania-", "Graustark border"]) == "the Ruritania- Graustark border"


@given(st.lists(st.text(alphabet="abC. -,", max_size=90).map(str.strip), max_size=30))
def test_each_line_is_in_exactly_one_paragraph(texts: list[str]) -> None:
    covered = [position for line in to_lines(texts) for position in range(line.first, line.last + 1)]
    assert covered == sorted(set(covered))
    assert {position for position, text in enumerate(texts) if text} <= set(covered)
