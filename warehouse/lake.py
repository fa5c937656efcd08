"""One Parquet file: how a table of a batch is written, sorted and stamped, and how its stamp is read.

A file's stamp (Parquet key-value metadata) says what it was made from and what is in it, so that later runs
can tell whether it must be made again without reading a row. Which files a run sees is for ``overlay``.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from types import TracebackType

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from warehouse.memory import bound
from warehouse.tables import Table
from warehouse.tables.arrow import stored_schema
from warehouse.tables.ddl import literal, quoted

ALL = "_all"
"""The batch part of the path of tables with one file over all batches."""

_PREFIX = "communique."
_ROW_GROUP = 16_384
_SCRATCH = pa.ipc.IpcWriteOptions(compression="lz4")  # read once, at once


@dataclass(frozen=True, slots=True)
class Stamp:
    """What a file is: ``fingerprint`` of everything it was made from, ``digest`` of the rows themselves.

    ``version`` is the version of the stage that made it; ``rows`` its number of rows.
    """

    fingerprint: str
    digest: str
    version: str
    rows: int

    def as_metadata(self) -> dict[str, str]:
        """The stamp as Parquet key-value metadata."""
        return {
            f"{_PREFIX}fingerprint": self.fingerprint,
            f"{_PREFIX}digest": self.digest,
            f"{_PREFIX}version": self.version,
            f"{_PREFIX}rows": str(self.rows),
        }


def relative_path(table: str, batch: str) -> Path:
    """Where a table of a batch lies, in the lake as in staging."""
    return Path(table) / f"batch={batch}" / "data.parquet"


def read_stamp(path: Path) -> Stamp | None:
    """The stamp of a file; None where there is no file, or one that was not written here."""
    try:
        metadata = pq.read_metadata(path).metadata or {}
    except (FileNotFoundError, pa.ArrowInvalid):
        return None
    values = {
        key.decode(): value.decode() for key, value in metadata.items() if key.startswith(b"communique.")
    }
    try:
        return Stamp(
            fingerprint=values[f"{_PREFIX}fingerprint"],
            digest=values[f"{_PREFIX}digest"],
            version=values[f"{_PREFIX}version"],
            rows=int(values[f"{_PREFIX}rows"]),
        )
    except (KeyError, ValueError):
        return None


def same_shape(left: pa.Schema, right: pa.Schema) -> bool:
    """The same names and types in the same order, whatever the nullability and descriptions."""
    return bool(left.names == right.names and left.types == right.types)


class ShapeError(Exception):
    """Rows have other columns or types than declared; ``table`` says whose, ``schema`` what they have."""

    def __init__(self, table: Table, schema: pa.Schema) -> None:
        super().__init__(f"rows of {table.name} do not have the declared columns and types")
        self.table = table
        self.schema = schema


class TableWriter:
    """Writes one table of one batch: takes chunks in any order, leaves one sorted, stamped file.

    Chunks go to a scratch file beside the target and are sorted on disk at the end, so memory stays bounded.
    The target appears whole or not at all.
    """

    def __init__(self, table: Table, target: Path) -> None:
        self._table = table
        self._target = target
        self._scratch = target.with_name("chunks.arrows")
        self._partial = target.with_name("data.parquet.tmp")
        self._writer: pa.RecordBatchStreamWriter | None = None
        self._schema = _nullable(stored_schema(table))
        self._holed: set[str] = set()

    def __enter__(self) -> TableWriter:
        self._target.parent.mkdir(parents=True, exist_ok=True)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            self._close()
        finally:
            self._scratch.unlink(missing_ok=True)
            self._partial.unlink(missing_ok=True)

    def append(self, chunk: pa.Table) -> None:
        """Add rows. ShapeError where they do not have the declared columns and types."""
        if not same_shape(chunk.schema, self._schema):
            raise ShapeError(self._table, chunk.schema)
        if self._writer is None:
            self._writer = pa.ipc.new_stream(self._scratch, self._schema, options=_SCRATCH)
        nulls = (
            (name, column.null_count) for name, column in zip(chunk.column_names, chunk.columns, strict=True)
        )
        self._holed.update(name for name, count in nulls if count)
        self._writer.write_table(chunk.cast(self._schema))

    def finish(self, fingerprint: str, version: str) -> Stamp:
        """Sort what was added into the target and stamp it."""
        self._close()
        if self._scratch.exists():
            stamp = self._sorted(self._partial, fingerprint, version)
        else:
            stamp = Stamp(fingerprint, blake2b(digest_size=16).hexdigest(), version, 0)
            with pq.ParquetWriter(self._partial, stored_schema(self._table), compression="zstd") as writer:
                writer.add_key_value_metadata(stamp.as_metadata())
        self._partial.replace(self._target)
        return stamp

    def _sorted(self, partial: Path, fingerprint: str, version: str) -> Stamp:
        digest, rows, schema = blake2b(digest_size=16), 0, self._final_schema()
        with duckdb.connect() as con, pa.OSFile(str(self._scratch)) as scratch:
            bound(con)
            con.execute("SET TimeZone = 'UTC'")
            con.execute(f"SET temp_directory = {literal(str(partial.parent / 'sort'))}")
            con.register("chunks", pa.ipc.open_stream(scratch))
            order = dict.fromkeys((*self._table.sort, *self._table.key))
            by = " ORDER BY " + ", ".join(map(quoted, order)) if order else ""
            reader = con.sql(f"SELECT * FROM chunks{by}").to_arrow_reader(_ROW_GROUP)  # noqa: S608
            with pq.ParquetWriter(partial, schema, compression="zstd") as writer:
                for batch in reader:
                    canonical = pa.Table.from_batches([batch]).cast(schema).combine_chunks()
                    for piece in canonical.to_batches():
                        _digest_rows(piece, digest)
                        rows += piece.num_rows
                    writer.write_table(canonical, row_group_size=_ROW_GROUP)
                stamp = Stamp(fingerprint, digest.hexdigest(), version, rows)
                writer.add_key_value_metadata(stamp.as_metadata())
        return stamp

    def _final_schema(self) -> pa.Schema:
        """The declared schema, nullable where NULLs came, so that the checks can name them."""
        declared = stored_schema(self._table)
        fields = [field.with_nullable(True) if field.name in self._holed else field for field in declared]
        return pa.schema(fields, metadata=declared.metadata)

    def _close(self) -> None:
        if self._writer is not None:
            writer, self._writer = self._writer, None
            writer.close()


def _digest_rows(rows: pa.RecordBatch, digest: blake2b) -> None:
    """Add rows to a digest: which values there are, and the values. What memory holds at a NULL is left out."""
    for name, column in zip(rows.schema.names, rows.columns, strict=True):
        values = column.drop_null()
        if pa.types.is_boolean(values.type):
            values = values.cast(pa.uint8())  # the last bits of a bitmap may be anything
        for part in (column.is_valid().cast(pa.uint8()), values):
            digest.update(pa.record_batch([part], names=[name]).serialize())


def _nullable(schema: pa.Schema) -> pa.Schema:
    return pa.schema([field.with_nullable(True) for field in schema], metadata=schema.metadata)
