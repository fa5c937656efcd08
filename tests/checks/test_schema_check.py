"""A file has the declared columns, types and order, or the difference is told."""

from __future__ import annotations

import pyarrow as pa

from checks.schema import check_schema
from warehouse.tables import table
from warehouse.tables.arrow import stored_schema

STORIES = table("document_stories")
SCHEMA: pa.Schema = stored_schema(STORIES)


def test_the_declared_schema_passes() -> None:
    assert check_schema(STORIES, SCHEMA).success


def test_a_missing_an_unknown_and_a_mistyped_column_are_named() -> None:
    fields = [SCHEMA.field(0).with_type(pa.int64()), SCHEMA.field(1), pa.field("extra", pa.string())]
    told = check_schema(STORIES, pa.schema(fields)).observed
    assert told == (
        "column is_story_lead is missing; column extra is not declared; column document_id is int64, declared string"
    )


def test_another_order_is_named() -> None:
    assert check_schema(STORIES, pa.schema(list(SCHEMA)[::-1])).observed == "columns are in another order"
