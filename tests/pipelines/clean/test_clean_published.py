"""The publication date: which evidence is believed, and when none is."""

from __future__ import annotations

import pytest

from pipelines.clean.model import RawDocument
from pipelines.clean.stage import clean_document

HEADLINE = "Graustark and Ruritania sign river treaty"
BODY = [
    "The river treaty was signed on Friday in the presence of both prime ministers and many guests.",
    "It had been negotiated since 4 May 2029, when the first delegation travelled down to the delta.",
    "Parliament must still approve the text, which opponents call a gift to the dam builders of the south.",
]


def published(*lines: str, **fields: str) -> tuple[str | None, str]:
    document = clean_document(RawDocument("d1", "\n".join(lines), **fields))
    return document.published_edtf, document.published_method


def test_year_is_never_taken_from_the_clock() -> None:
    assert published(HEADLINE, "Friday, 9:30", *BODY) == (None, "none")
    today = (
        "The river treaty was signed today, May 3, in the presence of both prime ministers and many guests."
    )
    assert published(HEADLINE, today, *BODY[2:]) == ("XXXX-05-03", "inferred_line")


def test_date_in_the_story_is_not_the_date_of_the_story() -> None:
    assert published(HEADLINE, *BODY) == (None, "none")


def test_prefix_month_stays_a_month() -> None:
    assert published(f" date 2031-10 {BODY[0]}", *BODY[1:]) == ("2031-10", "explicit_prefix")


def test_prefix_month_becomes_the_day_that_the_address_states() -> None:
    prefix = " date 2031-10 https://courier.example/2031/10/09/river"
    assert published(prefix, HEADLINE, *BODY) == ("2031-10-09", "explicit_prefix")


@pytest.mark.parametrize(
    "url",
    [
        "https://courier.example/2031/10/09/river-treaty",
        "https://courier.example/20311009/river-treaty-112.html",
        "https://courier.example/news/2031-10-09-river.html",
        "https://courier.example/2031/oct/09/river",
        "https://courier.example/story?id=4&date=2031-10-09",
        "https://archive.example/web/20330101000000/https://courier.example/2031/10/09/river",
    ],
)
def test_address_states_the_day(url: str) -> None:
    assert published(HEADLINE, *BODY, url=url) == ("2031-10-09", "explicit_url")


def test_number_in_the_address_is_not_always_a_date() -> None:
    assert published(HEADLINE, *BODY, url="https://courier.example/story/20319945/river") == (None, "none")


@pytest.mark.parametrize(
    "line",
    [
        "09.10.2031",
        "Published: 9 October 2031",
        "2031-10-09T12:31+0000",
        "Oct 9, 2031 12:31 pm",
        "Veröffentlicht am 9. Oktober 2031 um 12:31 Uhr",
        "Опубликовано 9 октября 2031",
    ],
)
def test_date_line_under_the_headline_counts(line: str) -> None:
    assert published(HEADLINE, line, *BODY)[0] == "2031-10-09"


def test_published_wins_over_updated() -> None:
    lines = ("Updated: 11 October 2031", "Published: 9 October 2031")
    assert published(HEADLINE, *lines, *BODY) == ("2031-10-09", "explicit_line")
    assert published(HEADLINE, " | ".join(lines), *BODY) == ("2031-10-09", "explicit_line")


def test_dates_of_linked_stories_and_copyright_do_not_count() -> None:
    links = [
        "Related articles",
        "King opens bridge",
        "8 October 2031",
        "Storm over Strelsau",
        "7 October 2031",
    ]
    menu = [f"Section {n}" for n in range(9)]
    assert published(HEADLINE, *BODY, *menu, *links, "Copyright 1 January 2032") == (None, "none")


def test_numbers_are_read_by_the_country_of_the_site() -> None:
    line = "03/10/2031"
    assert published(HEADLINE, line, *BODY, url="https://courier.co.uk/a")[0] == "2031-10-03"
    assert published(HEADLINE, line, *BODY, url="https://courier.us/a")[0] == "2031-03-10"
    assert published(HEADLINE, line, *BODY, url="https://courier.example/a") == (None, "none")


def test_numbers_are_read_as_other_dates_of_the_page() -> None:
    assert published("10/28/2031", HEADLINE, "Posted 10/03/2031", *BODY) == ("2031-10-03", "inferred_line")


