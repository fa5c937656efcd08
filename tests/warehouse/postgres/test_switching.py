"""Readers see one publication whole, before, while and after another takes its place, and whatever ends a publisher."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psycopg
import pytest

from tests.doors.servers import Server
from warehouse.postgres import fill, schemas, stamp
from warehouse.postgres.address import Address
from warehouse.postgres.fill import Published
from warehouse.tables import published as published_tables

Publish = Callable[..., Published]
# Which run made what a reader sees: of tables loaded first, in the middle and last, of a view, and of the schema.
WHOSE = """
    SELECT DISTINCT run FROM (
        SELECT cleaner_version AS run FROM communique.documents
        UNION ALL SELECT extractor_version FROM communique.event_mentions
        UNION ALL SELECT run_id FROM communique.runs
        UNION ALL SELECT run_id FROM communique.quality_results
        UNION ALL SELECT "Version" FROM communique.polecat_events
    ) AS seen
"""
FEW = {
    "documents",
    "event_mentions",
    "participants",
    "events",
    "actors",
    "places",
    "quality_results",
    "runs",
    "polecat_events",
}


def whose(con: psycopg.Connection[Any]) -> set[str]:
    return {run for (run,) in con.execute(WHOSE).fetchall()}


def beside(server: Server) -> list[str]:
    """Schemas of ours that do not serve."""
    with server.connect() as con:
        return schemas.leftovers(con, "communique")


@pytest.fixture
def few_tables(monkeypatch: pytest.MonkeyPatch) -> None:
    """Publish only what the readers look at: a hundred times all of it takes minutes."""
    few = tuple(table for table in published_tables() if table.name in FEW)
    for module in (fill, stamp):
        monkeypatch.setattr(module, "published", lambda: few)


class Reader(threading.Thread):
    """Asks again and again, as different clients do: in one query, or in one transaction of several."""

    def __init__(self, server: Server, manner: str) -> None:
        super().__init__()
        self.server, self.manner = server, manner
        self.answers: list[set[str]] = []
        self.failures: list[str] = []
        self.stopped = threading.Event()

    def run(self) -> None:
        with self.server.connect() as con:
            while not self.stopped.wait(0.02):
                try:
                    self.answers.append(self.ask(con))
                except psycopg.Error as error:
                    self.failures.append(str(error))

    def ask(self, con: psycopg.Connection[Any]) -> set[str]:
        if self.manner == "one query":
            return whose(con)
        if self.manner == "repeatable read":
            con.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        with con.transaction():
            first = con.execute("SELECT run_id FROM communique.runs").fetchall()
            second = con.execute(
                "SELECT DISTINCT extractor_version FROM communique.event_mentions"
            ).fetchall()
            third = con.execute('SELECT DISTINCT "Version" FROM communique.polecat_events').fetchall()
        return {run for (run,) in (*first, *second, *third)}


@pytest.mark.slow
@pytest.mark.usefixtures("few_tables")
def test_a_hundred_publications_and_every_reader_sees_one_at_a_time(
    server: Server, published: Publish
) -> None:
    published("run-0")
    readers = [Reader(server, manner) for manner in ("one query", "transaction", "repeatable read")]
    for reader in readers:
        reader.start()
    try:
        for number in range(1, 101):
            assert not published(f"run-{number % 2}").is_unchanged
    finally:
        for reader in readers:
            reader.stopped.set()
            reader.join()
    assert [reader.failures for reader in readers] == [[], [], []]
    for reader in readers:
        assert len(reader.answers) > 100
        assert all(len(answer) == 1 for answer in reader.answers)
        assert {run for answer in reader.answers for run in answer} == {"run-0", "run-1"}
    assert beside(server) == []


def steps_of(publish: Publish, run: str) -> list[str]:
    heard: list[str] = []
    publish(run, step=heard.append)
    return heard


@pytest.mark.slow
def test_a_killed_publisher_leaves_the_old_schema_serving_and_the_next_one_clears_up(
    server: Server, address: Address, published: Publish, file_of: Callable[[str], Path]
) -> None:
    steps = steps_of(published, "run-0")
    chosen = random.Random(7)
    moments = [chosen.choice(steps[1:-4]), chosen.choice(["keys", "indexes"]), "views and comments", "switch"]
    for moment in moments:
        command = [sys.executable, str(Path(__file__).with_name("publisher.py")), str(file_of("run-1"))]
        environment = os.environ | {"COMMUNIQUE_POSTGRES_DSN": address.conninfo}
        with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None
            for line in process.stdout:
                if line.strip() == moment:
                    threading.Event().wait(chosen.uniform(0, 0.02))
                    break
            process.kill()
        with server.connect() as con:
            serving = whose(con)
        assert serving == {"run-0"} or (moment == "switch" and serving == {"run-1"})
        published("run-0")
        assert beside(server) == []
        with server.connect() as con:
            assert whose(con) == {"run-0"}


def test_a_reader_in_the_middle_keeps_its_tables_and_the_next_publication_drops_them(
    server: Server, published: Publish, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(schemas, "_SWITCH_PATIENCE_SECONDS", 0.2)
    monkeypatch.setattr(schemas, "_DROP_PATIENCE_SECONDS", 0.2)
    published("run-0")
    with server.connect() as reader, server.connect() as other:
        with reader.transaction():
            before = reader.execute("SELECT count(*) FROM communique.events").fetchone()
            done = published("run-1")
            assert [note for note in done.notes if "still being read" in note]
            assert len(beside(server)) == 1
            assert whose(other) == {"run-1"}
            assert reader.execute("SELECT count(*) FROM communique.events").fetchone() == before
        assert published("run-1").notes == []
    assert beside(server) == []


def test_what_others_built_on_the_old_tables_is_not_dropped_with_them(
    server: Server, published: Publish
) -> None:
    published("run-0")
    with server.connect() as con:
        con.execute("CREATE VIEW public.mine AS SELECT run_id FROM communique.runs")
        try:
            done = published("run-1")
            assert [note for note in done.notes if "view mine depends on" in note]
            assert con.execute("SELECT run_id FROM public.mine").fetchall() == [("run-0",)]
            assert whose(con) == {"run-1"}
        finally:
            con.execute("DROP VIEW public.mine")
    assert published("run-1").notes == []
    assert beside(server) == []
