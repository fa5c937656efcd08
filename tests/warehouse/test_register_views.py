"""The register's view of many batches: each text once, each ledger row final."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb
import pytest

from pipelines.ids import stable_id
from warehouse.home import open_home
from warehouse.overlay import Overlay
from warehouse.register import register_views
from warehouse.tables import TABLES, table
from warehouse.tables.arrow import rows_to_arrow


def write(overlay: Overlay, name: str, batch: str, *rows: dict[str, Any]) -> None:
    columns = {column.name: None for column in table(name).stored}
    with overlay.writer(name, batch) as writer:
        writer.append(rows_to_arrow(table(name), [columns | {"batch": batch} | row for row in rows]))
        writer.finish("f", "1")


def ledger_row(batch: str, name: str, outcome: str = "accepted") -> dict[str, Any]:
    return {
        "input_id": stable_id(batch, name),
        "source_uri": name,
        "outcome": outcome,
        "document_id": stable_id(name),
    }


@pytest.fixture
def register(tmp_path: Path) -> duckdb.DuckDBPyConnection:
    """Batches a and b: ``shared`` came with both, ``chrome`` was rejected by cleaning."""
    overlay = Overlay(open_home(tmp_path), "run")
    for batch in ("b", "a"):
        write(overlay, "inputs", batch, ledger_row(batch, "shared"), ledger_row(batch, f"own-{batch}"))
        documents = [{"document_id": stable_id(name), "body": name} for name in ("shared", f"own-{batch}")]
        write(overlay, "documents", batch, *documents)
        mentions = [
            {"mention_id": stable_id("m", d["body"]), "document_id": d["document_id"]} for d in documents
        ]
        write(overlay, "event_mentions", batch, *mentions)
    write(overlay, "inputs", "c", ledger_row("c", "chrome"), ledger_row("c", "chrome-copy", "duplicate") | {
        "document_id": stable_id("chrome")
    })  # fmt: skip
    write(
        overlay, "cleaning_rejections", "c", {"document_id": stable_id("chrome"), "reason": "no-article-text"}
    )
    return register_views(overlay)


def test_a_text_of_two_batches_is_there_once_with_its_mentions(register: duckdb.DuckDBPyConnection) -> None:
    documents = register.sql("SELECT batch, body FROM documents ORDER BY ALL").fetchall()
    assert documents == [("a", "own-a"), ("a", "shared"), ("b", "own-b")]
    assert register.sql(
        "SELECT batch, count(*) FROM event_mentions GROUP BY ALL ORDER BY ALL"
    ).fetchall() == [
        ("a", 2),
        ("b", 1),
    ]


def test_the_ledger_tells_the_end_of_every_input(register: duckdb.DuckDBPyConnection) -> None:
    told = register.sql("SELECT batch, source_uri, outcome, reason FROM inputs ORDER BY ALL").fetchall()
    assert told == [
        ("a", "own-a", "accepted", None),
        ("a", "shared", "accepted", None),
        ("b", "own-b", "accepted", None),
        ("b", "shared", "duplicate", "same-content-in-other-batch"),
        ("c", "chrome", "rejected", "no-article-text"),
        ("c", "chrome-copy", "rejected", "no-article-text"),
    ]


def test_the_ledger_view_has_the_declared_columns(register: duckdb.DuckDBPyConnection) -> None:
    assert register.table("inputs").columns == [column.name for column in TABLES["inputs"].stored]


def test_tables_nobody_has_written_are_empty(register: duckdb.DuckDBPyConnection) -> None:
    assert register.sql("SELECT count(*) FROM events").fetchall() == [(0,)]
