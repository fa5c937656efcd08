"""What a client finds in PostgreSQL: every relation and column with its type and comment, and the very rows of the file."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import psycopg
import pytest
import sqlalchemy as sa

from tests.doors.servers import PASSWORD, Server
from warehouse import reader
from warehouse.tables import Table
from warehouse.tables import published as published_tables
from warehouse.tables.ddl import SQL_TYPES, quoted, remark

DECLARED = published_tables()
TABLES = [table for table in DECLARED if table.relation == "table"]
VIEWS = [table for table in DECLARED if table.relation == "view"]


def test_psycopg_finds_every_column_in_order_with_type_and_comment(register: Server) -> None:
    with register.connect() as con:
        found = con.execute(
            "SELECT relname, attname, format_type(atttypid, NULL), col_description(c.oid, attnum) FROM pg_attribute a "
            "JOIN pg_class c ON c.oid = attrelid WHERE relnamespace = 'communique'::regnamespace AND attnum > 0 "
            "AND relkind IN ('r', 'v') ORDER BY relname, attnum"
        ).fetchall()
    types = {
        name: kind.replace("timestamptz", "timestamp with time zone")
        for name, kind in SQL_TYPES["postgresql"].items()
    }
    wanted = [
        (table.name, column.name, types[column.type], remark(column))
        for table in sorted(DECLARED, key=lambda one: one.name)
        for column in table.columns
    ]
    assert found == wanted


def test_the_inspector_of_sqlalchemy_finds_tables_keys_references_and_comments(register: Server) -> None:
    engine = sa.create_engine(
        sa.URL.create("postgresql+psycopg", "owner", PASSWORD, "127.0.0.1", register.port, "news"),
        poolclass=sa.NullPool,
    )
    inspector = sa.inspect(engine)
    assert set(inspector.get_table_names("communique")) == {table.name for table in TABLES}
    assert set(inspector.get_view_names("communique")) == {table.name for table in VIEWS}
    any_kind = sa.engine.reflection.ObjectKind.ANY
    columns = inspector.get_multi_columns("communique", kind=any_kind)
    comments = inspector.get_multi_table_comment("communique", kind=any_kind)
    for table in DECLARED:
        at = ("communique", table.name)
        assert [(c["name"], c["comment"]) for c in columns[at]] == [
            (c.name, remark(c)) for c in table.columns
        ]
        assert "One row:" in str(comments[at]["text"])
    keys, references = (
        inspector.get_multi_pk_constraint("communique"),
        inspector.get_multi_foreign_keys("communique"),
    )
    for table in TABLES:
        at = ("communique", table.name)
        assert keys[at]["constrained_columns"] == list(table.key)
        found = {key["constrained_columns"][0] for key in references[at]}
        assert found == {column.name for column in table.columns if column.references}


def test_dates_countries_and_ids_are_indexed(register: Server) -> None:
    with register.connect() as con:
        found = con.execute(
            "SELECT tablename, indexdef FROM pg_indexes WHERE schemaname = 'communique'"
        ).fetchall()
    indexed = {
        (table, definition.partition("(")[2].rstrip(")").partition(",")[0]) for table, definition in found
    }
    assert {
        ("events", "event_start"), ("events", "actor1_country"), ("events", "agreement_id"), ("event_mentions", "event_id"),
        ("participants", "actor_id"), ("dyad_months", "month"), ("dyad_months", "country_b"), ("inputs", "document_id"),
    } <= indexed  # fmt: skip


@pytest.mark.parametrize("table", DECLARED, ids=lambda table: table.name)
def test_the_rows_are_those_of_the_file(
    register: Server, file_of: Callable[[str], Path], table: Table
) -> None:
    names = ", ".join(quoted(column.name) for column in table.columns)
    with reader.connect(file_of("run-1")) as con:
        wanted = con.execute(f"SELECT {names} FROM {quoted(table.name)}").fetchall()
    with register.connect() as con:
        con.execute("SET TimeZone = 'UTC'")
        found = con.execute(f"SELECT {names} FROM communique.{quoted(table.name)}").fetchall()
    assert sorted(map(_comparable, found)) == sorted(map(_comparable, wanted))


def _comparable(row: tuple[Any, ...]) -> list[str]:
    return [_told(value) for value in row]


def _told(value: Any) -> str:
    if isinstance(value, datetime):
        return value.isoformat()
    return value.replace("\0", "\ufffd") if isinstance(value, str) else repr(value)


def test_offsets_still_lead_to_the_sentences(register: Server) -> None:
    with register.connect() as con:
        wrong, odd = con.execute(
            "SELECT count(*) FILTER (WHERE substr(body, sentence_start + 1, sentence_end - sentence_start) <> sentence), "
            "count(*) FILTER (WHERE strpos(sentence, U&'\\FFFD') > 0) "
            "FROM communique.event_mentions JOIN communique.documents USING (document_id)"
        ).fetchone() or (None, None)
    assert wrong == 0
    assert odd > 0


@pytest.mark.parametrize("table", DECLARED, ids=lambda table: table.name)
def test_psql_describes_every_relation(register: Server, table: Table) -> None:
    program = register.programs / "psql"
    command = [program, "-X", "-d", register.dsn(), "-c", f'\\d+ communique."{table.name}"']
    shown = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    for column in table.columns:
        line = next(line for line in shown.splitlines() if line.split("|")[0].strip() == column.name)
        assert line.rstrip().endswith(remark(column)) or table.relation == "view"


@pytest.fixture
def allowed(register: Server) -> Server:
    with register.connect() as con:
        con.execute("GRANT communique_reader TO reader")
    return register


def test_a_reader_reads_everything(allowed: Server) -> None:
    with allowed.connect("reader") as con:
        for table in DECLARED:
            con.execute(f"SELECT * FROM communique.{quoted(table.name)} LIMIT 1")


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM communique.events", "UPDATE communique.events SET status = 'x'", "TRUNCATE communique.events",
        "INSERT INTO communique.places (place_id) VALUES ('x')", "CREATE TABLE communique.mine (a int)",
        "CREATE VIEW communique.mine AS SELECT 1", "CREATE SCHEMA mine", "DROP TABLE communique.events",
        "ALTER TABLE communique.events ADD COLUMN a int", "CREATE TABLE public.mine (a int)",
        "COPY communique.events TO '/tmp/stolen'", "SELECT pg_read_file('/etc/passwd')",
    ],
)  # fmt: skip
def test_a_reader_changes_nothing(allowed: Server, statement: str) -> None:
    with allowed.connect("reader") as con, pytest.raises(psycopg.errors.InsufficientPrivilege):
        con.execute(statement)


def test_somebody_without_the_role_reads_nothing(register: Server) -> None:
    with register.connect() as con:
        con.execute("REVOKE communique_reader FROM reader")
    with register.connect("reader") as con, pytest.raises(psycopg.errors.InsufficientPrivilege):
        con.execute("SELECT * FROM communique.events")
