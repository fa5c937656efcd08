"""The resolve stage: everything extracted, over all batches, into actors, agreements, events, places and stories."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import duckdb
import pyarrow as pa

from pipelines.resolve.actors import find_people
from pipelines.resolve.agreements import find_agreements
from pipelines.resolve.events import find_events
from pipelines.resolve.stories import find_stories
from warehouse.tables import Table, of_stage
from warehouse.tables.arrow import stored_schema

_SQL = Path(__file__).parent / "sql"


def resolve(con: duckdb.DuckDBPyConnection) -> dict[str, pa.Table]:
    """Every table of the resolve stage.

    ``con`` must see ``documents``, ``document_signatures``, ``event_mentions``, ``participants`` and
    ``agreement_mentions`` over all batches, each document once, with their stored columns, and
    ``earlier_story_pairs`` with the columns of ``story_pairs``: what an earlier run compared, or nothing.
    Temporary tables are made on the connection. The result does not depend on the order of rows.
    """
    find_stories(con)
    find_people(con)
    find_agreements(con)
    for script in sorted(_SQL.glob("*.sql")):
        if script.stem == "03_events":
            find_events(con)
        con.execute(script.read_text("utf-8"))
    return {declared.name: _ordered(con, declared) for declared in of_stage("resolve")}


def _ordered(con: duckdb.DuckDBPyConnection, declared: Table) -> pa.Table:
    """A temporary table of the declared name as Arrow, with the declared columns, types and order."""
    schema = stored_schema(declared)
    relation = con.table(declared.name).project(_quoted(schema.names)).order(_quoted(declared.sort))
    return relation.to_arrow_table().cast(schema)


def _quoted(names: Sequence[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)
