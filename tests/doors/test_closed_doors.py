"""What would reach outside the published tables is refused in every DuckDB door: Python, SQLAlchemy, the command."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest
import sqlalchemy as sa
from typer.testing import CliRunner

from assets.cli import app as cli
from assets.cli.errors import CommandError
from warehouse import reader
from warehouse.home import Home, open_home

OUTSIDE = [
    "COPY events TO 'stolen.csv'",
    "COPY (SELECT 1) TO '/dev/stdout'",
    "SELECT * FROM read_text('/etc/hostname')",
    "SELECT * FROM read_csv('http://127.0.0.1:9/x.csv')",
    "SELECT * FROM read_parquet('https://127.0.0.1:9/x.parquet')",
    "SELECT * FROM glob('/etc/*')",
    "ATTACH 'other.duckdb'",
    "ATTACH ':memory:' AS other",
    "INSTALL httpfs",
    "LOAD httpfs",
    "LOAD '/usr/lib/x.duckdb_extension'",
    "SET threads = 1",
    "SET enable_external_access = true",
    "SET lock_configuration = false",
    "RESET memory_limit",
    "PRAGMA threads = 4",
    "PRAGMA profiling_output = 'profile.json'",
    "EXPORT DATABASE 'stolen'",
    "EXPLAIN ANALYZE COPY events TO 'stolen.csv'",
    "CREATE TABLE mine AS SELECT 1",
    "INSERT INTO events VALUES (2)",
    "DELETE FROM events",
    "DROP TABLE events",
    "CREATE SECRET s (TYPE s3)",
]
Door = Callable[[Path, str], object]


def by_python(published: Path, statement: str) -> object:
    with reader.connect(published) as con:
        return con.execute(statement).fetchall()


def by_sqlalchemy(published: Path, statement: str) -> object:
    engine = sa.create_engine(reader.sqlalchemy_url(published), poolclass=sa.NullPool)
    try:
        with engine.connect() as con:
            return con.execute(sa.text(statement)).fetchall()
    finally:
        engine.dispose()


def by_command(published: Path, statement: str) -> object:
    done = CliRunner().invoke(cli.app, ["sql", statement, "--home", str(published.parent), "--format", "csv"])
    if done.exception is not None:
        raise done.exception
    return [tuple(map(int, line.split(","))) for line in done.output.splitlines()[1:]]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    home = open_home(tmp_path / "home")
    with duckdb.connect(str(home.published)) as con:
        con.execute("CREATE TABLE events AS SELECT 1 AS event_id")
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    return home


@pytest.mark.parametrize("door", [by_python, by_sqlalchemy, by_command])
def test_a_query_is_answered(home: Home, door: Door) -> None:
    assert door(home.published, "SELECT event_id FROM events") == [(1,)]


@pytest.mark.parametrize("statement", OUTSIDE)
@pytest.mark.parametrize("door", [by_python, by_sqlalchemy, by_command])
def test_what_reaches_outside_is_refused(home: Home, door: Door, statement: str) -> None:
    before = home.published.read_bytes()
    with pytest.raises((duckdb.Error, sa.exc.DBAPIError, CommandError)):
        door(home.published, statement)
    assert not list(Path.cwd().iterdir())
    assert home.published.read_bytes() == before


@pytest.mark.parametrize(
    "statement",
    ["CALL enable_logging()", "PRAGMA enable_profiling", "SET VARIABLE x = 1", "CREATE TEMP TABLE t (a int)"],
)
def test_the_command_answers_only_queries(home: Home, statement: str) -> None:
    with pytest.raises(CommandError, match="no query"):
        by_command(home.published, statement)


@pytest.mark.parametrize(
    "statement", ["DESCRIBE events", "SHOW TABLES", "EXPLAIN SELECT 1", "SUMMARIZE events"]
)
def test_the_command_tells_about_tables(home: Home, statement: str) -> None:
    done = CliRunner().invoke(cli.app, ["sql", statement, "--home", str(home.root)])
    assert done.exit_code == 0, done.output


def test_an_address_with_odd_letters_leads_to_the_file(tmp_path: Path) -> None:
    folder = tmp_path / "a b&d=é%20#1"
    folder.mkdir()
    with duckdb.connect(str(folder / "communique.duckdb")) as con:
        con.execute("CREATE TABLE events AS SELECT 1 AS event_id")
    assert by_sqlalchemy(folder / "communique.duckdb", "FROM events") == [(1,)]
