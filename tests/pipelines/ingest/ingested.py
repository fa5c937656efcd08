"""Helpers of the ingest tests: run the stage over a folder and look at every row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import pyarrow as pa

from pipelines.ingest.stage import Limits, Source, ingest

SEEN_AT = datetime(2025, 3, 1, 12, tzinfo=UTC)


@dataclass
class Ingested:
    """All rows of one ingest, and the bytes that it handed over for keeping."""

    inputs: list[dict[str, Any]] = field(default_factory=list)
    documents: list[dict[str, Any]] = field(default_factory=list)
    kept: dict[tuple[str, int], bytes] = field(default_factory=dict)
    progress: list[int] = field(default_factory=list)

    def outcomes(self) -> dict[tuple[str, int], tuple[str, str | None]]:
        """Outcome and reason by file name (its last part) and record."""
        return {
            (row["source_uri"].rsplit("/", 1)[-1], row["record"]): (row["outcome"], row["reason"])
            for row in self.inputs
        }

    def only(self) -> dict[str, Any]:
        """The one ledger row."""
        (row,) = self.inputs
        return row


def ingest_all(sources: Sequence[Source], limits: Limits | None = None, batch: str = "b") -> Ingested:
    result = Ingested()

    def keep(source: Source, record: int, data: bytes | Iterator[bytes]) -> None:
        result.kept[source.uri, record] = data if isinstance(data, bytes) else b"".join(data)

    chunks = ingest(
        sources, batch=batch, seen_at=SEEN_AT, keep=keep, progress=result.progress.append, limits=limits
    )
    for inputs, documents in chunks:
        result.inputs += inputs.to_pylist()
        result.documents += documents.to_pylist()
    return result


def zstandard(data: bytes) -> bytes:
    """The data as the zstd program would compress it."""
    sink = pa.BufferOutputStream()
    with pa.CompressedOutputStream(sink, "zstd") as stream:
        stream.write(data)
    packed: bytes = sink.getvalue().to_pybytes()
    return packed
