"""Which rows may be set aside so that the rest of a batch can go on, and when there are too many of them.

Only rows that are wrong by themselves, in tables that declare what hangs together (``unit``). A wrong schema, tables
that do not fit each other and rules that could not be evaluated are faults of a program, not of a row.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from checks.result import CheckResult
from warehouse.tables import TABLES


@dataclass(frozen=True, slots=True)
class Bound:
    """How much may be set aside: a batch fails where more than ``rows`` rows of a table and more than ``share`` of
    them break a rule. A handful of rows is never too much, else a small batch could lose nothing.
    """

    share: float = 0.05
    rows: int = 5

    def is_passed(self, broken: int, rows: int) -> bool:
        """Whether so many broken rows out of so many are too many."""
        return broken > self.rows and broken > self.share * rows


def to_set_aside(results: Sequence[CheckResult], bound: Bound) -> list[CheckResult]:
    """The results whose rows are to be set aside; none where anything else must stop the batch anyway."""
    broken = [result for result in results if result.blocks]
    rows = [result for result in broken if _is_of_rows(result)]
    other = any(
        result.kind == "schema" or result.error or (result.kind == "rows" and not _is_of_rows(result))
        for result in broken
    )
    return [] if other or too_many(rows, bound) else rows


def too_many(results: Iterable[CheckResult], bound: Bound) -> dict[str, str]:
    """The tables of which too many rows break a rule, each with the figures in words."""
    places: dict[str, set[int]] = {}
    sizes: dict[str, int] = {}
    for result in results:
        if result.blocks and _is_of_rows(result):
            places.setdefault(result.table, set()).update(result.positions)
            sizes[result.table] = result.rows or 0
    return {
        table: f"{len(found)} of {sizes[table]} rows break a rule, more than may be set aside "
        f"({bound.share:.0%} of a table's rows, or {bound.rows})"
        for table, found in places.items()
        if bound.is_passed(len(found), sizes[table])
    }


def explained(results: Iterable[CheckResult], bound: Bound) -> list[CheckResult]:
    """The results, with the figures where too many rows break a rule."""
    results = list(results)
    said = too_many(results, bound)
    return [
        replace(result, observed=said[result.table])
        if result.table in said and result.blocks and _is_of_rows(result)
        else result
        for result in results
    ]


def after(first: Iterable[CheckResult], second: Iterable[CheckResult]) -> list[CheckResult]:
    """What the checks say in the end: of the rows that are left, and of those that the ``first`` set aside."""
    aside = {_name(result): replace(result, quarantined=len(result.positions)) for result in first}
    return [aside.get(_name(result), result) for result in second]


def _is_of_rows(result: CheckResult) -> bool:
    """Whether the result names rows, that may be set aside."""
    return bool(result.positions) and not result.error and TABLES[result.table].unit is not None


def _name(result: CheckResult) -> tuple[str, str, str, str | None]:
    return result.table, result.kind, result.expectation, result.column
