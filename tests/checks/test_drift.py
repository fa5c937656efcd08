"""A batch that is unlike those before it is named; one that is like them, or has too few before it, is not."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import duckdb
import pytest

from checks.drift import MIX, RULES, audit_drift
from checks.result import CheckResult
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


@pytest.fixture
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        connection.execute(create(table("batch_profiles")))
        connection.execute("CREATE TABLE event_mentions (batch VARCHAR, event_type VARCHAR)")
        yield connection


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
    con.execute("DELETE FROM event_mentions WHERE batch = ?", [f"b{number:02}"])
    for kind, many in counts.items():
        con.execute("INSERT INTO event_mentions SELECT ?, ? FROM range(?)", [f"b{number:02}", kind, many])


def failed(results: list[CheckResult]) -> list[str]:
    return [result.expectation for result in results if not result.success]


def test_a_batch_like_those_before_it_passes_every_rule(con: duckdb.DuckDBPyConnection) -> None:
    for number in range(6):
        last = add(con, number)
    results = audit_drift(con, [last])
    assert [result.expectation for result in results] == [rule.name for rule in (*RULES, MIX)]
    assert failed(results) == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_each_measure_is_noticed_alone_and_warns_only(con: duckdb.DuckDBPyConnection, rule: object) -> None:
    for number in range(6):
        add(con, number)
    name = rule.name  # type: ignore[attr-defined]
    results = audit_drift(con, [add(con, 7, **STRANGE[name])])
    assert failed(results) == [name]
    (result,) = (one for one in results if not one.success)
    assert (result.kind, result.severity, result.blocks) == ("drift", "warning", False)
    assert "the median of 6 batches" in (result.observed or "")


def test_another_mix_of_types_is_noticed(con: duckdb.DuckDBPyConnection) -> None:
    for number in range(6):
        last = add(con, number)
    mix(con, 5, {"CONSULT": 40, "ASSAULT": 160})
    (result,) = (one for one in audit_drift(con, [last]) if not one.success)
    assert result.expectation == MIX.name
    assert "most changed: ASSAULT, 80% of 200 mentions" in (result.observed or "")


def test_a_few_mentions_are_no_mix(con: duckdb.DuckDBPyConnection) -> None:
    for number in range(6):
        last = add(con, number)
    mix(con, 5, {"ASSAULT": 99})
    assert MIX.name not in [result.expectation for result in audit_drift(con, [last])]


def test_two_batches_before_are_too_few_to_compare_with(con: duckdb.DuckDBPyConnection) -> None:
    for number in range(2):
        add(con, number)
    assert audit_drift(con, [add(con, 2, **STRANGE["undated_share_is_as_before"])]) == []


def test_batches_that_came_later_are_not_compared_with(con: duckdb.DuckDBPyConnection) -> None:
    for number in range(4):
        add(con, number)
    odd = add(con, 4, undated=60)
    before = audit_drift(con, [odd])
    for number in range(5, 9):
        add(con, number, undated=60)
    assert audit_drift(con, [odd]) == before


def test_batches_that_never_differed_do_not_make_a_trifle_large(con: duckdb.DuckDBPyConnection) -> None:
    for number in range(0, 15, 3):
        add(con, number)
    assert failed(audit_drift(con, [add(con, 15, undated=8)])) == []


def test_a_handful_of_articles_says_nothing_of_shares(con: duckdb.DuckDBPyConnection) -> None:
    for number in range(6):
        add(con, number)
    tiny = {"inputs": 3, "documents": 2, "rejected": 1, "undated": 2, "not_english": 2, "mentions": 0}
    assert {result.expectation for result in audit_drift(con, [add(con, 7, **tiny)])} == {
        "volume_is_as_before"
    }
