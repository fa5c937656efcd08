"""``communique trace``: the way back from a mention or document to the bytes of the file that it came from.

Here is where the published file, the lake and the input files are asked; how a sentence is found in a source is in
``pipelines.trace``, and how the answer is shown in ``trace_text``.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import duckdb

from assets.cli.errors import CommandError
from assets.cli.homes import PUBLISHED, Place, reading
from assets.cli.trace_text import as_text
from assets.plan import sources_of
from assets.stages import pipeline_stages
from pipelines.trace.locate import Located, Sought, locate_in_bytes, locate_in_text
from pipelines.trace.records import Reread, reread, source_of
from warehouse import reader
from warehouse.batches import BatchError
from warehouse.home import Home, existing_home
from warehouse.overlay import Overlay
from warehouse.register import connect, create_view
from warehouse.remote.inputs import shown
from warehouse.tables import table
from warehouse.tables.common import ID_PATTERN

Row = dict[str, Any]

_NEAR = 200  # characters of the body on either side that tell one place of the source from another
_OPENING = 300  # characters of the body that stand for a document
_BYTELESS = frozenset({"parquet", "feed"})  # formats whose records have no bytes of their own in the file

_MENTION = (
    "SELECT mention_id, document_id, event_id, event_type, status, confidence, sentence_index, sentence, "
    "sentence_start, sentence_end, trigger, trigger_start, trigger_end FROM event_mentions WHERE mention_id = ?"
)
_DOCUMENT = (
    "SELECT document_id, batch, title, published_edtf, body, words, story_id, is_story_lead, "
    "(SELECT count(*) FROM event_mentions AS m WHERE m.document_id = d.document_id) AS mentions "
    "FROM documents AS d WHERE document_id = ?"
)
_INPUTS = (
    "SELECT input_id, batch, source_uri, record, format, bytes, sha256, outcome FROM inputs "
    "WHERE document_id = ? ORDER BY outcome <> 'accepted', batch <> ?, source_uri, record"
)
_KEPT = "SELECT input_id, content, text, encoding FROM raw_documents WHERE document_id = ?"


def trace_command(identity: str, *, format_: str, home: Place | None) -> None:
    """Print where a mention or document comes from."""
    with reading(home, *PUBLISHED, "lake/raw_documents") as root:
        found = trace(existing_home(root), identity)
    if format_ == "json":
        sys.stdout.write(json.dumps(found, ensure_ascii=False, indent=2, default=str) + "\n")
    else:
        sys.stdout.write(as_text(found))


def trace(home: Home, identity: str) -> Row:
    """Everything there is between a mention or document and its file; CommandError for an unknown id."""
    if not re.fullmatch(ID_PATTERN, identity):
        raise CommandError(f"{identity!r} is no id: ids of mentions and documents are 20 hexadecimal digits")
    with reader.connect(home.published) as con:
        mention = _first(_rows(con, _MENTION, [identity]))
        document = _first(_rows(con, _DOCUMENT, [mention["document_id"] if mention else identity]))
        if document is None:
            raise CommandError(f"no mention and no document has the id {identity}")
        inputs = _rows(con, _INPUTS, [document["document_id"], document["batch"]])
    kept = _kept(home, document)
    origin = _origin(inputs, kept)
    sought = _sought(document["body"], mention)
    path, now = _now(home, origin)
    located = _located(sought, origin, kept, now)
    return {
        "mention": mention,
        "document": {name: value for name, value in document.items() if name != "body"}
        | {"characters": len(document["body"])},
        "input": origin | {"encoding": kept["encoding"]},
        "copies": [row for row in inputs if row["input_id"] != origin["input_id"]],
        "file": _file(home, origin, path, now),
        "sentence": _place(sought, origin, now, *located),
    }


def _kept(home: Home, document: Row) -> Row:
    """The text as ingest kept it. CommandError where the lake does not have it any more."""
    declared = table("raw_documents")
    path = Overlay(home).path(declared.name, document["batch"])
    with connect(home) as con:
        create_view(con, declared.name, declared, [path] if path else [])
        kept = _first(_rows(con, _KEPT, [document["document_id"]]))
    if kept is None:
        raise CommandError(
            f"the lake no longer has the raw text of document {document['document_id']}: "
            "`communique rerun` brings lake and published file together", code=1,
        )  # fmt: skip
    return kept


def _origin(inputs: Sequence[Row], kept: Row) -> Row:
    """The ledger's row of the record that the document was made from."""
    origin = next((row for row in inputs if row["input_id"] == kept["input_id"]), None)
    if origin is None:
        raise CommandError(
            f"the ledger has no input {kept['input_id']}: `communique rerun` brings it up to date", code=1
        )
    return origin


