"""Reading the published file: one hardened, read-only connection that every reader uses.

Read-only alone is no sandbox in DuckDB: a query could still read files, write files and attach databases. The
connection made here can only see the published tables.
"""

from __future__ import annotations

from pathlib import Path

import duckdb

_CONFIG: dict[str, str | bool | int | float | list[str]] = {
    "enable_external_access": False,
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
}


class NotPublishedError(Exception):
    """There is no published file to read; the message says what to do, in one line."""


def connect(published: Path) -> duckdb.DuckDBPyConnection:
    """A connection that can read the published tables and nothing else; the caller closes it.

    Raises NotPublishedError where there is no file or it is not a DuckDB file that this version reads.
    """
    if not published.is_file():
        raise NotPublishedError(f"nothing is published at {published} yet: run `communique run PATH…` first")
    try:
        con = duckdb.connect(str(published), read_only=True, config=_CONFIG)
    except duckdb.Error as error:
        raise NotPublishedError(
            f"cannot read {published}: {str(error).splitlines()[0]}; "
            "`communique rerun --from publish` builds it again"
        ) from error
    con.execute("SET TimeZone = 'UTC'")
    con.execute("SET lock_configuration = true")
    return con
