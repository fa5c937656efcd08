"""The annotated texts of the quality gate as plain values.

Reads the files beside it; knows nothing of the extractor or of scores. The format is told in ``README.md``.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
GENERATED = "# Generated\n"  # the line that parts written from generated negatives


@dataclass(frozen=True, slots=True)
class Sentence:
    """One annotated text of one to three sentences; ``date`` is its publication day."""

    id: str
    text: str
    date: str | None
    events: tuple[Event, ...]
    tags: tuple[str, ...]

    @property
    def expected(self) -> tuple[Event, ...]:
        """The events that must be found; the others may be."""
        return tuple(event for event in self.events if not event.optional)


@dataclass(frozen=True, slots=True)
class Event:
    """What a sentence tells: every tuple of types or statuses holds what is right, the best first."""

    types: tuple[str, ...]
    statuses: tuple[str, ...]
    source: tuple[str, ...]
    target: tuple[str, ...]
    mode: str | None = None
    time: str | None = None
    place: tuple[str, str] | None = None  # name, country
    reported_by: str | None = None
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """An event of a document, told by the sentence that holds the text at ``offset``."""

    offset: int
    types: tuple[str, ...]
    statuses: tuple[str, ...]
    actors: tuple[dict[str, str], ...]
    recipients: tuple[dict[str, str], ...]
    dates: tuple[str, ...] = ()
    place: tuple[str, str] | None = None
    reported_by: str | None = None
    agreements: tuple[dict[str, Any], ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """One annotated article; in a sentence over a ``tolerated`` offset further mentions are no fault."""

    id: str
    text: str
    date: str | None
    publisher_country: str | None
    events: tuple[Told, ...] = field(default=())
    tolerated: tuple[int, ...] = ()


def read_sentences(path: Path = HERE / "sentences.jsonl") -> list[Sentence]:
    """The annotated sentences in file order."""
    rows = (json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip())
    return [
        Sentence(
            row["id"],
            row["text"],
            row.get("date"),
            tuple(_event(one) for one in row["events"]),
            tuple(row.get("tags", ())),
        )
        for row in rows
    ]


def read_documents(folder: Path = HERE / "documents") -> list[Document]:
    """The annotated articles in order of file name."""
    return [_document(json.loads(path.read_text("utf-8"))) for path in sorted(folder.glob("*.json"))]


def read_negatives(path: Path = HERE / "negatives.txt") -> tuple[list[str], list[str]]:
    """Sentences without an event, those written one by one and those generated; other lines with ``#`` are remarks."""
    written, _, generated = path.read_text("utf-8").partition(GENERATED)
    return _sentence_lines(written), _sentence_lines(generated)


def _sentence_lines(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.strip() and not line.startswith("#")]


def _event(row: dict[str, Any]) -> Event:
    return Event(
        types=_best_first(row, "type"),
        statuses=_best_first(row, "status"),
        source=_phrases(row["source"]),
        target=_phrases(row["target"]),
        mode=row.get("mode"),
        time=row.get("time"),
        place=_place(row),
        reported_by=row.get("reported_by"),
        optional=row.get("optional", False),
    )


def _document(row: dict[str, Any]) -> Document:
    text = row["text"]
    return Document(
        id=row["id"],
        text=text,
        date=row["date"],
        publisher_country=row.get("publisher_country"),
        events=tuple(_told(one, text) for one in row["events"]),
        tolerated=tuple(text.index(snippet) for snippet in row["tolerated"]),
    )


def _told(row: dict[str, Any], text: str) -> Told:
    return Told(
        offset=text.index(row["evidence"]),
        types=_best_first(row, "type"),
        statuses=_best_first(row, "status"),
        actors=tuple(row["actors"]),
        recipients=tuple(row["recipients"]),
        dates=_best_first(row, "date") if "date" in row else (),
        place=_place(row),
        reported_by=row.get("reported_by"),
        agreements=tuple(row.get("agreements", ())),
    )


def _best_first(row: dict[str, Any], name: str) -> tuple[str, ...]:
    return (row[name], *row.get(f"or_{name}", ()))


def _phrases(value: str | list[str] | None) -> tuple[str, ...]:
    if value is None:
        return ()
    return (value,) if isinstance(value, str) else tuple(value)


def _place(row: dict[str, Any]) -> tuple[str, str] | None:
    return (row["place"]["name"], row["place"]["country"]) if "place" in row else None
