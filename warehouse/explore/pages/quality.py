"""What the register rests on: checks, runs, inputs by outcome, and what was set aside."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from warehouse.explore.render import page
from warehouse.explore.store import Row, Session, Store

_LATEST = "SELECT run_id FROM quality_results ORDER BY checked_at DESC, run_id LIMIT 1"
_TABLES = """
SELECT table_name, count(*) AS checks, count(*) FILTER (success) AS passed,
    count(*) FILTER (NOT success AND severity = 'critical') AS failed,
    count(*) FILTER (NOT success AND severity = 'warning') AS warned
FROM quality_results WHERE run_id = ? GROUP BY table_name ORDER BY failed DESC, warned DESC, table_name
"""
_MISSED = """
SELECT table_name, expectation, column_name, severity, observed, unexpected_count, checked_at, batch
FROM quality_results WHERE run_id = ? AND NOT success
ORDER BY severity, unexpected_count DESC, table_name, expectation LIMIT 100
"""
_RUNS = """
SELECT run_id, batch, started_at, finished_at, outcome, documents, mentions, software_version,
    date_diff('second', started_at, finished_at) AS seconds
FROM runs ORDER BY started_at DESC, run_id LIMIT 20
"""
_INPUTS = """
SELECT outcome, reason, count(*) AS inputs, any_value(detail) AS detail FROM inputs
GROUP BY outcome, reason ORDER BY outcome, inputs DESC, reason
"""
_CONFIDENCE = """
SELECT least(9, CAST(floor(confidence * 10) AS INTEGER)) AS tenth, count(*) AS events
FROM events GROUP BY tenth ORDER BY tenth
"""
_SET_ASIDE = """
SELECT batch, table_name, row_key, expectation, column_name, value, because_of, reason FROM quarantine
ORDER BY batch, table_name, row_key, expectation LIMIT 100
"""


def quality(request: Request, store: Store) -> Response:
    """The page."""
    with store.session() as session:
        latest = session.row(_LATEST)
        run = [latest["run_id"]] if latest else [""]
        inputs = session.rows(_INPUTS)
        return page(
            request,
            "quality.html",
            tables=session.rows(_TABLES, run),
            missed=session.rows(_MISSED, run),
            runs=session.rows(_RUNS),
            inputs=inputs,
            input_count=sum(row["inputs"] for row in inputs),
            tenths=_tenths(session),
            set_aside=_set_aside(session),
        )


def _tenths(session: Session) -> list[tuple[str, int, float]]:
    """How many events there are by tenths of confidence, and how long their bars are in percent."""
    counts = {row["tenth"]: row["events"] for row in session.rows(_CONFIDENCE)}
    most = max(counts.values(), default=1)
    return [
        (f".{n}–.{n + 1}" if n < 9 else ".9–1", counts.get(n, 0), round(100 * counts.get(n, 0) / most, 2))
        for n in range(10)
    ]


def _set_aside(session: Session) -> tuple[list[Row], int] | None:
    """The first rows that were set aside, and how many there are; None where the file has no such table."""
    if not session.has_table("quarantine"):
        return None
    return session.rows(_SET_ASIDE), session.number("SELECT count(*) FROM quarantine")
