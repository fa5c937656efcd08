"""Tables of what was set aside: rows that broke a critical rule while the rest of their batch went on.

Each stage of a batch has its own, so that doing a stage again replaces what it set aside; the published table
``quarantine`` (see ``sql/marts``) holds those of all stages and batches.
"""

from __future__ import annotations

from warehouse.tables.common import batch, identifier
from warehouse.tables.model import Column, Stage, Table


def _columns() -> tuple[Column, ...]:
    return (
        identifier("quarantine_id", "Identity: the row that was set aside and the rule that it broke"),
        batch(),
        Column("table_name", "string", "The table that the row was to be in", required=True),
        Column("row_key", "string", "The row's key, as name=value joined by commas", required=True),
        Column("expectation", "string", "The rule that was broken", required=True),
        Column("column_name", "string", "The column the rule is about; NULL for a rule over several, and where because_of is set"),
        Column("value", "string", "What stood in that column, at most 300 characters of it"),
        Column("because_of", "string", "Another row that broke the rule and takes this one with it: its table and key"),
        Column("reason", "string", "Why the rule exists, in plain words", required=True),
        Column("content", "string", "The row as JSON, at most 300 characters of each value", required=True),
        Column("document_id", "string", "The document it is about, where the row says so"),
    )  # fmt: skip


def _of_stage(name: str, stage: Stage, row: str, description: str) -> Table:
    return Table(
        name=name,
        row=row,
        description=f"{description} Lake only.",
        stage=stage,
        published=False,
        columns=_columns(),
        key=("quarantine_id",),
        sort=("table_name", "row_key", "expectation", "quarantine_id"),
    )


QUARANTINED_TEXTS = _of_stage(
    "quarantined_texts", "ingest", "a raw text that broke a rule", "Texts that reading gave in a form that nothing can use."
)  # fmt: skip
QUARANTINED_DOCUMENTS = _of_stage(
    "quarantined_documents", "clean", "a row of an article that was set aside",
    "Articles of which a row broke a rule, whole; their ledger rows become rejected.",
)  # fmt: skip
QUARANTINED_MENTIONS = _of_stage(
    "quarantined_mentions", "extract", "a row of a mention that was set aside",
    "Mentions of which a row broke a rule, whole: with their participants and agreements.",
)  # fmt: skip

QUARANTINE = Table(
    name="quarantine",
    row="a row that was set aside, and a rule that it or what it hangs on broke",
    description="What broke a critical rule while the rest of its batch went on; nothing of it is in the other tables.",
    stage="publish",
    scope="all",
    columns=_columns(),
    key=("quarantine_id",),
    sort=("batch", "table_name", "row_key", "expectation", "quarantine_id"),
)

OF_STAGE: dict[Stage, Table] = {
    "ingest": QUARANTINED_TEXTS,
    "clean": QUARANTINED_DOCUMENTS,
    "extract": QUARANTINED_MENTIONS,
}
TABLES = (*OF_STAGE.values(), QUARANTINE)
