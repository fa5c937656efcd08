"""SQLite waits for the disk less often within a run, and connections are kept; what is on disk is Dagster's."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import dagster as dg
import sqlalchemy as sa
from dagster._core.storage.event_log import SqliteEventLogStorage
from sqlalchemy.engine import Engine

from assets.event_log import KeptEventLog, kept_instance, waiting_less


def synchronous(engine: sa.Engine) -> int:
    with engine.connect() as connection:
        return int(connection.execute(sa.text("PRAGMA synchronous")).scalar_one())


def test_connections_wait_less_within_and_as_before_after(tmp_path: Path) -> None:
    address = f"sqlite:///{tmp_path / 'log.db'}"
    with waiting_less():
        assert synchronous(sa.create_engine(address, poolclass=sa.NullPool)) == 1
    assert synchronous(sa.create_engine(address, poolclass=sa.NullPool)) == 2


def test_what_is_written_meanwhile_is_there_afterwards(tmp_path: Path) -> None:
    address = f"sqlite:///{tmp_path / 'log.db'}"
    with waiting_less():
        engine = sa.create_engine(address, poolclass=sa.NullPool)
        with engine.begin() as connection:
            connection.execute(sa.text("PRAGMA journal_mode=WAL"))
        for number in range(3):
            with engine.begin() as connection:
                connection.execute(sa.text("CREATE TABLE IF NOT EXISTS event (n INTEGER)"))
                connection.execute(sa.text("INSERT INTO event VALUES (:n)"), {"n": number})
    with sa.create_engine(address).connect() as connection:
        assert connection.execute(sa.text("SELECT n FROM event")).scalars().all() == [0, 1, 2]


def test_what_is_kept_open_is_read_by_dagsters_own(tmp_path: Path) -> None:
    (tmp_path / "some.yaml").write_text("telemetry:\n  enabled: false\n", encoding="utf-8")

    @dg.asset
    def answer() -> int:
        return 42

    with kept_instance(tmp_path, "some.yaml") as instance:
        assert isinstance(instance.event_log_storage, KeptEventLog)
        run = dg.materialize([answer], instance=instance)
        kept = [record.event_log_entry for record in instance.get_records_for_run(run.run_id).records]
    with dg.DagsterInstance.from_config(str(tmp_path), "some.yaml") as instance:
        assert type(instance.event_log_storage) is SqliteEventLogStorage
        read = [record.event_log_entry for record in instance.get_records_for_run(run.run_id).records]
        assert instance.get_latest_materialization_event(dg.AssetKey("answer")) is not None
        assert instance.get_run_record_by_id(run.run_id) is not None
    assert read == kept
    assert len(kept) > 5


def test_connections_are_few_and_closed_at_the_end(tmp_path: Path) -> None:
    (tmp_path / "some.yaml").write_text("telemetry:\n  enabled: false\n", encoding="utf-8")

    @dg.asset
    def answer() -> int:
        return 42

    opened: list[str] = []

    def opens(_: Any, record: Any, args: list[Any], __: Any) -> None:
        opened.append(Path(args[0]).stem)

    with kept_instance(tmp_path, "some.yaml") as instance:
        sa.event.listen(Engine, "do_connect", opens)
        try:
            run = dg.materialize([answer], instance=instance)
        finally:
            sa.event.remove(Engine, "do_connect", opens)
    written = len(run.all_events)
    assert opened.count(run.run_id) + opened.count("index") < written
    left = sorted(path.name for path in (tmp_path / "history" / "runs").glob("*-wal"))
    assert left == []
