"""What stands in for a document that cannot be done: the stage's tables for it, with what happened.

Cleaning rejects such a text; extraction sets the article aside whole, as it does with articles that broke a rule. A
document that took too long or killed its worker is among them. Finding it is for ``rescue`` and ``engine``.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import pyarrow as pa

from pipelines.ids import stable_id
from warehouse.tables import table
from warehouse.tables.arrow import rows_to_arrow

CLEANING = "cannot-be-cleaned"
EXTRACTION = "can_be_read"
_REASON = "A text over which reading breaks down tells nothing that can be relied on"


def given_up_cleaning(chunk: pa.Table, happened: str, *, version: str) -> dict[str, pa.Table]:
    """The clean stage's rejection of the one raw text of a chunk."""
    row = {
        **_first(chunk, "document_id", "batch"),
        "cleaner_version": version,
        "reason": CLEANING,
        "detail": f"Cleaning broke down over it: {happened}",
    }
    return {"cleaning_rejections": rows_to_arrow(table("cleaning_rejections"), [row])}


def given_up_extraction(chunk: pa.Table, happened: str) -> dict[str, pa.Table]:
    """The extract stage's quarantine of the one article of a chunk."""
    shown = _first(chunk, "document_id", "batch", "source_uri", "title")
    row = {
        "quarantine_id": stable_id(shown["batch"], "documents", shown["document_id"], EXTRACTION),
        "batch": shown["batch"],
        "table_name": "documents",
        "row_key": f"document_id={shown['document_id']}",
        "expectation": EXTRACTION,
        "column_name": None,
        "value": happened,
        "because_of": None,
        "reason": _REASON,
        "content": json.dumps(
            {name: (value or "")[:300] for name, value in shown.items()}, ensure_ascii=False
        ),
        "document_id": shown["document_id"],
    }
    return {"quarantined_mentions": rows_to_arrow(table("quarantined_mentions"), [row])}


def given_up_in(tables: Mapping[str, pa.Table]) -> list[str]:
    """What happened to each of the documents that a stage's tables say were given up."""
    rejected = tables.get("cleaning_rejections")
    aside = tables.get("quarantined_mentions")
    found: list[str] = []
    if rejected is not None:
        found += [row["detail"] for row in rejected.to_pylist() if row["reason"] == CLEANING]
    if aside is not None:
        found += [row["value"] for row in aside.to_pylist() if row["expectation"] == EXTRACTION]
    return found


def _first(chunk: pa.Table, *names: str) -> dict[str, Any]:
    row: dict[str, Any] = chunk.select([name for name in names if name in chunk.schema.names]).to_pylist()[0]
    return row
