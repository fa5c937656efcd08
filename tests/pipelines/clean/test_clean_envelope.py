"""What a collector wrote in front of a text."""

from __future__ import annotations

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
