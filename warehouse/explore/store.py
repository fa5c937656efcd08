"""Asking the published file while runs replace it: one connection for all requests, a cursor for each.

A request sees one publication from its first query to its last. DuckDB keeps one database for a path as long as
anything in the process has it open, so the new file is opened when the last request on the old one has ended.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from warehouse import reader

Row = dict[str, Any]
Identity = tuple[int, int, int, int]
QUERY_SECONDS = 10.0
_PATIENCE = 15.0  # seconds that a request waits for those on the old file, before it reads the old one too
_AGAIN = 0.1  # seconds between interruptions


class TooSlowError(Exception):
    """A query was stopped because it took too long."""


@dataclass(frozen=True, slots=True)
class Session:
    """What one request asks with; ``identity`` tells one publication from another."""

    cursor: duckdb.DuckDBPyConnection
    identity: Identity
    over: threading.Event

    def execute(self, sql: str, values: Sequence[object] = ()) -> duckdb.DuckDBPyConnection:
        """Run a query; the values are bound, never written into it. TooSlowError when the time is over."""
        if self.over.is_set():
            raise TooSlowError("the time for this page is over")
        return self.cursor.execute(sql, list(values))

    def rows(self, sql: str, values: Sequence[object] = ()) -> list[Row]:
        """All rows as dictionaries."""
        answer = self.execute(sql, values)
        names = [column[0] for column in answer.description or ()]
        return [dict(zip(names, row, strict=True)) for row in answer.fetchall()]

    def row(self, sql: str, values: Sequence[object] = ()) -> Row | None:
        """The first row, or None."""
        found = self.rows(sql, values)
        return found[0] if found else None

    def number(self, sql: str, values: Sequence[object] = ()) -> int:
        """The first value of the first row as a whole number, 0 where there is none."""
        answer = self.execute(sql, values).fetchone()
        return int(answer[0] or 0) if answer else 0

    def has_table(self, name: str) -> bool:
        """Whether the published file has a table or view of that name: older files lack newer ones."""
        found = "SELECT count(*) FROM duckdb_columns() WHERE NOT internal AND table_name = ?"
        return self.number(found, [name]) > 0


class Store:
    """The published file of a home, opened anew when a run has replaced it."""

    def __init__(self, published: Path) -> None:
        self._path = published
        self._change = threading.Condition()
        self._connection: duckdb.DuckDBPyConnection | None = None
        self._identity: Identity | None = None
        self._readers = 0

    @contextmanager
    def session(self, seconds: float = QUERY_SECONDS) -> Iterator[Session]:
        """A cursor for one request, closed after it.

        ``seconds`` is the time for all its queries together; TooSlowError when it is over. NotPublishedError where
        there is no published file.
        """
        cursor, identity = self._enter()
        done, over = threading.Event(), threading.Event()

        def watch() -> None:
            if not done.wait(seconds):
                over.set()
            while not done.wait(_AGAIN):  # a query that begins just now has not seen the first interruption
                cursor.interrupt()

        threading.Thread(target=watch, daemon=True).start()
        try:
            yield Session(cursor, identity, over)
        except duckdb.InterruptException as error:
            raise TooSlowError(f"stopped after {seconds:g} seconds") from error
        finally:
            done.set()
            self._leave(cursor)

    def close(self) -> None:
        """Close the connection; cursors in use stay usable."""
        with self._change:
            if self._connection is not None:
                self._connection.close()
            self._connection = self._identity = None

    def _enter(self) -> tuple[duckdb.DuckDBPyConnection, Identity]:
        with self._change:
            now = self._current()
            until = time.monotonic() + _PATIENCE
            while self._readers and now != self._identity and time.monotonic() < until:
                self._change.wait(until - time.monotonic())
                now = self._current()
            if self._connection is None or (now != self._identity and not self._readers):
                self._open(now)
            connection, identity = self._connection, self._identity
            assert connection is not None and identity is not None
            cursor = connection.cursor()
            self._readers += 1
            return cursor, identity

    def _open(self, identity: Identity) -> None:
        self.close()
        self._connection = reader.connect(self._path)
        self._identity = identity

    def _leave(self, cursor: duckdb.DuckDBPyConnection) -> None:
        cursor.close()
        with self._change:
            self._readers -= 1
            self._change.notify_all()

    def _current(self) -> Identity:
        try:
            found = self._path.stat()
        except FileNotFoundError as error:
            raise reader.NotPublishedError(f"nothing is published at {self._path} any more") from error
        return (found.st_dev, found.st_ino, found.st_mtime_ns, found.st_size)
