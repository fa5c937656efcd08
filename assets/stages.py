"""The pipeline's stage functions as one value, so that tests can put others in their place.

Nothing heavy is imported here: each function imports its pipeline when it is first called.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from pipelines.versions import stage_version
from warehouse.tables.model import Stage

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa

    from pipelines.clean.site_lines import SharedLines
    from pipelines.ingest.sources import Source
    from pipelines.ingest.stage import Keep


class Chunked(Protocol):
    """A stage that turns a chunk of rows into chunks of its tables; importable, so workers can call it."""

    def __call__(self, chunk: pa.Table, /, *, version: str) -> Mapping[str, pa.Table]:
        """The stage's tables for a chunk."""


class Clean(Protocol):
    """The clean stage: a chunk of raw texts in, its tables out, knowing the lines that their sites share."""

    def __call__(self, chunk: pa.Table, /, *, version: str, shared: SharedLines) -> Mapping[str, pa.Table]:
        """The stage's tables for a chunk."""


class Ingest(Protocol):
    """The ingest stage: sources in, chunks of ledger rows and raw texts out."""

    def __call__(
        self,
        sources: Sequence[Source],
        *,
        batch: str,
        seen_at: datetime,
        keep: Keep | None,
        progress: Callable[[int], None] | None,
    ) -> Iterator[tuple[pa.Table, pa.Table]]:
        """Chunks of ``inputs`` and ``raw_documents``."""


@dataclass(frozen=True, slots=True)
class Stages:
    """What each stage is done with, and its version.

    ``ready`` names the module that loads in a worker process what its first document would wait for.
    """

    discover: Callable[[Sequence[Path]], Sequence[Source]]
    ingest: Ingest
    learn: Callable[[pa.Table], pa.Table]
    share: Callable[[duckdb.DuckDBPyConnection], Mapping[str, pa.Table]]
    clean: Clean
    extract: Chunked
    resolve: Callable[[duckdb.DuckDBPyConnection], Mapping[str, pa.Table]]
    version: Callable[[Stage], str] = stage_version
    ready: str | None = None


def pipeline_stages() -> Stages:
    """The stages of the ``pipelines`` room."""
    return Stages(_discover, _ingest, _learn, _share, _clean, _extract, _resolve, ready="pipelines.ready")


def _discover(paths: Sequence[Path]) -> Sequence[Source]:
    from pipelines.ingest.sources import discover

    return discover(paths)


def _ingest(
    sources: Sequence[Source],
    *,
    batch: str,
    seen_at: datetime,
    keep: Keep | None,
    progress: Callable[[int], None] | None,
) -> Iterator[tuple[pa.Table, pa.Table]]:
    from pipelines.ingest.stage import ingest

    return ingest(sources, batch=batch, seen_at=seen_at, keep=keep, progress=progress)


def _learn(chunk: pa.Table, /) -> pa.Table:
    from pipelines.learn import count_lines

    return count_lines(chunk)


def _share(con: duckdb.DuckDBPyConnection) -> Mapping[str, pa.Table]:
    from pipelines.share import share

    return share(con)


def _clean(chunk: pa.Table, /, *, version: str, shared: SharedLines) -> Mapping[str, pa.Table]:
    from pipelines.clean.tables import clean_chunk

    return clean_chunk(chunk, version=version, shared=shared)


def _extract(chunk: pa.Table, /, *, version: str) -> Mapping[str, pa.Table]:
    from pipelines.extract.stage import extract_chunk

    return extract_chunk(chunk, version=version)


def _resolve(con: duckdb.DuckDBPyConnection) -> Mapping[str, pa.Table]:
    from pipelines.resolve.stage import resolve

    return resolve(con)
