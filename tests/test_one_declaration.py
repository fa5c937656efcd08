"""Adding a column to a declaration is one edit: everything that is derived from it follows."""

from dataclasses import replace

import duckdb
import pyarrow as pa
import pytest

from assets.metadata import table_metadata
from checks.suite import check_rows
from warehouse.tables import Column, Table, table
from warehouse.tables.arrow import rows_to_arrow, stored_schema
from warehouse.tables.ddl import comments, create
from warehouse.tables.dictionary import entries, markdown

ADDED = Column(
    "mood",
    "string",
    "How the meeting went",
    unit="words",
    required=True,
    allowed=("warm", "cold"),
    severity="warning",
)


@pytest.fixture
def widened() -> Table:
    declared = table("places")
    return replace(declared, columns=(*declared.columns, ADDED))


def test_the_arrow_schema_follows(widened: Table) -> None:
    field = stored_schema(widened).field("mood")
    assert (field.type, field.nullable) == (pa.string(), False)


def test_the_ddl_and_its_comments_follow(widened: Table) -> None:
    with duckdb.connect() as con:
        con.execute(create(widened))
        for comment in comments(widened):
            con.execute(comment)
        found = con.execute(
            "SELECT data_type, is_nullable, comment FROM duckdb_columns() WHERE column_name = 'mood'"
        ).fetchone()
    assert found is not None
    assert found[:2] == ("VARCHAR", False)
    assert "How the meeting went" in found[2]
    assert "warm, cold" in found[2]


def test_the_great_expectations_suite_follows(widened: Table) -> None:
    row = dict.fromkeys(column.name for column in widened.columns) | {
        "place_id": "1", "name": "Lima", "mention_count": 1, "mood": "lukewarm",
    }  # fmt: skip
    failed = [result for result in check_rows(widened, [rows_to_arrow(widened, [row])]) if not result.success]
    assert [(result.column, result.severity, result.unexpected_count) for result in failed] == [
        ("mood", "warning", 1)
    ]


def test_dagsters_column_metadata_follows(widened: Table) -> None:
    columns = {column.name: column for column in table_metadata(widened, ())["dagster/column_schema"].columns}
    assert columns["mood"].type == "VARCHAR"
    assert not columns["mood"].constraints.nullable
    assert "How the meeting went" in columns["mood"].description


def test_the_data_dictionary_follows(widened: Table) -> None:
    (entry,) = entries([widened])
    assert entry["columns"][-1]["allowed"] == ["warm", "cold"]
    assert "| `mood` | string | required | How the meeting went." in markdown([widened])
