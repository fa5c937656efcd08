"""Ingest: from sources to chunks of ledger rows and decoded texts.

What belongs here: identity, duplicates, one ledger row for every record, chunks of bounded size. What does
not: formats (``readers``), and writing: refused bytes are handed to the caller's ``keep``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import Any

import pyarrow as pa

from pipelines.ids import stable_id
from pipelines.ingest.fields import Fields
from pipelines.ingest.limits import Limits
from pipelines.ingest.outcomes import Outcomes, Seen, bytes_of, weigh
from pipelines.ingest.reasons import explain
from pipelines.ingest.records import Record, Refusal
from pipelines.ingest.sources import Source, discover
from warehouse.tables import table
from warehouse.tables.arrow import rows_to_arrow

__all__ = ["Keep", "Limits", "Progress", "Source", "discover", "document_id", "ingest"]

Keep = Callable[[Source, int, bytes | Iterator[bytes]], None]
"""Takes a refused record: its source, its number in it, its bytes (in pieces where it is a whole file)."""

Progress = Callable[[int], None]
"""Takes how many further bytes on disk are done with."""

_Row = dict[str, Any]
_INPUTS, _RAW_DOCUMENTS = table("inputs"), table("raw_documents")


def ingest(
    sources: Sequence[Source],
    *,
    batch: str,
    seen_at: datetime,
    keep: Keep | None = None,
    progress: Progress | None = None,
    rows_per_chunk: int = 1000,
    limits: Limits | None = None,
) -> Iterator[tuple[pa.Table, pa.Table]]:
    """Read the sources, in order of their ``uri``; give chunks of (``inputs``, ``raw_documents``).

    Every record has one row in ``inputs``, and a file without any record has one too. A text that was read
    before in this batch is a ``duplicate`` of the first. ``keep`` is called for every refused record whose
    bytes can be read, with at most ``limits.max_kept_bytes`` of them; not for what stays in an archive. A file
    in an archive has the archive's ``uri``, two slashes and its own name. ``progress`` is told bytes on disk
    that are done with; over a source they add up to its ``size``. ``seen_at`` must carry a time zone.
    Refused input never raises; what ``keep`` and ``progress`` raise goes to the caller.
    """
    bounds = limits or Limits()
    run = _Run(batch, seen_at, keep, progress, bounds)
    chunk = _Chunk()
    for source in sorted(sources, key=lambda source: source.uri):
        for ledger_row, document in run.rows(source):
            chunk.add(ledger_row, document)
            if len(chunk.inputs) >= rows_per_chunk or chunk.size >= bounds.chunk_bytes:
                yield chunk.tables()
                chunk = _Chunk()
    if chunk.inputs:
        yield chunk.tables()


def document_id(fields: Fields) -> str:
    """The identity of a text: what it says, its address, date and title; blanks around it do not count."""
    return stable_id(fields.text.strip(), fields.url, fields.published, fields.title)


class _Run:
    """One ingest of a batch: what it was told, and the identities that it has seen."""

    def __init__(
        self, batch: str, seen_at: datetime, keep: Keep | None, progress: Progress | None, limits: Limits
    ) -> None:
        self._batch = batch
        self._seen_at = seen_at
        self._keep = keep
        self._progress = progress
        self._limits = limits
        self._first: dict[
            int, str
        ] = {}  # identity as a number to the uri it came with: about 100 bytes a document

    def rows(self, source: Source) -> Iterator[tuple[_Row, _Row | None]]:
        """For every record of the source its ledger row, and its document if that is a new one."""
        outcomes = Outcomes(source, self._limits)
        told = 0
        for seen in outcomes:
            yield self._rows_of(seen)
            told += self._tell(min(outcomes.bytes_read, source.size) - told)
        self._tell(source.size - told)

    def _tell(self, increment: int) -> int:
        if self._progress is not None and increment > 0:
            self._progress(increment)
        return max(0, increment)

    def _rows_of(self, seen: Seen) -> tuple[_Row, _Row | None]:
        source, outcome = seen.source, seen.outcome
        weight = weigh(seen, self._limits)
        row: _Row = {
            "input_id": stable_id(self._batch, source.uri, outcome.number),
            "batch": self._batch,
            "source_uri": source.uri,
            "record": outcome.number,
            "format": seen.format,
            "bytes": weight.size,
            "sha256": weight.sha256,
            "seen_at": self._seen_at,
        }
        if isinstance(outcome, Refusal):
            if self._keep is not None and (kept := bytes_of(seen, self._limits)) is not None:
                self._keep(source, outcome.number, kept)
            return row | _judged("rejected", outcome.reason, outcome.detail, None), None
        identity = document_id(outcome.fields)
        first = self._first.get(int(identity, 16))
        if first is not None:
            why = explain("same-content", first=first)
            return row | _judged("duplicate", "same-content", why, identity), None
        self._first[int(identity, 16)] = source.uri
        return row | _judged("accepted", None, None, identity), _document(row, identity, outcome)


def _judged(outcome: str, reason: str | None, detail: str | None, document: str | None) -> _Row:
    return {"outcome": outcome, "reason": reason, "detail": detail, "document_id": document}


def _document(row: _Row, identity: str, record: Record) -> _Row:
    fields = record.fields
    return {name: row[name] for name in ("batch", "input_id", "source_uri", "record", "format")} | {
        "document_id": identity,
        "content": fields.content,
        "text": fields.text,
        "encoding": record.encoding,
        "url": fields.url,
        "title": fields.title,
        "author": fields.author,
        "publisher": fields.publisher,
        "published": fields.published,
        "captured": record.captured,
    }


class _Chunk:
    """Rows that will be given out together."""

    def __init__(self) -> None:
        self.inputs: list[_Row] = []
        self.documents: list[_Row] = []
        self.size = 0

    def add(self, ledger_row: _Row, document: _Row | None) -> None:
        self.inputs.append(ledger_row)
        if document is not None:
            self.documents.append(document)
            self.size += len(document["text"])

    def tables(self) -> tuple[pa.Table, pa.Table]:
        return rows_to_arrow(_INPUTS, self.inputs), rows_to_arrow(_RAW_DOCUMENTS, self.documents)
