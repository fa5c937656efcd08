"""What ``communique trace`` found, in words for people."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

Row = dict[str, Any]

_STATES = {
    "unchanged": "there, and the record is what it was (sha256)",
    "changed": "there, but the record has other bytes now (sha256)",
    "record gone": "there, but it no longer has this record",
    "gone": "not there any more",
    "unknown": "there; it is too large, or too deep in an archive, to tell by its sha256 whether it is what it was",
}


def as_text(found: Row) -> str:
    """The way back, a step a line, then the source around the sentence between >>> and <<<."""
    return "".join(f"{label:<9} {line}\n" for label, line in _steps(found))


def _steps(found: Row) -> Iterator[tuple[str, str]]:
    yield from _mention(found["mention"])
    document, origin, file = found["document"], found["input"], found["file"]
    yield (
        "body",
        f"{_quoted(document['title'])}, {document['characters']:,} characters, {document['words']:,} words",
    )
    yield (
        "",
        f"document {document['document_id']}, published {document['published_edtf'] or 'on no stated day'}",
    )
    yield "", f"{document['mentions']} mentions; story {document['story_id']}{_lead(document)}"
    yield "record", f"input {origin['input_id']}: record {origin['record']} of {_safe(origin['source_uri'])}"
    yield "", f"{origin['format']}, {origin['encoding'] or 'no encoding'}, {origin['bytes']:,} bytes"
    yield "", f"sha256 {origin['sha256'] or 'not known'}"
    for copy in found["copies"]:
        yield (
            "",
            f"the same text: record {copy['record']} of {_safe(copy['source_uri'])} (batch {copy['batch']})",
        )
    yield "file", _safe(file["path"]) if file["path"] else "its batch no longer stands for it"
    yield "", _STATES[file["state"]]
    if file["record_start"] is not None:
        yield "", f"the record is bytes {file['record_start']:,} to {file['record_end']:,} of it"
    yield from _place(found["sentence"])


def _mention(mention: Row | None) -> Iterator[tuple[str, str]]:
    if mention is None:
        return
    shown = f"{mention['event_type']}, {mention['status']}, confidence {mention['confidence']:.2f}"
    yield "mention", f"{mention['mention_id']}: {shown}; event {mention['event_id']}"
    yield "sentence", _quoted(mention["sentence"])
    place = f"characters {mention['sentence_start']:,} to {mention['sentence_end']:,} of the body"
    yield "", f"sentence {mention['sentence_index'] + 1}, {place}"
    trigger = f"characters {mention['trigger_start']:,} to {mention['trigger_end']:,}"
    yield "trigger", f"{_quoted(mention['trigger'])}, {trigger}"


def _lead(document: Row) -> str:
    return ", which it leads" if document["is_story_lead"] else ""


def _place(place: Row) -> Iterator[tuple[str, str]]:
    if place["found_in"] is None:
        yield "source", "the sentence was not found there: too few of its words stand as they are"
        return
    if place["start_in_file"] is not None:
        yield "source", f"bytes {place['start_in_file']:,} to {place['end_in_file']:,} of the file"
    elif place["start_in_record"] is not None:
        start, end = place["start_in_record"], place["end_in_record"]
        yield "source", f"bytes {start:,} to {end:,} of the record, expanded"
    else:
        kept = place["found_in"] == "kept text"
        yield "source", "the text as it was read, kept in the lake" if kept else "the record"
    yield from _notes(place)
    shown = f"{place['before']}>>>{place['text']}<<<{place['after']}"
    yield from (("", f"| {_safe(line)}") for line in shown.splitlines())


def _notes(place: Row) -> Iterator[tuple[str, str]]:
    if place["lines"] > 1:
        yield "", f"joined from {place['lines']} lines of the source"
    if place["words_as_they_are"] < place["words"]:
        same = f"{place['words_as_they_are']} of {place['words']} words stand there as they are"
        yield "", f"{same}; the others were repaired or mended"
    if place["places"] > 1:
        yield "", f"the same words stand at {place['places']} places; this one has the same neighbours"


def _quoted(text: str | None) -> str:
    return f"“{_safe(text)}”" if text else "untitled"


def _safe(text: str) -> str:
    """The text on one line, without characters that would move a terminal's cursor or change its colours."""
    return "".join(
        char if char.isprintable() else " " if char.isspace() else "\N{REPLACEMENT CHARACTER}"
        for char in text
    )
