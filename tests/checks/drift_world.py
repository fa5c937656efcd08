"""Batches that are like each other, and ones that are not: the ground for rules about drift."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import duckdb

from warehouse.tables import table
from warehouse.tables.ddl import create

BEGIN = datetime(2024, 1, 1, tzinfo=UTC)
USUAL = {"inputs": 110, "rejected": 8, "documents": 100, "undated": 6, "not_english": 3, "mentions": 200}
STRANGE = {
    "volume_is_as_before": {name: 9 * count for name, count in USUAL.items()},
    "rejected_share_is_as_before": {"inputs": 150, "rejected": 48},
    "mentions_per_document_are_as_before": {"mentions": 20},
    "undated_share_is_as_before": {"undated": 60},
    "not_english_share_is_as_before": {"not_english": 40},
}  # fmt: skip
STRANGE_MIX = {"CONSULT": 40, "ASSAULT": 160}


def prepare(con: duckdb.DuckDBPyConnection) -> None:
    """Make the tables that batches are compared in."""
    con.execute(create(table("batch_profiles")))
    con.execute("CREATE TABLE event_mentions (batch VARCHAR, event_type VARCHAR)")


def add(con: duckdb.DuckDBPyConnection, number: int, **values: int) -> str:
    """A batch that came on a day, a little unlike the others; its mentions are two of three CONSULT."""
    row = {name: count + (number % 3 if name != "mentions" else 0) for name, count in USUAL.items()} | values
    row["duplicates"] = row["inputs"] - row["documents"] - row["rejected"]
    shares = {
        "rejected_share": row["rejected"] / row["inputs"],
        "undated_share": row["undated"] / row["documents"],
        "not_english_share": row["not_english"] / row["documents"],
        "mentions_per_document": row["mentions"] / row["documents"],
    }
    full = {"batch": f"b{number:02}", "first_seen_at": BEGIN + timedelta(days=number)} | row | shares
    names, marks = ", ".join(full), ", ".join("?" * len(full))
    con.execute(f"INSERT INTO batch_profiles ({names}) VALUES ({marks})", list(full.values()))
    mix(con, number, {"CONSULT": 2 * row["mentions"] // 3, "AGREE": row["mentions"] // 3})
    return str(full["batch"])


def mix(con: duckdb.DuckDBPyConnection, number: int, counts: dict[str, int]) -> None:
    """Give a batch mentions of so many of each type."""
    con.execute("DELETE FROM event_mentions WHERE batch = ?", [f"b{number:02}"])
    for kind, many in counts.items():
        con.execute("INSERT INTO event_mentions SELECT ?, ? FROM range(?)", [f"b{number:02}", kind, many])
