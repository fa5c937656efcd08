"""Evaluating a table's row expectations with Great Expectations, chunk by chunk.

The import of Great Expectations takes seconds and hundreds of megabytes: it happens in here, when the first
row is checked, and never when this module is imported. What needs the whole table or several is in
``relations``.
"""

from __future__ import annotations

import logging
import warnings
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import duckdb
import pandas as pd
import pyarrow as pa

from checks.expectations import Expected, expected_of, rule_column
from checks.result import CheckResult
from warehouse.tables import RowRule, Table
from warehouse.tables.ddl import quoted

_EXAMPLES = 5


def check_rows(table: Table, chunks: Iterable[pa.Table], batch: str | None = None) -> list[CheckResult]:
    """One result per expectation over all chunks of a table's rows, in the order of the declaration."""
    expected = expected_of(table)
    tallies = [_Tally() for _ in expected]
    for chunk in chunks:
        if chunk.num_rows and expected:
            _check_chunk(table, expected, tallies, chunk)
    return [
        CheckResult(
            table=table.name,
            kind="rows",
            expectation=wanted.name,
            severity=wanted.severity,
            success=not tally.unexpected and tally.error is None,
            batch=batch,
            column=wanted.reported_column,
            observed=wanted.reason if tally.unexpected else None,
            unexpected_count=tally.unexpected,
            examples=tuple(tally.examples),
            error=tally.error,
        )
        for wanted, tally in zip(expected, tallies, strict=True)
    ]


@dataclass(slots=True)
class _Tally:
    unexpected: int = 0
    examples: list[str] = field(default_factory=list)
    error: str | None = None


def _check_chunk(table: Table, expected: list[Expected], tallies: list[_Tally], chunk: pa.Table) -> None:
    wanted = {column.name for column in table.stored if any(e.column == column.name for e in expected)}
    frame = chunk.select([n for n in chunk.column_names if n in wanted | set(table.key)]).to_pandas()
    for rule in table.rules:
        verdict = _verdict(rule, chunk)
        if isinstance(verdict, str):
            tallies[_position(expected, rule)].error = verdict
        else:
            frame[rule_column(rule)] = verdict
    evaluable = [number for number, tally in enumerate(tallies) if tally.error is None]
    for number, outcome in _validate(frame, expected, evaluable, table.key):
        _count(tallies[number], outcome, expected[number])


def _position(expected: list[Expected], rule: RowRule) -> int:
    return next(number for number, e in enumerate(expected) if e.column == rule_column(rule))


def _verdict(rule: RowRule, chunk: pa.Table) -> pd.Series[Any] | str:
    """Each row's verdict under a rule, or why the rule cannot be evaluated."""
    with duckdb.connect() as con:
        con.execute("SET TimeZone = 'UTC'")
        con.register("chunk", chunk)
        try:
            rows = con.sql(f"SELECT ({rule.sql}) AS {quoted('verdict')} FROM chunk").to_arrow_table()  # noqa: S608
        except duckdb.Error as error:
            return str(error).splitlines()[0]
    verdicts: pd.Series[Any] = rows.column("verdict").to_pandas()
    return verdicts


def _validate(
    frame: pd.DataFrame, expected: list[Expected], numbers: list[int], key: tuple[str, ...]
) -> Iterable[tuple[int, Any]]:
    """Each expectation's number with what Great Expectations says of it."""
    import great_expectations as gx

    batch = _definition().get_batch({"dataframe": frame})  # first: it makes the context that suites need
    suite = gx.ExpectationSuite(name="rows")
    for number in numbers:
        wanted = expected[number]
        kind = getattr(gx.expectations, wanted.type)
        suite.add_expectation(
            kind(column=wanted.column, severity=wanted.severity, meta={"number": number}, **wanted.arguments)
        )
    format_ = {
        "result_format": "SUMMARY",
        "unexpected_index_column_names": list(key),
        "partial_unexpected_count": _EXAMPLES,
    }
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        outcome = batch.validate(suite, result_format=format_)
    return [(int(result.expectation_config.meta["number"]), result) for result in outcome.results]


@lru_cache(maxsize=1)
def _definition() -> Any:
    """Great Expectations' handle for data frames; its context writes nothing and draws no progress bars."""
    import great_expectations as gx
    from great_expectations.data_context.types.base import ProgressBarsConfig

    logging.getLogger("great_expectations").setLevel(logging.ERROR)
    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = ProgressBarsConfig(globally=False)
    return (
        context.data_sources.add_pandas("rows")
        .add_dataframe_asset("rows")
        .add_batch_definition_whole_dataframe("rows")
    )


def _count(tally: _Tally, outcome: Any, wanted: Expected) -> None:
    if not outcome.result:
        tally.error = _reason(outcome.exception_info)
        return
    tally.unexpected += int(outcome.result["unexpected_count"])
    room = _EXAMPLES - len(tally.examples)
    for row in outcome.result.get("partial_unexpected_index_list") or []:
        if room > 0:
            tally.examples.append(_example(row, wanted))
            room -= 1


def _example(row: Mapping[str, Any], wanted: Expected) -> str:
    shown = {name: value for name, value in row.items() if name != wanted.column or wanted.reported_column}
    return ", ".join(f"{name}={_short(value)}" for name, value in shown.items())


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
