"""The resolve stage: everything extracted, over all batches, into actors, agreements, events, places and stories."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import duckdb
import pyarrow as pa

from pipelines.resolve.stories import Text, group_stories
from warehouse.tables import Table, of_stage, table
from warehouse.tables.arrow import rows_to_arrow, stored_schema

_SQL = Path(__file__).parent / "sql"


def resolve(con: duckdb.DuckDBPyConnection) -> dict[str, pa.Table]:
    """Every table of the resolve stage.

    ``con`` must see ``documents``, ``event_mentions``, ``participants`` and ``agreement_mentions`` over all batches,
    each document once, with their stored columns. Temporary tables are made on the connection. The result
    does not depend on the order of rows.
    """
    con.register("document_stories", _stories(con))
    for script in sorted(_SQL.glob("*.sql")):
        con.execute(script.read_text("utf-8"))
    return {declared.name: _ordered(con, declared) for declared in of_stage("resolve")}


def _stories(con: duckdb.DuckDBPyConnection) -> pa.Table:
    rows = con.execute("SELECT document_id, body, published_on FROM documents").fetchall()
    members = group_stories(Text(*row) for row in rows)
    declared = table("document_stories")
    return rows_to_arrow(
        declared,
        [
            {"document_id": one.document_id, "story_id": one.story_id, "is_story_lead": one.is_lead}
            for one in members
        ],
    )


def _ordered(con: duckdb.DuckDBPyConnection, declared: Table) -> pa.Table:
    """A temporary table of the declared name as Arrow, with the declared columns, types and order."""
    schema = stored_schema(declared)
    relation = con.table(declared.name).project(_quoted(schema.names)).order(_quoted(declared.sort))
    return relation.to_arrow_table().cast(schema)


def _quoted(names: Sequence[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)
