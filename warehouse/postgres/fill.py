"""Filling a schema: tables, rows with their statistics, keys and indexes, then references, views, comments and rights.

Which schema serves is not for here.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field

import adbc_driver_postgresql.dbapi as adbc
import duckdb
import psycopg

from warehouse.postgres import access, load, tables
from warehouse.postgres.address import Address
from warehouse.postgres.schemas import Connection
from warehouse.postgres.session import opened
from warehouse.tables import Table, published
from warehouse.tables.ddl import quoted

_KEY_ERRORS = (
    psycopg.errors.IntegrityError,
    psycopg.errors.ProgramLimitExceeded,  # a value too long for an index
)


@dataclass(slots=True)
class Published:
    """How a publication ended: rows by relation (none where nothing was to be done), and what a person should know."""

    schema: str
    place: str
    is_unchanged: bool = False
    rows: dict[str, int] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)


Step = Callable[[str], None]


def fill(
    source: duckdb.DuckDBPyConnection,
    con: Connection,
    address: Address,
    fresh: str,
    done: Published,
    step: Step,
) -> None:
    """Make and fill everything in the schema ``fresh``; what happened is added to ``done``."""
    relations = published()
    stored = [table for table in relations if table.relation == "table"]
    step("tables")
    has_lz4 = _has_lz4(con)
    con.execute(";\n".join(tables.create(table, fresh, has_lz4=has_lz4) for table in stored))
    keyed = _load(source, address, fresh, stored, done, step)
    step("keys")
    _add_references(con, fresh, stored, keyed, done)
    step("views and comments")
    with con.transaction():
        con.execute(f"SET LOCAL search_path = {quoted(fresh)}")
        for table in relations:
            if table.relation == "view":
                con.execute(tables.create_view(table, fresh))
    con.execute(";\n".join(tables.comments(table, fresh) for table in relations))
    access.let_read(con, fresh)


def _load(
    source: duckdb.DuckDBPyConnection,
    address: Address,
    fresh: str,
    stored: list[Table],
    done: Published,
    step: Step,
) -> dict[str, tuple[str, ...]]:
    """Copy the rows of every table; the primary keys that stand. While a table is copied, those before it are indexed."""
    with (
        adbc.connect(address.conninfo) as target,
        opened(address) as beside,
        ThreadPoolExecutor(max_workers=1) as worker,
    ):
        waiting: list[tuple[Table, Future[bool]]] = []
        try:
            for table in stored:
                step(table.name)
                done.rows[table.name] = load.copy(source, target, table, fresh)
                waiting.append((table, worker.submit(_finish, beside, fresh, table, done)))
            step("indexes")
            return {table.name: table.key for table, has_key in waiting if has_key.result()}
        except BaseException:
            worker.shutdown(wait=False, cancel_futures=True)
            beside.cancel_safe()
            raise


def _finish(con: Connection, fresh: str, table: Table, done: Published) -> bool:
    """What a table needs once its rows are in: statistics, its key, indexes. Whether it has a key then."""
    con.execute(tables.statistics(table, fresh))
    key = tables.primary_key(table)
    has_key = key is not None and _stands(con, fresh, key, done)
    for statement in tables.indexes(table, fresh):
        con.execute(statement)
    return has_key


def _add_references(
    con: Connection, fresh: str, stored: list[Table], keyed: dict[str, tuple[str, ...]], done: Published
) -> None:
    for table in stored:
        references = tables.foreign_keys(table, keyed, fresh)
        if not references:
            continue
        try:
            with con.transaction():
                con.execute(tables.add(fresh, *references))
        except _KEY_ERRORS:
            for reference in references:
                _stands(con, fresh, reference, done)


def _stands(con: Connection, fresh: str, constraint: tables.Constraint, done: Published) -> bool:
    """Add a constraint that the data allow; where they do not, that is noted and the rows are served without it."""
    try:
        with con.transaction():
            con.execute(tables.add(fresh, constraint))
    except _KEY_ERRORS as error:
        done.notes.append(f"without the {constraint.what}: {error.diag.message_primary}")
        return False
    return True


def _has_lz4(con: Connection) -> bool:
    row = con.execute(
        "SELECT 'lz4' = ANY (enumvals) FROM pg_settings WHERE name = 'default_toast_compression'"
    ).fetchone()
    return bool(row and row[0])
