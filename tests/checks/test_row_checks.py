"""Great Expectations finds every kind of breach, names the rows, and tells what it could not judge."""

from __future__ import annotations

from typing import Any

import pyarrow as pa
import pytest

from checks.expectations import expected_of
from checks.result import CheckResult
from checks.suite import check_rows
from warehouse.tables import TABLES, Column, RowRule, Table
from warehouse.tables.arrow import rows_to_arrow

TOY = Table(
    name="toys",
    row="a toy",
    description="For tests.",
    stage="clean",
    columns=(
        Column("toy_id", "string", "Id", required=True, pattern=r"[a-z]+"),
        Column("colour", "string", "Colour", allowed=("red", "blue")),
        Column("weight", "integer", "Weight", minimum=0, maximum=10, severity="warning"),
        Column("made", "date", "Made"),
    ),
    key=("toy_id",),
    rules=(
        RowRule("red_is_light", "colour <> 'red' OR weight < 5", "Red paint is for light toys"),
        RowRule("broken_rule", "no_such_column > 1", "Cannot be judged"),
    ),
)
GOOD = {"toy_id": "a", "colour": "red", "weight": 1, "made": None}


def judge(*rows: dict[str, Any]) -> dict[tuple[str | None, str], CheckResult]:
    chunks: list[pa.Table] = [rows_to_arrow(TOY, [row]) for row in rows]
    return {(result.column, result.expectation): result for result in check_rows(TOY, chunks)}


@pytest.mark.parametrize(
    ("breach", "column", "expectation", "severity"),
    [
        ({"toy_id": None}, "toy_id", "not_null", "critical"),
        ({"toy_id": "A1"}, "toy_id", "pattern", "critical"),
        ({"toy_id": "ab\n"}, "toy_id", "pattern", "critical"),
        ({"colour": "green"}, "colour", "allowed_values", "critical"),
        ({"weight": 11}, "weight", "range", "warning"),
        ({"weight": 7}, None, "red_is_light", "critical"),
    ],
)
def test_a_breach_is_counted_and_named(
    breach: dict[str, Any], column: str | None, expectation: str, severity: str
) -> None:
    results = judge(GOOD, GOOD | {"toy_id": "b"} | breach)
    failed = [key for key, result in results.items() if not result.success and result.error is None]
    assert (column, expectation) in failed
    result = results[column, expectation]
    assert (result.unexpected_count, result.severity) == (1, severity)
    assert "toy_id=" in result.examples[0]


def test_null_passes_everything_but_not_null() -> None:
    results = judge(GOOD | {"colour": None, "weight": None})
    assert [key for key, result in results.items() if not result.success] == [(None, "broken_rule")]


def test_what_cannot_be_evaluated_is_no_success_and_says_so() -> None:
    result = judge(GOOD)[None, "broken_rule"]
    assert not result.success
    assert result.error is not None
    assert "no_such_column" in result.error
    assert "could not be evaluated" in result.sentence()


def test_no_rows_break_no_row_rule() -> None:
    assert all(result.success for result in check_rows(TOY, []))


def test_an_expectation_is_what_great_expectations_own_one_is() -> None:
    from great_expectations import expectations

    from checks.row_expectations import DESCRIBED

    wanted = [expected for table in TABLES.values() for expected in expected_of(table)]
    assert {expected.type for expected in wanted} == set(DESCRIBED)
    for expected in wanted:
        own = getattr(expectations, expected.type)(column=expected.column, **expected.arguments)
        ours = DESCRIBED[expected.type](column=expected.column, **expected.arguments)
        assert ours.configuration.kwargs == own.configuration.kwargs
        assert ours.configuration is ours.configuration
        assert type(ours.configuration.to_domain_obj()) is type(ours)
        assert type(own.configuration.to_domain_obj()) is type(own)


def test_rows_are_judged_anew_after_others() -> None:
    assert not judge(GOOD | {"weight": 7})[None, "red_is_light"].success
    assert judge(GOOD)[None, "red_is_light"].success
