"""What a collector wrote in front of a text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.clean.envelope import read_envelope
from pipelines.clean.model import RawDocument
from pipelines.clean.stage import clean_document


def test_prefix_with_date_and_address_is_read_and_taken_off() -> None:
    text = " date 2031-10-09 https://courier.example/a-b.html\n\nThe story."
    envelope = read_envelope(text)
    assert envelope.fields == {"published": "2031-10-09", "url": "https://courier.example/a-b.html"}
    assert text[envelope.length :].strip() == "The story."


def test_prefix_may_stand_on_the_storys_own_line() -> None:
    text = " date 2031-10 The minister spoke."
    assert text[read_envelope(text).length :].strip() == "The minister spoke."


def test_header_lines_are_read_while_their_names_are_known() -> None:
    text = "Title: River treaty\nDate: 2031-10-09\nSource: Courier\nNote: keep me\nDate: 2000-01-01\n"
    envelope = read_envelope(text)
    assert envelope.fields == {"title": "River treaty", "published": "2031-10-09", "publisher": "Courier"}
    assert text[envelope.length :].startswith("Note: keep me")


def test_sentence_that_begins_with_the_word_date_is_no_envelope() -> None:
    assert read_envelope("Date palms grow in 2031 villages.").length == 0
    assert read_envelope("The date 2031-10-09 was kept.").length == 0


def test_header_lines_fill_the_document_and_leave_the_body() -> None:
    text = "Title: River treaty\nAuthor: R. Hentzau\n\nThe minister of water spoke for an hour about rivers."
    document = clean_document(RawDocument("d1", text))
    assert (document.title, document.author) == ("River treaty", "R. Hentzau")
    assert document.body.startswith("The minister of water")
    assert [line.reason for line in document.dropped] == ["envelope", "envelope"]


@given(st.text(max_size=300))
def test_envelope_never_reaches_beyond_the_text(text: str) -> None:
    assert 0 <= read_envelope(text).length <= len(text)


URL = "https://courier.example/a-b.html"
STORY = "The minister of water spoke for an hour about rivers."


@pytest.mark.parametrize(
    ("front", "fields"),
    [
        (f"[2031-10-09] {URL}", {"published": "2031-10-09", "url": URL}),
        ("[2031-10-09] Strelsau Courier", {"published": "2031-10-09", "publisher": "Strelsau Courier"}),
        (f"{URL} | 9 Oct 2031", {"published": "9 Oct 2031", "url": URL}),
        (
            f"2031-10-09\t{URL}\tStrelsau Courier",
            {"published": "2031-10-09", "url": URL, "publisher": "Strelsau Courier"},
        ),
        (f"{URL} 2031-10-09T08:00:00Z".replace(" ", "\t"), {"published": "2031-10-09T08:00:00Z", "url": URL}),
        (
            f"Strelsau Courier — 9. Oktober 2031 — {URL}",
            {"published": "9. Oktober 2031", "url": URL, "publisher": "Strelsau Courier"},
        ),
        (f"9 de octubre de 2031 · {URL}", {"published": "9 de octubre de 2031", "url": URL}),
        (
            f"Datum: 2031-10-09\nQuelle: Kurier\nURL: {URL}\n",
            {"published": "2031-10-09", "publisher": "Kurier", "url": URL},
        ),
        (f"URL: {URL}", {"url": URL}),
        ("Date: Thu, 09 Oct 2031 08:00:00 +0000", {"published": "Thu, 09 Oct 2031 08:00:00 +0000"}),
        ("Title: River treaty\n", {"title": "River treaty"}),
        (
            "From: R. Hentzau\nTo: desk@courier.example\nSubject: River treaty\nDate: 9 Oct 2031\nMessage-ID: <4>\n",
            {"author": "R. Hentzau", "title": "River treaty", "published": "9 Oct 2031"},
        ),
        (
            '---\ntitle: "River treaty"\ndate: 2031-10-09\nauthors:\n  - R. Hentzau\n  - F. Elphberg\ntags: [a, b]\n---',
            {"title": "River treaty", "published": "2031-10-09", "author": "R. Hentzau, F. Elphberg"},
        ),
        (
            "**Title:** River treaty\n**Date:** 2031-10-09\n",
            {"title": "River treaty", "published": "2031-10-09"},
        ),
        ("标题：河流条约\n日期：2031-10-09\n", {"title": "河流条约", "published": "2031-10-09"}),
        (
            "TITLE = River treaty\nDATE = 2031-10-09\n=====",
            {"title": "River treaty", "published": "2031-10-09"},
        ),
    ],
)
def test_fronts_of_many_shapes_are_read_and_taken_off(front: str, fields: dict[str, str]) -> None:
    text = f"{front}\n{STORY}"
    envelope = read_envelope(text)
    assert envelope.fields == fields
    assert text[envelope.length :].strip() == STORY


@pytest.mark.parametrize(
    "text",
    [
        f"9 October 2031\n{STORY}",
        f"Strelsau | 9 October 2031\n{STORY}",
        f"Source: a spring in the hills, says the minister.\n{STORY}",
        f"By: the river\n{STORY}",
        f"[2031-10-09] Ministers meet in Zenda\n{STORY}",
        f"[Update] Ministers meet\n{STORY}",
        f"Read more at {URL} and {URL}\n{STORY}",
        f"{URL}\n{STORY}",
        f"Language: English is spoken.\nStatus: unknown\n{STORY}",
        f"--- \n{STORY}",
    ],
)
def test_first_lines_of_a_page_are_no_envelope(text: str) -> None:
    assert read_envelope(text).length == 0


def test_long_lines_and_many_headers_cost_no_more_than_reading_them() -> None:
    assert read_envelope("[" * 200_000).length == 0
    assert read_envelope(" |" * 200_000).length == 0
    assert read_envelope("a: b\n" * 100_000).length == 0
    assert read_envelope("- " * 200_000).length == 0
