"""Document-level reuse: what an earlier run made of the same document in the same way is taken over.

A stage remembers from what it made each document's rows (``cleaned_from``, ``extracted_from``). Where the stage's
version and that digest are what they were, so are the rows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from assets.fingerprints import tables_of
from assets.work import Work
from pipelines.signatures import BAND_DIGITS, BANDS
from warehouse.overlay import Overlay
from warehouse.register import connect, create_view
from warehouse.tables import table
from warehouse.tables.arrow import stored_schema
from warehouse.tables.ddl import literal, parquet, quoted
from warehouse.tables.model import Stage

if TYPE_CHECKING:
    from pipelines.clean.site_lines import SharedLines

MEMO: dict[Stage, str] = {"clean": "cleaned_from", "extract": "extracted_from"}
_READ: dict[Stage, str] = {"clean": "raw_documents", "extract": "documents"}
_NOT_READ: dict[Stage, frozenset[str]] = {
    "clean": frozenset({"batch", "input_id", "record", "format", "encoding", "captured"}),
    "extract": frozenset({"batch", "source_uri", "boilerplate_share", "cleaner_version"}),
}
_DIGEST_BYTES = 16
_ROWS = 1000  # looked at together

Row = dict[str, Any]
Tables = Mapping[str, pa.Table]


class Memo:
    """The documents of a batch that a stage need not do again, and the others."""

    def __init__(
        self,
        con: duckdb.DuckDBPyConnection,
        stage: Stage,
        batch: str,
        read: Path,
        files: dict[str, Path],
        signatures: Path | None = None,
    ) -> None:
        self._con = con
        self._stage: Stage = stage
        self._batch = batch
        self._read = read
        self._files = files
        self._signatures = signatures
        self.documents = _count(con, "unchanged")
        self.to_do = pq.read_metadata(read).num_rows - self.documents

    def chunks(self) -> Iterator[dict[str, pa.Table]]:
        """The stage's rows for the unchanged documents, and what is to be remembered of them."""
        if not self.documents:
            return
        for name, path in self._files.items():
            rows = f"SELECT * FROM {parquet(path)} SEMI JOIN unchanged USING (document_id)"  # noqa: S608
            yield from ({name: chunk} for chunk in self._chunks(rows, name, _ROWS * 10))
        name = MEMO[self._stage]
        rows = (
            f"SELECT document_id, {literal(self._batch)} AS batch, made_from FROM wanted "  # noqa: S608
            "SEMI JOIN unchanged USING (document_id)"
        )
        yield from ({name: chunk} for chunk in self._chunks(rows, name, _ROWS * 10))

    def others(self, rows: int) -> Iterator[pa.Table]:
        """What the stage reads of the documents that it has to do, in chunks of so many rows.

        Near-copies come beside each other where they are known, so that who reads one can use it for the next.
        """
        left = f"SELECT * FROM {parquet(self._read)} ANTI JOIN unchanged USING (document_id)"  # noqa: S608
        if self._signatures is None:
            left += " ORDER BY document_id"
        else:
            left += (
                f" LEFT JOIN ({_leaders(self._signatures)}) USING (document_id) ORDER BY leader, document_id"
            )
        for whole in self._chunks(left, _READ[self._stage], rows * 64):
            for start in range(0, whole.num_rows, rows):
                # A slice would take what it is a slice of to the worker.
                yield whole.take(pa.array(range(start, min(start + rows, whole.num_rows))))

    def _chunks(self, query: str, name: str, rows: int) -> Iterator[pa.Table]:
        schema = stored_schema(table(name))
        for batch in self._con.cursor().sql(query).to_arrow_reader(rows):
            yield pa.Table.from_batches([batch]).select(schema.names).cast(schema)


@dataclass(frozen=True, slots=True)
class Noting:
    """What a stage's documents are made from. Importable, so that workers can note it while they read a document."""

    stage: Stage
    batch: str
    shared: SharedLines | None = None

    def beside(self, function: Callable[..., Tables]) -> Noted:
        """A function of a chunk, whose tables will have what is to be remembered of the chunk's documents."""
        return Noted(function, self)

    def memo(self, rows: pa.Table) -> pa.Table:
        """What is to be remembered of documents that are done from these rows."""
        schema = stored_schema(table(MEMO[self.stage]))
        found = self.made_from(rows).append_column(
            "batch", pa.array([self.batch] * rows.num_rows, pa.string())
        )
        return found.select(schema.names).cast(schema)

    def made_from(self, rows: pa.Table) -> pa.Table:
        """The id of each row's document, and the digest of its values and of what is known of its lines."""
        names = [name for name in rows.column_names if name not in _NOT_READ[self.stage]]
        return digests_of(rows.select(names).to_pylist(), self._of_lines)

    def _of_lines(self, row: Row) -> bytes:
        """Lines of HTML are never counted, so nothing that is known of lines concerns it."""
        if self.shared is None or row["content"] != "text":
            return b""
        return self.shared.of(row["text"], row["url"])


