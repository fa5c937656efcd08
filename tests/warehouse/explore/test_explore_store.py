"""One publication a request, the next one after it, and no query without end."""

from __future__ import annotations

import threading
from pathlib import Path

import duckdb
import pytest

from warehouse import reader
from warehouse.explore.store import Store, TooSlowError

_ENDLESS = "SELECT count(*) FROM range(1000000000) AS a, range(1000000000) AS b"


def publish(path: Path, number: int) -> None:
    """Put a file with that number in the place of the published one, as a run does."""
    new = path.with_suffix(".tmp")
    with duckdb.connect(str(new)) as con:
        con.execute(f"CREATE TABLE t AS SELECT {number} AS n")
    new.replace(path)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    publish(tmp_path / "communique.duckdb", 1)
    return Store(tmp_path / "communique.duckdb")


def number(store: Store) -> int:
    with store.session() as session:
        return session.number("SELECT n FROM t")


def test_a_new_publication_is_seen_by_the_next_request(store: Store, tmp_path: Path) -> None:
    assert number(store) == 1
    publish(tmp_path / "communique.duckdb", 2)
    assert number(store) == 2


def test_a_request_sees_one_publication_to_its_end(store: Store, tmp_path: Path) -> None:
    with store.session() as session:
        publish(tmp_path / "communique.duckdb", 2)
        assert session.number("SELECT n FROM t") == 1
        waiting = threading.Thread(target=lambda: seen.append(number(store)))
        seen: list[int] = []
        waiting.start()
        assert session.number("SELECT n FROM t") == 1
    waiting.join(20)
    assert seen == [2]


def test_many_requests_over_many_publications_never_fail_or_go_back(store: Store, tmp_path: Path) -> None:
    seen: list[list[int]] = [[], [], []]

    def read(mine: list[int]) -> None:
        for _ in range(40):
            mine.append(number(store))

    readers = [threading.Thread(target=read, args=(mine,)) for mine in seen]
    for thread in readers:
        thread.start()
    for n in range(2, 12):
        publish(tmp_path / "communique.duckdb", n)
    for thread in readers:
        thread.join(60)
    assert all(len(mine) == 40 and mine == sorted(mine) for mine in seen)


def test_an_endless_query_is_stopped(store: Store) -> None:
    with pytest.raises(TooSlowError), store.session(0.2) as session:
        session.number(_ENDLESS)
    assert number(store) == 1


def test_after_its_time_a_request_asks_nothing_more(store: Store) -> None:
    with pytest.raises(TooSlowError), store.session(0.05) as session:
        session.over.wait(5)
        session.number("SELECT n FROM t")


def test_the_register_cannot_be_written_nor_files_be_read(store: Store) -> None:
    with store.session() as session:
        for sql in ("DELETE FROM t", "COPY t TO 'x.csv'", "SELECT * FROM read_text('/etc/hostname')"):
            with pytest.raises(duckdb.Error):
                session.rows(sql)


def test_a_file_that_is_gone_is_told(store: Store, tmp_path: Path) -> None:
    (tmp_path / "communique.duckdb").unlink()
    with pytest.raises(reader.NotPublishedError):
        number(store)