def test_numbers_are_read_by_the_language() -> None:
    german = (
        "Die beiden Regierungen haben am Freitag vor vielen Gästen den Vertrag über die Flüsse besiegelt."
    )
    assert published("Vertrag über die Flüsse unterzeichnet", "03/10/2031", german) == (
        "2031-10-03",
        "inferred_line",
    )


def test_dateline_counts_when_nothing_else_does() -> None:
    opening = f"STRELSAU, October 9, 2031 (Courier) — {BODY[0]}"
    assert published(HEADLINE, opening, *BODY[1:]) == ("2031-10-09", "explicit_dateline")


@pytest.mark.parametrize("value", ["2299-01-01", "0001-01-01", "31.31.2031", "soon", ""])
def test_absurd_field_is_not_believed(value: str) -> None:
    assert published(HEADLINE, *BODY, published=value) == (None, "none")


@pytest.mark.parametrize(
    "value",
    ["2031-10-09", "2031-10-09T23:59:59Z", "20311009", "Fri, 09 Oct 2031 12:31:00 GMT", "9. Oktober 2031"],
)
def test_field_is_read_in_many_forms(value: str) -> None:
    assert published(HEADLINE, *BODY, published=value) == ("2031-10-09", "explicit_field")


MENU = [f"Section {n}" for n in range(9)]


def test_label_says_published_inside_words_of_scripts_without_spaces() -> None:
    assert published(
        HEADLINE, *BODY, *MENU, "本站发布时间：2031-10-09 12:31", "2031-10-11", "2031-10-12"
    ) == (
        "2031-10-09",
        "explicit_line",
    )


def test_opening_date_is_believed_before_dates_of_lists_below() -> None:
    opening = f"9 October 2031. {BODY[0]}"
    assert published(HEADLINE, opening, *BODY[1:], "11 October 2031", "12 October 2031") == (
        "2031-10-09",
        "explicit_dateline",
    )


def test_the_only_day_on_the_page_is_inferred_wherever_it_stands() -> None:
    assert published(HEADLINE, *BODY, *MENU, "9 October 2031") == ("2031-10-09", "inferred_line")
    assert published(HEADLINE, *BODY, *MENU, "9 October 2031", "Next", "8 October 2031") == (None, "none")


def test_day_of_change_serves_where_nothing_says_published_and_its_method_says_so() -> None:
    lists = ["8 October 2031", "Next", "7 October 2031"]
    assert published(HEADLINE, *BODY, *MENU, *lists, *MENU, "Last modified: 11 October 2031") == (
        "2031-10-11",
        "inferred_line",
    )


def test_judgments_and_papers_cited_by_date_do_not_date_the_text() -> None:
    german = "Das Gericht kassiert das Urteil vom 24.01.2031, das den Fahrer verurteilt hatte, und weist es zurück."
    note = "Dieser Beitrag wurde am 09.10.2031 von rh in der Rubrik Verkehr und Recht veröffentlicht."
    assert published("Urteil gegen Raser aufgehoben", german, note)[0] == "2031-10-09"


def test_month_in_the_address_decides_between_days() -> None:
    lines = ("14/08/2030", HEADLINE, *BODY, *MENU, "14 October 2031, 15:40")
    assert published(*lines, url="https://courier.example/news/2031-10/river.html")[0] == "2031-10-14"


def test_dateline_without_a_year_takes_it_from_stated_evidence_only() -> None:
    opening = f"STRELSAU, Oct. 9 (Courier) — {BODY[0]}"
    assert published(HEADLINE, opening, *BODY[1:]) == ("XXXX-10-09", "inferred_line")
    url = "https://courier.example/2031/10/river"
    assert published(HEADLINE, opening, *BODY[1:], url=url) == ("2031-10-09", "inferred_line")
    other = "https://courier.example/2031/11/river"
    assert published(HEADLINE, opening, *BODY[1:], url=other)[0] == "2031-11"


def test_sentence_that_opens_with_place_and_day_is_no_dateline() -> None:
    assert published(HEADLINE, f"In Strelsau, October 9 was quiet. {BODY[0]}", *BODY[1:]) == (None, "none")
