"""What a published file is, in a few characters, so that the same one is not published twice; and in a sentence."""

from __future__ import annotations

from hashlib import blake2b

import duckdb

from warehouse.postgres import tables
from warehouse.queries import query
from warehouse.tables import Table, published
from warehouse.tables.ddl import quoted


def stamp(source: duckdb.DuckDBPyConnection) -> str:
    """What the published file is: its runs, the rows of its tables, and the statements that publish them."""
    digest = blake2b(digest_size=16)
    digest.update(repr(source.execute("SELECT * FROM runs ORDER BY ALL").fetchall()).encode())
    for table in published():
        if table.relation == "view":
            digest.update(query("postgresql", table.name).encode())
        else:
            digest.update(
                f"{tables.create(table, '')}{_count(source, table)}{tables.indexes(table, '')}".encode()
            )
        digest.update(tables.comments(table, "").encode())
    return digest.hexdigest()


def description(source: duckdb.DuckDBPyConnection) -> str:
    """Which run made it, in a sentence."""
    row = source.execute(
        "SELECT run_id, finished_at FROM runs ORDER BY finished_at DESC NULLS LAST LIMIT 1"
    ).fetchone()
    run = f" of run {row[0]}, {row[1]:%Y-%m-%d %H:%M} UTC" if row and row[1] else ""
    return f"who did what to whom, as news texts tell it{run}; replaced as a whole by every publication"


def _count(source: duckdb.DuckDBPyConnection, table: Table) -> int:
    """The table's rows. duckdb's own errors where it lacks a column, so that nothing is begun with such a file."""
    names = ", ".join(quoted(column.name) for column in table.columns)
    row = source.execute(f"SELECT count(*) FROM (SELECT {names} FROM {quoted(table.name)})").fetchone()  # noqa: S608
    return int(row[0]) if row else 0
