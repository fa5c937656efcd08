"""A published file of made-up rows, as many mentions as wanted: to publish further, to query and to measure on.

The rows are SQL (``published.sql``), marts and views are the real ones. What the SQL does not name is NULL, or something
harmless where the declaration wants a value.
"""

from __future__ import annotations

from pathlib import Path

import duckdb

from warehouse.published import mart_sql
from warehouse.tables import Column, Table, published
from warehouse.tables.ddl import SQL_TYPES, comments, create, literal, quoted

_ROWS = Path(__file__).with_suffix(".sql")
_HARMLESS = {
    "string": "x",
    "integer": "1",
    "bigint": "1",
    "double": "0.5",
    "date": "2024-01-02",
    "timestamp": "2024-01-02 00:00:00+00",
    "boolean": "true",
}


def make_published(target: Path, mentions: int, run: str = "run-1") -> Path:
    """Write a file with so many mentions, all of it made by the run; the file."""
    target.unlink(missing_ok=True)
    with duckdb.connect() as con:
        con.execute("SET TimeZone = 'UTC'")
        script = _ROWS.read_text("utf-8").replace("$mentions", str(mentions)).replace("$run", literal(run))
        con.execute(script)
        con.execute(f"ATTACH {literal(str(target))} AS out")
        made = {str(row[0]) for row in con.execute("SELECT table_name FROM duckdb_tables()").fetchall()}
        con.execute("USE out")
        for table in published():
            _fill(con, table, made)
        con.execute("USE memory")
        con.execute("DETACH out")
    return target


def _fill(con: duckdb.DuckDBPyConnection, table: Table, made: set[str]) -> None:
    if table.relation == "view":
        con.execute(f"CREATE VIEW {quoted(table.name)} AS {mart_sql(table)}")
    else:
        con.execute(create(table))
    if table.relation == "table" and table.stage == "publish" and "memory.main" not in mart_sql(table):
        con.execute(f"INSERT INTO {quoted(table.name)} BY NAME {mart_sql(table)}")
    elif f"made_{table.name}" in made:
        source = f"memory.main.made_{table.name}"
        there = con.table(source).columns
        columns = ", ".join(quoted(c.name) if c.name in there else _other(c) for c in table.columns)
        con.execute(f"INSERT INTO {quoted(table.name)} SELECT {columns} FROM {source}")
    for comment in comments(table):
        con.execute(comment)


def _other(column: Column) -> str:
    value = (
        literal(column.allowed[0] if column.allowed else _HARMLESS[column.type])
        if column.required
        else "NULL"
    )
    return f"CAST({value} AS {SQL_TYPES['duckdb'][column.type]})"
