"""The author named on a plain text page."""

from __future__ import annotations

import pytest

from pipelines.clean.model import RawDocument
from pipelines.clean.stage import clean_document

HEADLINE = "Commission hears former ministers"
BODY = "The commission met in the old customs house for the third time this year and heard witnesses."


def author_of(*lines: str) -> str | None:
    return clean_document(RawDocument("d1", "\n".join(lines))).author


@pytest.mark.parametrize(
    "line",
    [
        "By Flavia Elphberg",
        "By Flavia Elphberg, Strelsau Courier",
        "by Flavia Elphberg | 9 October 2031",
        "Von Flavia Elphberg",
        "Por Flavia Elphberg Publicado Oct 9, 2031",
        "By Flavia Elphberg Oct 9, 2031 5 min read",
    ],
)
def test_author_is_read_from_the_line_under_the_headline(line: str) -> None:
    assert author_of(HEADLINE, line, BODY) == "Flavia Elphberg"


def test_sentence_that_begins_with_by_names_nobody() -> None:
    assert (
        author_of(
            HEADLINE, "By Friday the commission had heard eleven witnesses, two of them in secret.", BODY
        )
        is None
    )


def test_name_far_from_the_headline_is_not_the_author() -> None:
    assert author_of("By Michael Tarlen", *[f"Section {n}" for n in range(20)], HEADLINE, BODY) is None
