"""SQLite waits for the disk less often within a run, and as before after it."""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa

from assets.event_log import waiting_less


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
