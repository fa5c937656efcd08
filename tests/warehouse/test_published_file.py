"""The published file explains itself: every relation and column carries its comment."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from warehouse import published, reader
from warehouse.home import open_home
from warehouse.overlay import Overlay
from warehouse.tables import of_stage
from warehouse.tables import published as published_tables
from warehouse.tables.arrow import empty


@pytest.fixture(scope="module")
def empty_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = open_home(tmp_path_factory.mktemp("home"))
    target = home.unpublished("run")
    operations = {table.name: empty(table) for table in of_stage("operations")}
    published.build(Overlay(home), target, operations)
    return target.replace(home.published)


def test_every_declared_column_is_there_in_order_with_its_comment(empty_file: Path) -> None:
    with reader.connect(empty_file) as con:
        rows = con.execute(
            "SELECT table_name, column_name, comment FROM duckdb_columns() WHERE NOT internal "
            "ORDER BY table_name, column_index"
        ).fetchall()
    declared = [(t.name, c.name) for t in sorted(published_tables(), key=lambda t: t.name) for c in t.columns]
    assert [(table, column) for table, column, _ in rows] == declared
    assert all(comment for _, _, comment in rows)


def test_every_relation_says_what_a_row_is(empty_file: Path) -> None:
    with duckdb.connect(str(empty_file), read_only=True) as con:
        comments = con.execute("SELECT table_name, comment FROM duckdb_tables()").fetchall()
    assert comments
    assert all("One row:" in comment for _, comment in comments)


def test_nothing_is_left_beside_the_file(empty_file: Path) -> None:
    assert not list(empty_file.parent.glob("*.wal"))
    assert not list(empty_file.parent.glob("*.tmp"))


@pytest.mark.parametrize(
    "mart", [t for t in published_tables() if t.stage == "publish"], ids=lambda t: t.name
)
def test_every_mart_begins_with_its_question(mart: object) -> None:
    first = published.mart_sql(mart).splitlines()[0]  # type: ignore[arg-type]
    assert first.startswith("-- ")
    assert first.endswith("?")
