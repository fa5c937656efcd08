"""Dagster's event log on a slow disk: a run writes several hundred events, and SQLite waits for the disk at each.

Between them nothing is lost by waiting less: the log is in write-ahead mode, where a power cut can take the last
events of a run but never the log itself, and what the run did stands in the home's own history.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Engine


@contextmanager
def waiting_less() -> Iterator[None]:
    """Within this, connections of this process to SQLite wait for the disk at checkpoints alone."""
    held: dict[str, sqlite3.Connection] = {}

    def hurry(connection: Any, _: Any) -> None:
        if not isinstance(connection, sqlite3.Connection):
            return
        connection.execute("PRAGMA synchronous = NORMAL")
        path = next(row[2] for row in connection.execute("PRAGMA database_list") if row[1] == "main")
        if path and path not in held:
            # Whoever closes a file last writes all of its log into it, and Dagster closes after each event.
            held[path] = sqlite3.connect(path, check_same_thread=False)
            held[path].execute("SELECT count(*) FROM sqlite_master").fetchall()

    sa.event.listen(Engine, "connect", hurry)
    try:
        yield
    finally:
        sa.event.remove(Engine, "connect", hurry)
        for connection in held.values():
            connection.close()
