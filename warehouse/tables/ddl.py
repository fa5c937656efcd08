"""SQL DDL from declarations: DuckDB and PostgreSQL, comments included."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from warehouse.tables.model import Column, ColumnType, Table

Dialect = Literal["duckdb", "postgresql"]

SQL_TYPES: dict[Dialect, dict[ColumnType, str]] = {
    "duckdb": {
        "string": "VARCHAR",
        "integer": "INTEGER",
        "bigint": "BIGINT",
        "double": "DOUBLE",
        "date": "DATE",
        "timestamp": "TIMESTAMPTZ",
        "boolean": "BOOLEAN",
    },
    "postgresql": {
        "string": "text",
        "integer": "integer",
        "bigint": "bigint",
        "double": "double precision",
        "date": "date",
        "timestamp": "timestamptz",
        "boolean": "boolean",
    },
}


def quoted(name: str) -> str:
    """An identifier, quoted for both dialects."""
    return '"' + name.replace('"', '""') + '"'


def parquet(path: Path, *, numbered: bool = False) -> str:
    """A Parquet file as a relation in SQL; ``numbered`` adds each row's place in it, from 0, as ``file_row_number``."""
    more = ", file_row_number = true" if numbered else ""
    return f"read_parquet({literal(str(path))}, hive_partitioning = false{more})"


def literal(text: str) -> str:
    """A string literal for both dialects."""
    return "'" + text.replace("'", "''") + "'"


def remark(column: Column) -> str:
    """What the column's comment says: description, unit, allowed values."""
    parts = [column.description]
    if column.unit:
        parts.append(f"Unit: {column.unit}")
    if column.allowed:
        parts.append("One of: " + ", ".join(column.allowed))
    return ". ".join(parts)


def create(table: Table, dialect: Dialect = "duckdb", *, schema: str | None = None) -> str:
    """The CREATE TABLE statement, with key and NOT NULL."""
    name = (quoted(schema) + "." if schema else "") + quoted(table.name)
    lines = [
        f"  {quoted(column.name)} {SQL_TYPES[dialect][column.type]}{' NOT NULL' if column.required else ''}"
        for column in table.columns
    ]
    if table.key and dialect == "postgresql":
        lines.append(f"  PRIMARY KEY ({', '.join(map(quoted, table.key))})")
    return f"CREATE TABLE {name} (\n" + ",\n".join(lines) + "\n)"


def comments(table: Table, *, schema: str | None = None) -> list[str]:
    """COMMENT statements for the relation and each of its columns; the same in both dialects."""
    name = (quoted(schema) + "." if schema else "") + quoted(table.name)
    kind = "VIEW" if table.relation == "view" else "TABLE"
    return [
        f"COMMENT ON {kind} {name} IS {literal(f'{table.description} One row: {table.row}.')}",
        *(
            f"COMMENT ON COLUMN {name}.{quoted(column.name)} IS {literal(remark(column))}"
            for column in table.columns
        ),
    ]
