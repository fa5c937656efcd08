"""A batch that is unlike those before it is named; one that is like them, or has too few before it, is not."""

from __future__ import annotations

from collections.abc import Iterator

import duckdb
import pytest
from drift_world import STRANGE, STRANGE_MIX, add, mix, prepare

from checks.drift import MIX, RULES, audit_drift
from checks.result import CheckResult


@pytest.fixture
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        prepare(connection)
        yield connection


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
    mix(con, 5, STRANGE_MIX)
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
