"""Building the published file from what a run sees: tables, marts, views and their comments.

The file is built beside the published one under the run's own name; ``commit`` puts it in place. What
must be true of it is for the checks.
"""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import blake2b
from pathlib import Path

import duckdb
import pyarrow as pa

from warehouse.durable import flush
from warehouse.overlay import Overlay
from warehouse.queries import query
from warehouse.register import published_select, register_views
from warehouse.tables import Table, published
from warehouse.tables.ddl import comments, create, literal, quoted

_OUT = "published"
_REGISTER = "memory.main"


def build(overlay: Overlay, target: Path, operations: Mapping[str, pa.Table]) -> dict[str, int]:
    """Build the published file at ``target`` and return the number of rows of each relation in it.

    ``operations`` holds the tables about the work itself (``runs``, ``quality_results``), which no stage
    writes.
    """
    target.unlink(missing_ok=True)
    with register_views(overlay) as con:
        con.execute(f"ATTACH {literal(str(target))} AS {_OUT}")
        con.execute(f"USE {_OUT}")
        for table in published():
            _fill(con, table, operations)
        counts = {table.name: _count(con, table) for table in published()}
        con.execute(f"CHECKPOINT {_OUT}")
        con.execute("USE memory")
        con.execute(f"DETACH {_OUT}")
    flush(target)
    return counts


def add_rows(target: Path, table: str, rows: pa.Table) -> None:
    """Add rows to a table of a file that is not published yet."""
    with duckdb.connect(str(target)) as con:
        con.execute("SET TimeZone = 'UTC'")
        con.register("added_rows", rows)
        con.execute(f"INSERT INTO {quoted(table)} BY NAME SELECT * FROM added_rows")  # noqa: S608
        con.execute("CHECKPOINT")
    flush(target)


def mart_sql(table: Table) -> str:
    """The query of a mart or view, from the SQL file of its name; FileNotFoundError where there is none."""
    folder = "views" if table.relation == "view" else "marts"
    return query(folder, table.name)


def code_digest() -> str:
    """A digest of everything that shapes the published file beside the data: declarations and queries."""
    digest = blake2b(digest_size=8)
    for table in published():
        digest.update("\n".join([create(table), *comments(table)]).encode())
        digest.update(
            mart_sql(table).encode() if table.stage == "publish" else published_select(table, "").encode()
        )
    for name in ("document_owners", "inputs"):
        digest.update(query("register", name).encode())
    return digest.hexdigest()


def _fill(con: duckdb.DuckDBPyConnection, table: Table, operations: Mapping[str, pa.Table]) -> None:
    if table.relation == "view":
        con.execute(f"CREATE VIEW {quoted(table.name)} AS {mart_sql(table)}")
    else:
        con.execute(create(table))
        names = ", ".join(quoted(column.name) for column in table.columns)
        if table.name in operations:
            con.register("operation_rows", operations[table.name])
            source = f"SELECT {names} FROM operation_rows" + _order(table)  # noqa: S608
        elif table.stage == "publish":
            source = f"SELECT {names} FROM ({mart_sql(table)}){_order(table)}"  # noqa: S608
        else:
            source = published_select(table, _REGISTER)
        con.execute(f"INSERT INTO {quoted(table.name)} ({names}) {source}")
    for comment in comments(table):
        con.execute(comment)


def _order(table: Table) -> str:
    names = dict.fromkeys((*table.sort, *table.key))
    return " ORDER BY " + ", ".join(map(quoted, names)) if names else ""


def _count(con: duckdb.DuckDBPyConnection, table: Table) -> int:
    row = con.sql(f"SELECT count(*) FROM {quoted(table.name)}").fetchone()  # noqa: S608
    return int(row[0]) if row else 0
