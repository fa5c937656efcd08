"""What a check says: one result type for every kind of check, and how it is told to people and tables."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from warehouse.tables.model import Severity


@dataclass(frozen=True, slots=True)
class CheckResult:
    """One expectation about one table, evaluated.

    ``kind`` is ``schema``, ``rows``, ``relations`` or ``drift``. ``reason`` says why the expectation exists.
    ``rows`` is the number of rows looked at, where rows that fail are told one by one; ``examples`` name up to a few
    offending ones by their key, ``positions`` all of them by their place in the file, from 0. ``quarantined``
    is the number of rows that were set aside for it. ``error`` is set where the expectation could not be
    evaluated at all, which is not a success either.
    """

    table: str
    kind: str
    expectation: str
    severity: Severity
    success: bool
    reason: str | None = None
    batch: str | None = None
    column: str | None = None
    observed: str | None = None
    rows: int | None = None
    unexpected_count: int = 0
    quarantined: int = 0
    examples: tuple[str, ...] = ()
    error: str | None = None
    positions: tuple[int, ...] = field(default=(), compare=False, repr=False)

    @property
    def blocks(self) -> bool:
        """Whether this must keep the data from being published; what was set aside does not."""
        set_aside = self.quarantined > 0 and self.error is None
        return not self.success and self.severity == "critical" and not set_aside

    def sentence(self) -> str:
        """The result in one line, for a person."""
        where = f"{self.table}.{self.column}" if self.column else self.table
        of_batch = f" (batch {self.batch})" if self.batch else ""
        if self.error is not None:
            return f"{where}{of_batch}: {self.expectation} could not be evaluated: {self.error}"
        if self.success:
            return f"{where}{of_batch}: {self.expectation} holds"
        rows = f" on {self.unexpected_count} rows" if self.unexpected_count else ""
        aside = ", set aside in quarantine" if self.quarantined else ""
        seen = f": {self.observed or self.reason}" if self.observed or self.reason else ""
        examples = f", for example {'; '.join(self.examples)}" if self.examples else ""
        return f"{where}{of_batch}: {self.expectation} failed{rows}{aside}{seen}{examples}"


def quality_rows(results: Iterable[CheckResult], run_id: str, checked_at: datetime) -> list[dict[str, Any]]:
    """Results as rows of ``quality_results``."""
    return [
        {
            "run_id": run_id,
            "batch": result.batch,
            "table_name": result.table,
            "kind": result.kind,
            "expectation": result.expectation,
            "column_name": result.column,
            "severity": result.severity,
            "reason": result.reason,
            "success": result.success,
            "observed": result.observed,
            "error": result.error,
            "row_count": result.rows,
            "unexpected_count": result.unexpected_count,
            "quarantined_count": result.quarantined,
            "examples": "\n".join(result.examples) or None,
            "checked_at": checked_at,
        }
        for result in results
    ]
