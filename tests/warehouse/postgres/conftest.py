"""A real PostgreSQL for the tests of this folder, and small published files to load into it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.bench.published import make_published
from tests.doors.servers import Server, embedded_programs, running
from warehouse.postgres.address import Address, parse
from warehouse.postgres.fill import Published
from warehouse.postgres.publish import publish

Publish = Callable[..., Published]


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    with running(embedded_programs()) as server:
        yield server


@pytest.fixture(scope="session")
def file_of(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """Published files of small registers by the run that made them, each made once."""
    folder = tmp_path_factory.mktemp("published")
    made: dict[str, Path] = {}

    def file(run: str) -> Path:
        if run not in made:
            made[run] = make_published(folder / f"{run}.duckdb", 120, run)
        return made[run]

    return file


@pytest.fixture
def address(server: Server) -> Iterator[Address]:
    """The address of an empty database."""
    yield parse(server.dsn())
    with server.connect("postgres") as con:
        for (name,) in con.execute(
            "SELECT nspname FROM pg_namespace WHERE starts_with(nspname, 'communique')"
        ).fetchall():
            con.execute(f'DROP SCHEMA "{name}" CASCADE')


@pytest.fixture
def published(address: Address, file_of: Callable[[str], Path]) -> Publish:
    """Publishes the file of a run."""

    def do(run: str = "run-1", **options: Any) -> Published:
        return publish(file_of(run), address, **options)

    return do


@pytest.fixture(scope="module")
def register(server: Server, file_of: Callable[[str], Path]) -> Iterator[Server]:
    """A server with a publication that tests only look at."""
    publish(file_of("run-1"), parse(server.dsn()), force=True)
    yield server
    with server.connect("postgres") as con:
        con.execute("DROP SCHEMA IF EXISTS communique CASCADE")
