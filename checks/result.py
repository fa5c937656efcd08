"""What a check says: one result type for every kind of check, and how it is told to people and tables."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from warehouse.tables.model import Severity


@dataclass(frozen=True, slots=True)
class CheckResult:
    """One expectation about one table, evaluated.

    ``kind`` is ``schema``, ``rows`` or ``relations``. ``examples`` name up to a few offending rows by their
    key. ``error`` is set where the expectation could not be evaluated at all, which is not a success either.
    """

    table: str
    kind: str
    expectation: str
    severity: Severity
    success: bool
    batch: str | None = None
    column: str | None = None
    observed: str | None = None
    unexpected_count: int = 0
    examples: tuple[str, ...] = ()
    error: str | None = None

    @property
    def blocks(self) -> bool:
        """Whether this must keep the data from being published."""
        return not self.success and self.severity == "critical"

    def sentence(self) -> str:
        """The result in one line, for a person."""
        where = f"{self.table}.{self.column}" if self.column else self.table
        of_batch = f" (batch {self.batch})" if self.batch else ""
        if self.error is not None:
            return f"{where}{of_batch}: {self.expectation} could not be evaluated: {self.error}"
        if self.success:
            return f"{where}{of_batch}: {self.expectation} holds"
        rows = f" on {self.unexpected_count} rows" if self.unexpected_count else ""
        seen = f": {self.observed}" if self.observed else ""
        examples = f", for example {'; '.join(self.examples)}" if self.examples else ""
        return f"{where}{of_batch}: {self.expectation} failed{rows}{seen}{examples}"


def quality_rows(results: Iterable[CheckResult], run_id: str, checked_at: datetime) -> list[dict[str, Any]]:
    """Results as rows of ``quality_results``."""
    return [
        {
            "run_id": run_id,
            "batch": result.batch,
            "table_name": result.table,
            "expectation": result.expectation,
            "column_name": result.column,
            "severity": result.severity,
            "success": result.success,
            "observed": result.error or result.observed,
            "unexpected_count": result.unexpected_count,
            "checked_at": checked_at,
        }
        for result in results
    ]
