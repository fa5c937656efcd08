"""Evaluating a table's row expectations with Great Expectations, chunk by chunk.

The import of Great Expectations takes seconds and hundreds of megabytes: it happens in here, when the first
row is checked, and never when this module is imported. What needs the whole table or several is in
``relations``.
"""

from __future__ import annotations

import logging
import warnings
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import duckdb
import pandas as pd
import pyarrow as pa

from checks.expectations import Expected, expected_of, rule_column
from checks.result import CheckResult
from warehouse.tables import RowRule, Table

_EXAMPLES = 5
_PASSED = {"result_format": "BOOLEAN_ONLY"}
_WHICH = {"result_format": "COMPLETE", "partial_unexpected_count": 0}


def check_rows(table: Table, chunks: Iterable[pa.Table], batch: str | None = None) -> list[CheckResult]:
    """One result per expectation over all chunks of a table's rows, in the order of the declaration."""
    expected = expected_of(table)
    tallies = [_Tally() for _ in expected]
    seen = 0
    for chunk in chunks:
        if chunk.num_rows and expected:
            _check_chunk(table, expected, tallies, chunk, seen)
        seen += chunk.num_rows
    return [
        CheckResult(
            table=table.name,
            kind="rows",
            expectation=wanted.name,
            severity=wanted.severity,
            success=not tally.positions and tally.error is None,
            reason=wanted.reason,
            batch=batch,
            column=wanted.reported_column,
            rows=seen,
            unexpected_count=len(tally.positions),
            examples=tuple(tally.examples),
            error=tally.error,
            positions=tuple(tally.positions),
        )
        for wanted, tally in zip(expected, tallies, strict=True)
    ]


@dataclass(slots=True)
class _Tally:
    positions: list[int] = field(default_factory=list)
    examples: list[str] = field(default_factory=list)
    error: str | None = None


def _check_chunk(
    table: Table, expected: list[Expected], tallies: list[_Tally], chunk: pa.Table, seen: int
) -> None:
    wanted = {column.name for column in table.stored if any(e.column == column.name for e in expected)}
    frame = chunk.select([n for n in chunk.column_names if n in wanted | set(table.key)]).to_pandas()
    for rule, verdict in zip(table.rules, _verdicts(table.rules, chunk), strict=True):
        if isinstance(verdict, str):
            number = next(n for n, e in enumerate(expected) if e.column == rule_column(rule))
            tallies[number].error = verdict
        else:
            frame[rule_column(rule)] = verdict
    evaluable = [number for number, tally in enumerate(tallies) if tally.error is None]
    # Whether all rows pass costs a quarter of which do not: the dear question is asked of failures alone.
    failed = [
        number for number, outcome in _validate(frame, expected, evaluable, _PASSED) if not outcome.success
    ]
    for number, outcome in _validate(frame, expected, failed, _WHICH):
        _count(tallies[number], outcome, expected[number], frame, table.key, seen)


def _verdicts(rules: Sequence[RowRule], chunk: pa.Table) -> list[pd.Series[Any] | str]:
    """Each rule's verdict on each row, or why the rule cannot be evaluated."""
    if not rules:
        return []
    verdicts: list[pd.Series[Any] | str] = []
    with _database().cursor() as con:
        con.execute("SET TimeZone = 'UTC'")
        con.register("chunk", chunk)
        for rule in rules:
            try:
                found = con.sql(f"SELECT ({rule.sql}) AS verdict FROM chunk").to_arrow_table()  # noqa: S608
                verdicts.append(found.column("verdict").to_pandas())
            except duckdb.Error as error:
                verdicts.append(str(error).splitlines()[0])
    return verdicts


@lru_cache(maxsize=1)
def _database() -> duckdb.DuckDBPyConnection:
    """An empty database to ask in: to start one costs more than to ask it about a small table."""
    return duckdb.connect()


def _validate(
    frame: pd.DataFrame, expected: list[Expected], numbers: list[int], result_format: Mapping[str, Any]
) -> list[tuple[int, Any]]:
    """Each expectation's number with what Great Expectations says of it."""
    if not numbers:
        return []
    import great_expectations as gx

    batch = _definition().get_batch({"dataframe": frame})  # first: it makes the context that suites need
    # All at once: a suite to which expectations are added one by one compares each with all before it.
    suite = gx.ExpectationSuite(name="rows", expectations=[_expectation(expected[n], n) for n in numbers])
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        outcome = batch.validate(suite, result_format=dict(result_format))
    return [(int(result.expectation_config.meta["number"]), result) for result in outcome.results]


def _expectation(wanted: Expected, number: int) -> Any:
    from checks.row_expectations import DESCRIBED

    return DESCRIBED[wanted.type](
        column=wanted.column,
        severity=wanted.severity,
        notes=wanted.reason,
        meta={"number": number},
        **wanted.arguments,
    )


@lru_cache(maxsize=1)
def _definition() -> Any:
    """Great Expectations' handle for data frames; its context writes nothing and draws no progress bars."""
    import great_expectations as gx
    from great_expectations.data_context.types.base import ProgressBarsConfig
    from great_expectations.execution_engine import pandas_execution_engine

    # No fingerprint of frames: it would be taken of every value, and nobody asks for it.
    pandas_execution_engine.HASH_THRESHOLD = 0
    logging.getLogger("great_expectations").setLevel(logging.ERROR)
    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = ProgressBarsConfig(globally=False)
    return (
        context.data_sources.add_pandas("rows")
        .add_dataframe_asset("rows")
        .add_batch_definition_whole_dataframe("rows")
    )


def _count(
    tally: _Tally, outcome: Any, wanted: Expected, frame: pd.DataFrame, key: tuple[str, ...], seen: int
) -> None:
    """Add what Great Expectations says of a chunk, whose rows come after so many ``seen`` ones."""
    if not outcome.result:
        tally.error = _reason(outcome.exception_info)
        return
    places = [int(place) for place in outcome.result["unexpected_index_list"]]
    tally.positions += [seen + place for place in places]
    shown = [*key] if wanted.reported_column is None else list(dict.fromkeys((*key, wanted.column)))
    for place in places[: _EXAMPLES - len(tally.examples)]:
        row = frame.iloc[place]
        tally.examples.append(", ".join(f"{name}={_short(row[name])}" for name in shown))


def _short(value: Any) -> str:
    if pd.isna(value):
        return "NULL"
    text = str(value)
    return text if len(text) <= 60 else text[:57] + "…"


def _reason(exception_info: Mapping[str, Any]) -> str:
    """The first reason in Great Expectations' record of what it raised."""
    if "exception_message" in exception_info:
        return str(exception_info["exception_message"])
    for info in exception_info.values():
        return str(info["exception_message"])
    return "no reason given"
