"""Clients as BI tools have them list every table and column: psql, pgjdbc and psqlODBC against the installed server.

``make test-doors`` installs what is missing where it may, and runs these; without it they are passed over.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import psycopg
import pytest

from tests.bench.published import make_published
from tests.doors.odbc import Odbc, OdbcError
from tests.doors.servers import PASSWORD, Server, installed_programs, running
from warehouse.postgres.address import parse
from warehouse.postgres.publish import publish
from warehouse.tables import published
from warehouse.tables.ddl import remark

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif("COMMUNIQUE_DOORS" not in os.environ, reason="run with make test-doors"),
]
JDBC = Path("/usr/share/java/postgresql.jar")
ODBC = Path("/usr/lib/x86_64-linux-gnu/odbc/psqlodbcw.so")
COLUMNS = {(table.name, column.name): remark(column) for table in published() for column in table.columns}
COMMENTS = """
    SELECT c.relname, a.attname, col_description(c.oid, a.attnum)
    FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
    WHERE c.relnamespace = 'communique'::regnamespace AND c.relkind IN ('r', 'v') AND a.attnum > 0
"""
RELATIONS = {table.name for table in published()}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Debian's own server, with a publication that ``reader`` may read."""
    programs = installed_programs()
    if programs is None:
        pytest.skip("no PostgreSQL server is installed: apt-get install postgresql")
    file = make_published(tmp_path_factory.mktemp("doors") / "communique.duckdb", 120)
    with running(programs) as server:
        assert publish(file, parse(server.dsn())).notes == []
        with server.connect() as con:
            con.execute("GRANT communique_reader TO reader")
        yield server


def test_psql_lists_every_column_with_its_comment(server: Server) -> None:
    program = shutil.which("psql") or pytest.skip("psql is not installed: apt-get install postgresql-client")
    command = [program, "-X", "-A", "-d", server.dsn("reader"), "-c", r"\d+ communique.*"]
    shown = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    listed = subprocess.run(
        [*command[:-1], r"\dtv communique.*"], capture_output=True, text=True, check=True
    ).stdout
    assert {line.split("|")[1] for line in listed.splitlines() if line.startswith("communique|")} >= RELATIONS
    for table in published():
        if table.relation == "table":
            part = shown.split(f'Table "communique.{table.name}"', 1)[1].split("\n\n", 1)[0]
            for column in table.columns:
                assert f"|{remark(column)}" in part


def test_jdbc_lists_every_table_and_column_with_its_comment(server: Server) -> None:
    if shutil.which("java") is None or not JDBC.exists():
        pytest.skip("no Java or no pgjdbc: apt-get install default-jdk-headless libpostgresql-jdbc-java")
    url = f"jdbc:postgresql://127.0.0.1:{server.port}/news?user=reader&password={quote(PASSWORD, safe='')}"
    program = Path(__file__).with_name("Catalogue.java")
    command = ["java", "-cp", str(JDBC), str(program), url, "communique"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    lines = [line.split("\t") for line in done.stdout.splitlines()]
    assert {line[1] for line in lines if line[0] == "table" and "One row:" in line[2]} == RELATIONS
    assert {(line[1], line[2]): line[3] for line in lines if line[0] == "column"} == COLUMNS
    assert ["key", "events", "event_id"] in lines


def test_odbc_lists_every_table_and_column_and_gives_the_comments(server: Server) -> None:
    if not ODBC.exists():
        pytest.skip("psqlODBC is not installed: apt-get install unixodbc odbc-postgresql")
    where = f"Driver={ODBC};Server=127.0.0.1;Port={server.port};Database=news;UID=reader"
    with pytest.raises(OdbcError, match="password"):
        Odbc(f"{where};PWD=wrong")
    door = Odbc(f"{where};PWD={{{PASSWORD}}}")
    try:
        tables = door.tables("communique")
        columns = {table: door.columns("communique", table) for table, _ in tables}
        told = door.rows(COMMENTS, 3)
    finally:
        door.close()
    assert {name for name, _ in tables} == RELATIONS
    for table in published():
        assert [name for name, _ in columns[table.name]] == [column.name for column in table.columns]
    # This driver's own remarks are empty, whatever the server says; asked for, the comments come through it all the same.
    assert {remark for _, remark in tables} == {""}
    assert {(table, column): comment for table, column, comment in told} == COLUMNS


@pytest.mark.parametrize(
    "statement", ["DELETE FROM communique.events", "CREATE TABLE communique.mine (a int)"]
)
def test_the_reader_changes_nothing(server: Server, statement: str) -> None:
    with server.connect("reader") as con, pytest.raises(psycopg.errors.InsufficientPrivilege):
        con.execute(statement)
