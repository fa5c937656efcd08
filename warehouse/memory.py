"""How much memory DuckDB may hold in our own work; the rest goes to disk. Readers' queries are their own affair."""

from __future__ import annotations

import duckdb

_SHARED_MB = 1024
_THREAD_MB = 512  # each thread sorts and joins in memory of its own, and gives up where it has none


def bound(con: duckdb.DuckDBPyConnection) -> None:
    """Let the connection's database hold 1 GB and half a gigabyte for each of its threads, 2 GB on two cores.

    Left alone, DuckDB takes most of the machine before it writes anything to disk.
    """
    row = con.sql("SELECT current_setting('threads')").fetchone()
    threads = int(row[0]) if row else 1
    con.execute(f"SET memory_limit = '{_SHARED_MB + _THREAD_MB * threads}MiB'")
