"""Parquet files: a record is a row, its number the row's, its bytes the row's known columns as a JSON object.

Columns of text are read dictionary-encoded: a hostile file can repeat one long value a million times in a few
bytes, and only the dictionary keeps that small in memory.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Iterator
from typing import IO, BinaryIO

import pyarrow as pa
import pyarrow.parquet as pq

from pipelines.ingest.encodings import decode
from pipelines.ingest.naming import has_text_field, is_known
from pipelines.ingest.readers.rows import record_of, shown_names
from pipelines.ingest.records import Opened, Record, Refusal, Rejection

_BATCH_ROWS = 64
_BUFFER_BYTES = 1 << 20
_IN_MEMORY_BYTES = 16_000_000


def read(opened: Opened) -> Iterator[Record | Refusal]:
    """The records of the file; raises Rejection for a damaged file or one without a column of text."""
    with tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY_BYTES) as space:
        stream = opened.stream if opened.stream.seekable() else _unfolded(opened.stream, space)
        for number, row in enumerate(_rows(stream, opened)):
            raw = json.dumps(row, ensure_ascii=False, default=str).encode("utf-8", "surrogatepass")
            yield record_of(number, row, raw, "utf-8", opened.given)


def _unfolded(stream: BinaryIO, space: IO[bytes]) -> IO[bytes]:
    """A compressed stream, expanded into ``space``: Parquet is read from its end."""
    shutil.copyfileobj(stream, space, _BUFFER_BYTES)
    space.seek(0)
    return space


def _rows(stream: IO[bytes], opened: Opened) -> Iterator[dict[str, object]]:
    """Every row's known columns as plain values; raises Rejection for a damaged file."""
    try:
        file = _open(stream, opened)
        columns = [name for name in file.schema_arrow.names if is_known(name, opened.given)]
        for batch in file.iter_batches(_BATCH_ROWS, columns=columns, use_threads=False):
            values = [_plain(column) for column in batch.columns]
            for row in zip(*values, strict=True):
                yield dict(zip(batch.schema.names, row, strict=True))
    except pa.ArrowException:
        raise Rejection("corrupt-parquet") from None
    except OSError as fault:
        if fault.errno is not None:  # the disk's fault, not the file's
            raise
        raise Rejection("corrupt-parquet") from None


def _open(stream: IO[bytes], opened: Opened) -> pq.ParquetFile:
    """The file, its columns of text to be read dictionary-encoded; refused where it would expand too far."""
    plain = pq.ParquetFile(stream)
    names = plain.schema_arrow.names
    if not has_text_field(names, opened.given):
        raise Rejection("no-text-field", fields=shown_names(names))
    limits = opened.limits
    groups = (plain.metadata.row_group(index) for index in range(plain.metadata.num_row_groups))
    allowed = max(limits.expansion_floor_bytes, limits.max_expansion * opened.size)
    if sum(group.total_byte_size for group in groups) > allowed:
        raise Rejection("expansion-bound", times=limits.max_expansion)
    texts = [field.name for field in plain.schema_arrow if _is_text(field.type)]
    return pq.ParquetFile(stream, read_dictionary=texts, buffer_size=_BUFFER_BYTES, pre_buffer=False)


def _is_text(kind: pa.DataType) -> bool:
    return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_binary(kind))


def _plain(column: pa.Array) -> list[object]:
    """The column's values: texts decoded, dates and times as ISO 8601, the rest as Python has them."""
    kind = column.type
    if pa.types.is_dictionary(kind) and _is_text(kind.value_type):
        texts = [_text(value) for value in column.dictionary.cast(pa.binary()).to_pylist()]
        return [None if index is None else texts[index] for index in column.indices.to_pylist()]
    if pa.types.is_timestamp(kind):
        zone = "Z" if kind.tz else ""
        written = column.cast(pa.timestamp("us"), safe=False).cast(pa.string()).to_pylist()
        return [None if time is None else time.replace(" ", "T") + zone for time in written]
    if pa.types.is_date(kind):
        return list(column.cast(pa.date32()).cast(pa.string()).to_pylist())
    if pa.types.is_temporal(kind) or pa.types.is_decimal(kind):
        return list(column.cast(pa.string()).to_pylist())
    return _nested(column)


def _nested(column: pa.Array) -> list[object]:
    try:
        return list(column.to_pylist())
    except UnicodeDecodeError:
        raise Rejection("undecodable") from None


def _text(value: bytes | None) -> object:
    """Text from bytes; bytes that are no text stand for a missing value (pictures beside the text)."""
    try:
        return None if value is None else decode(value).text
    except Rejection:
        return None