@dataclass(frozen=True, slots=True)
class Noted:
    """A function of a chunk with what is to be remembered beside its own tables."""

    function: Callable[..., Tables]
    noting: Noting

    def __call__(self, chunk: pa.Table, *more: str) -> Tables:
        """The function's tables, and the memo of the chunk's documents."""
        return {**self.function(chunk, *more), MEMO[self.noting.stage]: self.noting.memo(chunk)}


@contextmanager
def remembered(work: Work, stage: Stage, batch: str, shared: SharedLines | None = None) -> Iterator[Memo]:
    """What can be taken over of a stage's earlier work on a batch; nothing where the stage is forced.

    ``shared`` is what the clean stage knows of lines. ValueError where the stage before was never done.
    """
    read = work.overlay.path(_READ[stage], batch)
    if read is None:
        raise ValueError(f"batch {batch} has no {_READ[stage]} yet")
    earlier = {} if work.is_forced(stage) else _earlier(work, stage, batch)
    with connect(work.home) as con:
        con.execute("CREATE TABLE wanted (document_id VARCHAR, made_from VARCHAR)")
        con.execute("CREATE TABLE unchanged (document_id VARCHAR)")
        memo = earlier.pop(MEMO[stage], None)
        if memo is not None:
            for digests in _digests(read, Noting(stage, batch, shared)):
                con.register("digests", digests)
                con.execute("INSERT INTO wanted SELECT * FROM digests")
            same = f"SELECT document_id FROM wanted JOIN {parquet(memo)} USING (document_id, made_from)"  # noqa: S608
            con.execute(f"INSERT INTO unchanged {same}")
        for name in [name for name in earlier if name.startswith("quarantined_")]:
            # What was set aside is done again: it may be another rule by now that judges it.
            create_view(con, name, table(name), [earlier.pop(name)])
            con.execute(
                f"DELETE FROM unchanged WHERE document_id IN (SELECT document_id FROM {quoted(name)})"  # noqa: S608
            )
        signatures = work.overlay.path("document_signatures", batch) if stage == "extract" else None
        yield Memo(con, stage, batch, read, earlier, signatures)


def _earlier(work: Work, stage: Stage, batch: str) -> dict[str, Path]:
    """The stage's files of an earlier run: all of them, from one run of its present version, or none."""
    for overlay in (work.overlay, Overlay(work.home)):
        stamps = [overlay.stamp(name, batch) for name in tables_of(stage)]
        known = [stamp for stamp in stamps if stamp and stamp.version == work.stages.version(stage)]
        if len(known) == len(stamps) and len({stamp.fingerprint for stamp in known}) == 1:
            return {name: path for name in tables_of(stage) if (path := overlay.path(name, batch))}
    return {}


def _leaders(signatures: Path) -> str:
    """The first of the documents that share a band with each: mostly the same for the near-copies of a text."""
    bands = (
        f"SELECT document_id, place, substr(bands, place * {BAND_DIGITS} + 1, {BAND_DIGITS}) AS band "  # noqa: S608
        f"FROM {parquet(signatures)}, range({BANDS}) AS places(place)"
    )
    firsts = f"SELECT document_id, min(document_id) OVER (PARTITION BY place, band) AS first FROM ({bands})"  # noqa: S608
    return f"SELECT document_id, min(first) AS leader FROM ({firsts}) GROUP BY document_id"  # noqa: S608


def _digests(read: Path, noting: Noting) -> Iterator[pa.Table]:
    with pq.ParquetFile(read) as file:
        names = [name for name in file.schema_arrow.names if name not in _NOT_READ[noting.stage]]
        for rows in file.iter_batches(batch_size=_ROWS, columns=names):
            yield noting.made_from(pa.Table.from_batches([rows]))


def digests_of(rows: Iterable[Row], of_lines: Callable[[Row], bytes]) -> pa.Table:
    """The id of each row's document, and the digest of its values and of what is known of its lines."""
    found = [(row["document_id"], _digest(row, of_lines(row))) for row in rows]
    return pa.table({"document_id": [one for one, _ in found], "made_from": [digest for _, digest in found]})


def _digest(row: Row, lines: bytes) -> str:
    digest = blake2b(b"%d:" % len(lines) + lines, digest_size=_DIGEST_BYTES)
    for name in sorted(row):
        value = row[name]
        said = b"" if value is None else str(value).encode("utf-8", "surrogatepass")
        digest.update(f"\n{name} {'-' if value is None else len(said)}:".encode() + said)
    return digest.hexdigest()


def _count(con: duckdb.DuckDBPyConnection, name: str) -> int:
    row = con.table(name).aggregate("count(*)").fetchone()
    return int(row[0]) if row else 0
