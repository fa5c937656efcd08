"""Dagster's event log, which takes several hundred events of a run: on connections that are kept, waiting less.

Dagster opens and closes a file for each event, and compiles anew what it writes: most of what orchestrating a small
run costs. Kept connections leave the same files, and Dagster's page and daemon read them as ever.

SQLite waits for the disk at each event. Nothing is lost by waiting less: the log is in write-ahead mode, where a power
cut can take the last events of a run but never the log itself, and what the run did stands in the home's own history.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import dagster as dg
import sqlalchemy as sa
from dagster._core.instance.ref import InstanceRef
from dagster._core.storage.event_log.sqlite.sqlite_event_log import INDEX_SHARD_NAME, SqliteEventLogStorage
from dagster._core.storage.sqlite import SQLITE_BUSY_TIMEOUT_SECONDS
from dagster._serdes import ConfigurableClassData
from sqlalchemy.engine import Engine

_KEPT_FILES = 4  # a run writes two: its own, and the one about all runs


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


class KeptEventLog(SqliteEventLogStorage):
    """Dagster finds it by its name, in the configuration that ``kept_instance`` gives it."""

    def __init__(self, base_dir: str, inst_data: ConfigurableClassData | None = None) -> None:
        self._engines: dict[str, sa.Engine] = {}
        self._tables: set[str] = set()
        self._turn = threading.Lock()  # one at a time, as in Dagster's own
        super().__init__(base_dir, inst_data)

    @classmethod
    def from_config_value(
        cls, inst_data: ConfigurableClassData | None, config_value: Mapping[str, Any]
    ) -> KeptEventLog:
        """What Dagster calls with its configuration."""
        return cls(inst_data=inst_data, **config_value)

    def run_connection(self, run_id: str | None = None) -> Any:
        """A transaction on the file of a run."""
        return self._transaction(str(run_id), super().run_connection(run_id))

    def index_connection(self) -> Any:
        """A transaction on the file about all runs."""
        return self._transaction(INDEX_SHARD_NAME, super().index_connection())

    def has_table(self, table_name: str) -> bool:
        """Whether this version's table is there; Dagster asks at every result of a check."""
        if table_name not in self._tables and super().has_table(table_name):
            self._tables.add(table_name)
        return table_name in self._tables

    def dispose(self) -> None:
        """Close what is open."""
        super().dispose()
        for engine in self._engines.values():
            engine.dispose()

    @contextmanager
    def _transaction(self, shard: str, first: Any) -> Iterator[sa.Connection]:
        with self._turn:
            engine = self._engines.pop(shard, None) or self._opened(shard, first)
            self._engines[shard] = engine  # last of all, since it was used last
            while len(self._engines) > _KEPT_FILES:
                self._engines.pop(next(iter(self._engines))).dispose()
            with engine.begin() as connection:
                yield connection

    def _opened(self, shard: str, first: Any) -> sa.Engine:
        with first:
            pass  # Dagster makes the file where there is none
        return sa.create_engine(
            self.conn_string_for_shard(shard), connect_args={"timeout": SQLITE_BUSY_TIMEOUT_SECONDS}
        )


def kept_instance(folder: Path, config: str) -> dg.DagsterInstance:
    """Dagster's instance in a folder, configured by the file of this name in it, but for its event log."""
    kept = {
        "module": KeptEventLog.__module__,
        "class": KeptEventLog.__name__,
        "config": {"base_dir": str(folder / "history" / "runs")},
    }
    ref = InstanceRef.from_dir(str(folder), config_filename=config, overrides={"event_log_storage": kept})
    return dg.DagsterInstance.from_ref(ref)
