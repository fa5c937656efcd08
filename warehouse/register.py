"""The register as SQL views over Parquet files: the one place where batches become one body of tables.

Two schemas: ``lake.<table>`` holds the rows as stored, every batch; the bare ``<table>`` is the register's
view of them:

* A text that came with several batches is in the register once, with the alphabetically first of them, and so
  are its mentions, whatever the order of arrival.
* A ledger row is final only here: a text that cleaning rejected becomes ``rejected``, one whose content is in
  the register with another batch becomes ``duplicate``. What a stage wrote is never rewritten by a later
  stage.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import duckdb

from warehouse.home import Home
from warehouse.memory import bound
from warehouse.overlay import Overlay
from warehouse.queries import query
from warehouse.tables import TABLES, Table
from warehouse.tables.ddl import SQL_TYPES, literal, quoted
from warehouse.tables.model import Stage

FILE_STAGES: tuple[Stage, ...] = ("ingest", "learn", "share", "clean", "extract", "resolve")
"""The stages whose tables are Parquet files in the lake."""


def connect(home: Home) -> duckdb.DuckDBPyConnection:
    """A DuckDB connection of bounded memory that spills to the home's disk and speaks UTC."""
    con = duckdb.connect()
    bound(con)
    con.execute("SET TimeZone = 'UTC'")
    con.execute(f"SET temp_directory = {literal(str(home.staging / '.spill'))}")
    return con


def register_views(overlay: Overlay, stages: Sequence[Stage] = FILE_STAGES) -> duckdb.DuckDBPyConnection:
    """A connection with the stages' tables as views over what the overlay shows; the caller closes it."""
    con = connect(overlay.home)
    con.execute("CREATE SCHEMA lake")
    tables = [table for table in TABLES.values() if table.stage in stages]
    for table in tables:
        create_view(con, f"lake.{quoted(table.name)}", table, overlay.files(table.name).values())
    con.execute(f"CREATE VIEW document_owners AS {query('register', 'document_owners')}")
    for table in tables:
        con.execute(_register_view(table))
    return con


def batch_views(overlay: Overlay, batch: str) -> duckdb.DuckDBPyConnection:
    """A connection with the tables of one batch as views, as stored; the caller closes it."""
    con = connect(overlay.home)
    for table in TABLES.values():
        if table.stage in FILE_STAGES and table.scope == "batch":
            path = overlay.path(table.name, batch)
            create_view(con, quoted(table.name), table, [path] if path else [])
    return con


def create_view(con: duckdb.DuckDBPyConnection, name: str, table: Table, files: Iterable[Path]) -> None:
    """A view of a table's stored columns over Parquet files; a column that no file has is NULL."""
    columns = ", ".join(
        f"NULL::{SQL_TYPES['duckdb'][column.type]} AS {quoted(column.name)}" for column in table.stored
    )
    names = ", ".join(quoted(column.name) for column in table.stored)
    paths = ", ".join(literal(str(path)) for path in files)
    body = f"SELECT {columns} WHERE false"
    if paths:
        parquet = f"read_parquet([{paths}], union_by_name = true, hive_partitioning = false)"
        body = f"SELECT {names} FROM ({body} UNION ALL BY NAME SELECT * FROM {parquet})"  # noqa: S608
    con.execute(f"CREATE VIEW {name} AS {body}")


def published_select(table: Table, source: str) -> str:
    """The SELECT that supplies a published table: its register view in ``source``, link columns joined on."""
    links = {column.linked_from for column in table.columns if column.linked_from}
    columns = ", ".join(
        f"{quoted(column.linked_from) if column.linked_from else 't'}.{quoted(column.name)}"
        for column in table.columns
    )
    joins = "".join(
        f" LEFT JOIN {source}.{quoted(link)} ON {_on(link)}"
        for link in sorted(name for name in links if name)
    )
    order = ", ".join(
        f"t.{quoted(name)}"
        for name in dict.fromkeys((*table.sort, *table.key))
        if not table.column(name).linked_from
    )
    by = f" ORDER BY {order}" if order else ""
    return f"SELECT {columns} FROM {source}.{quoted(table.name)} AS t{joins}{by}"  # noqa: S608


def _on(link: str) -> str:
    keys = TABLES[link].key
    return " AND ".join(f"t.{quoted(key)} = {quoted(link)}.{quoted(key)}" for key in keys)


def _register_view(table: Table) -> str:
    name = quoted(table.name)
    if table.name == "inputs":
        return f"CREATE VIEW {name} AS {query('register', 'inputs')}"
    if table.name == "documents" or any(
        c.references == "documents.document_id" for c in table.columns if table.scope == "batch"
    ):
        once = " SEMI JOIN document_owners USING (document_id, batch)"
    else:
        once = ""
    return f"CREATE VIEW {name} AS SELECT * FROM lake.{name}{once}"  # noqa: S608