def _sought(body: str, mention: Row | None) -> Sought:
    """The mention's sentence, or the document's opening, with the words around it."""
    start, end = (mention["sentence_start"], mention["sentence_end"]) if mention else (0, _opening(body))
    return Sought(body[start:end], body[max(0, start - _NEAR) : start], body[end : end + _NEAR])


def _opening(body: str) -> int:
    paragraph = body.split("\n\n", 1)[0]
    return len(paragraph) if len(paragraph) <= _OPENING else max(1, paragraph.rfind(" ", 1, _OPENING))


def _now(home: Home, origin: Row) -> tuple[Path | None, Reread | None]:
    """The file that the record was read from, and the record as it is now; None for what is gone."""
    try:
        sources = sources_of(home, pipeline_stages(), origin["batch"])
    except BatchError:
        return None, None
    source = source_of(sources, origin["source_uri"])
    if source is None or not source.path.is_file():
        return source.path if source else None, None
    return source.path, reread(source, origin["source_uri"], origin["record"])


def _file(home: Home, origin: Row, path: Path | None, now: Reread | None) -> Row:
    is_there = path is not None and path.is_file()
    if now is None:
        state = "record gone" if is_there else "gone"
    elif now.sha256 is None or origin["sha256"] is None:
        state = "unknown"
    else:
        state = "unchanged" if now.sha256 == origin["sha256"] else "changed"
    start = now.offset if now and state == "unchanged" and origin["format"] not in _BYTELESS else None
    return {
        "path": shown(path, home.fetched) if path else None,
        "state": state,
        "record_start": start,
        "record_end": None if start is None else start + origin["bytes"],
    }


def _located(sought: Sought, origin: Row, kept: Row, now: Reread | None) -> tuple[Located | None, str]:
    """Where the sentence stands in the record as it is, or else in the text as ingest kept it."""
    if now is not None and now.raw is not None and now.sha256 == origin["sha256"]:
        encoding = now.encoding or kept["encoding"]
        found = locate_in_bytes(sought, now.raw, encoding, origin["format"], kept["content"])
        if found is not None:
            return found, "record"
    return locate_in_text(sought, kept["text"], kept["content"]), "kept text"


def _place(sought: Sought, origin: Row, now: Reread | None, found: Located | None, source: str) -> Row:
    if found is None:
        return {"sought": sought.sentence, "found_in": None}
    is_in_bytes = found.start is not None and origin["format"] not in _BYTELESS
    offset = now.offset if now is not None and is_in_bytes else None
    return {
        "sought": sought.sentence,
        "found_in": source,
        "text": found.text,
        "before": found.before,
        "after": found.after,
        "lines": found.lines,
        "words": found.spot.words,
        "words_as_they_are": found.spot.same,
        "places": found.spot.places,
        "start_in_record": found.start if is_in_bytes else None,
        "end_in_record": found.end if is_in_bytes else None,
        "start_in_file": None if offset is None else offset + (found.start or 0),
        "end_in_file": None if offset is None else offset + (found.end or 0),
    }


def _rows(con: duckdb.DuckDBPyConnection, query: str, values: Sequence[object]) -> list[Row]:
    con.execute(query, list(values))
    names = [column[0] for column in con.description or ()]
    return [dict(zip(names, row, strict=True)) for row in con.fetchall()]


def _first(rows: Sequence[Row]) -> Row | None:
    return rows[0] if rows else None
