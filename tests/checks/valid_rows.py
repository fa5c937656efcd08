"""Rows of every table that keep every rule, as a small world that fits together: the ground for breaking one rule.

One article tells that Ana met Bor; everything that other tables must hold for that is there, once.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from hashlib import blake2b
from typing import Any

import duckdb

from checks.rules import Over
from warehouse.tables import TABLES, Column, Table
from warehouse.tables.ddl import create, quoted

Row = dict[str, Any]

DAY = date(2024, 1, 2)
FITTING = {
    r"[0-9a-f]{64}": "a" * 64, r"[0-9a-f]{32}": "a" * 32, r"[0-9a-f]{192}": "a" * 192,
    r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}": "b", r"[a-z][a-z0-9-]*": "word", r"[a-z]{2,3}": "en", r"[a-z_]+": "word",
    r"[a-z-]+": "visit", r"[a-z_]+(;[a-z_]+)*": "military", r"\d{2,4}": "040", r"\d{2}": "04", r"\d{2,3}": "04",
    r"[A-Z]{3}": "GEO", r"[A-Z0-9]{3,15}": "GEOGOV",
}  # fmt: skip
SENTENCE = {"sentence": "Ana met Bor", "sentence_start": 0, "sentence_end": 11}
ANA = {"text": "Ana", "text_start": 0, "text_end": 3}


def made_id(name: str) -> str:
    """An id, the same for the same name."""
    return blake2b(name.encode(), digest_size=10).hexdigest()


OTHER = made_id("another document")
SPECIAL: dict[str, Row] = {
    "inputs": {"outcome": "accepted", "document_id": made_id("document_id")},
    "documents": {"body": "Ana met Bor", "language": "en"},
    "cleaning_rejections": {"document_id": OTHER},
    "site_lines": {"line": 0, "documents": 3},
    "shared_lines": {"line": 0, "documents": 3},
    "quarantined_texts": {"document_id": made_id("aside")},
    "quarantined_documents": {"document_id": made_id("aside as well")},
    "story_pairs": {"first_text": 1, "second_text": 2},
    "event_mentions": SENTENCE | {"trigger": "met", "trigger_start": 4, "trigger_end": 7},
    "participants": ANA,
    "agreement_mentions": ANA,
    "dyad_years": {"cooperation": 1},
    "network_edges": {"cooperation": 1},
    "batch_profiles": {"documents": 1},
}


def valid_row(table: Table, columns: tuple[Column, ...] | None = None) -> Row:
    """A row of a table that keeps all its rules, with the columns that its stage writes, or others."""
    row = {column.name: _value(column) for column in columns or table.stored}
    return row | {name: value for name, value in SPECIAL.get(table.name, {}).items() if name in row}


def world(over: Over) -> duckdb.DuckDBPyConnection:
    """Every table with its row; the ledger as stages write it, or as readers see it."""
    con = duckdb.connect()
    con.execute("SET TimeZone = 'UTC'")
    for table in TABLES.values():
        con.execute(create(table))
        add(con, table, valid_row(table, table.columns))
    # A second text, in which cleaning found no article.
    raw = valid_row(TABLES["raw_documents"]) | {"document_id": OTHER, "input_id": made_id("another input")}
    add(con, TABLES["raw_documents"], raw)
    refused = {"outcome": "rejected", "reason": "word", "document_id": None} if over == "published" else {}
    ledger = {"input_id": raw["input_id"], "document_id": OTHER, "record": 1} | refused
    add(con, TABLES["inputs"], valid_row(TABLES["inputs"]) | ledger)
    return con


def add(con: duckdb.DuckDBPyConnection, table: Table, row: Row) -> None:
    """Insert a row."""
    names = ", ".join(map(quoted, row))
    con.execute(
        f"INSERT INTO {quoted(table.name)} ({names}) VALUES ({', '.join('?' * len(row))})", list(row.values())
    )


def _value(column: Column) -> Any:
    if column.references and (column.required or column.linked_from):
        target, _, name = column.references.partition(".")
        return _value(TABLES[target].column(name))
    if not column.required:
        return None
    if column.allowed:
        return column.allowed[0]
    if column.pattern:
        return FITTING.get(column.pattern) or made_id(column.name)
    if column.type in ("integer", "bigint", "double"):
        return int(column.minimum or 0)
    plain: Row = {
        "boolean": True,
        "date": DAY,
        "timestamp": datetime(2024, 1, 2, tzinfo=UTC),
        "string": "x",
    }
    return plain[column.type]
