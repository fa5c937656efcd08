"""Reading the published file: one hardened, read-only connection that every reader uses.

Read-only alone is no sandbox in DuckDB: a query could still read files, write files and attach databases. With
``SETTINGS`` it can only see the published tables. The same settings as an address for SQLAlchemy are made here too,
so that other tools' doors are closed in the same way.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import duckdb

from warehouse.memory import bound

SETTINGS: dict[str, str | bool | int | float | list[str]] = {
    "enable_external_access": False,
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
}
LOCK = "lock_configuration"  # comes last: after it nothing can be set
_QUERIES = (duckdb.StatementType.SELECT, duckdb.StatementType.EXPLAIN)


class NotPublishedError(Exception):
    """There is no published file to read; the message says what to do, in one line."""


class NoQueryError(Exception):
    """A statement that asks for something else than rows; the message says so in one line."""


def connect(published: Path, *, bounded: bool = False) -> duckdb.DuckDBPyConnection:
    """A connection that can read the published tables and nothing else; the caller closes it.

    ``bounded`` is for our own work on the file: what memory does not hold goes to disk beside it.
    Raises NotPublishedError where there is no file or it is not a DuckDB file that this version reads.
    """
    if not published.is_file():
        raise NotPublishedError(f"nothing is published at {published} yet: run `communique run PATH…` first")
    try:
        con = duckdb.connect(str(published), read_only=True, config=SETTINGS)
    except duckdb.Error as error:
        raise NotPublishedError(
            f"cannot read {published}: {str(error).splitlines()[0]}; "
            "`communique rerun --from publish` builds it again"
        ) from error
    con.execute("SET TimeZone = 'UTC'")
    if bounded:
        bound(con)
    con.execute(f"SET {LOCK} = true")
    return con


def only_a_query(statement: duckdb.Statement) -> None:
    """Pass a query or its explanation. Raises NoQueryError for anything else.

    What would reach outside is refused by the settings; this also keeps off what only makes noise or harms the
    process itself, such as ``PRAGMA enable_profiling`` and ``CALL enable_logging``.
    """
    if statement.type not in _QUERIES:
        raise NoQueryError(
            f"the register is read-only, and {statement.type.name} is no query: ask with SELECT, DESCRIBE, SHOW or EXPLAIN"
        )


def sqlalchemy_url(published: Path) -> str:
    """The address of the published file for SQLAlchemy with duckdb-engine: read-only, closed and locked.

    Use it with ``poolclass=NullPool``: a connection that stays open keeps on reading the file that was published
    when it was opened.
    """
    settings: dict[str, Any] = {"access_mode": "READ_ONLY", **SETTINGS, LOCK: True}
    # SQLAlchemy takes the path as it stands, without decoding it.
    query = urlencode(
        {name: str(value).lower() if value in (True, False) else value for name, value in settings.items()}
    )
    return f"duckdb:///{published.expanduser().resolve()}?{query}"
