"""Arrow schemas from declarations: what stages write and what the lake holds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pyarrow as pa

from warehouse.tables.model import Column, ColumnType, Table

ARROW_TYPES: dict[ColumnType, pa.DataType] = {
    "string": pa.string(),
    "integer": pa.int32(),
    "bigint": pa.int64(),
    "double": pa.float64(),
    "date": pa.date32(),
    "timestamp": pa.timestamp("us", tz="UTC"),
    "boolean": pa.bool_(),
}


def _field(column: Column) -> pa.Field:
    metadata = {"description": column.description} | ({"unit": column.unit} if column.unit else {})
    return pa.field(column.name, ARROW_TYPES[column.type], nullable=not column.required, metadata=metadata)


def stored_schema(table: Table) -> pa.Schema:
    """The schema of the table's Parquet files: the columns that its own stage writes."""
    return pa.schema([_field(column) for column in table.stored], metadata={"description": table.description})


def full_schema(table: Table) -> pa.Schema:
    """The schema of the published table, columns of link tables included."""
    return pa.schema(
        [_field(column) for column in table.columns], metadata={"description": table.description}
    )


def rows_to_arrow(table: Table, rows: Sequence[Mapping[str, Any]]) -> pa.Table:
    """Rows as dicts to an Arrow table of the stored schema.

    A key that is not a stored column, or a stored column missing from a row, is an error: a stage
    must say NULL where it means NULL. Raises ValueError, or pyarrow's own errors for wrong types.
    """
    schema = stored_schema(table)
    names = set(schema.names)
    for row in rows:
        if row.keys() != names:
            odd = sorted(names.symmetric_difference(row.keys()))
            raise ValueError(
                f"{table.name}: columns {odd} are missing from a row or unknown to the declaration"
            )
    return pa.Table.from_pylist(list(rows), schema=schema) if rows else empty(table)


def empty(table: Table) -> pa.Table:
    """A table of the stored schema without rows."""
    # Making a table of arrays imports pandas, which takes a second: commands that only look should not wait for it.
    return pa.Table.from_batches([], schema=stored_schema(table))
