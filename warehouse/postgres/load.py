"""The rows: from the published file to PostgreSQL as Arrow record batches, by ADBC's binary COPY."""

from __future__ import annotations

from collections.abc import Iterator

import adbc_driver_postgresql.dbapi as adbc
import duckdb
import pyarrow as pa

from warehouse.postgres.texts import storable
from warehouse.tables import Table
from warehouse.tables.arrow import full_schema
from warehouse.tables.ddl import quoted

_BATCH_ROWS = 8 * 2048


def copy(source: duckdb.DuckDBPyConnection, target: adbc.Connection, table: Table, schema: str) -> int:
    """Copy a table into the one of its name in the schema, and commit; the number of rows."""
    rows = _rows(source, table)
    with target.cursor() as cursor:
        count: int = cursor.adbc_ingest(table.name, rows, mode="append", db_schema_name=schema)
    target.commit()
    return count


def _rows(source: duckdb.DuckDBPyConnection, table: Table) -> pa.RecordBatchReader:
    names = ", ".join(quoted(column.name) for column in table.columns)
    schema = pa.schema([field.with_nullable(True) for field in full_schema(table)])
    found = source.execute(f"SELECT {names} FROM {quoted(table.name)}").to_arrow_reader(_BATCH_ROWS)  # noqa: S608
    return pa.RecordBatchReader.from_batches(schema, _storable(found, schema))


def _storable(found: pa.RecordBatchReader, schema: pa.Schema) -> Iterator[pa.RecordBatch]:
    for batch in found:
        yield storable(batch.cast(schema))
