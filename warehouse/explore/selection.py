"""The events that a filter lets through, worked out once for everything that a page says about them."""

from __future__ import annotations

from datetime import date

from warehouse.explore import charts
from warehouse.explore.filters import Filter
from warehouse.explore.store import Session

# Everything is in this table's columns; without a filter it is a view, as the events are there already. `real` is
# what happened or is going on: charts count that, as the marts do; what is planned or denied is in the lists.
_CHOSEN = """
CREATE OR REPLACE TEMP {kind} chosen AS
SELECT e.rowid AS number, e.event_id, e.event_start, e.quad_class, e.status IN ('occurred', 'ongoing') AS real,
    e.place_id, e.mention_count, e.document_count, e.confidence
FROM events AS e WHERE {condition}
"""
_TIMELINE = """
WITH days AS (
    SELECT event_start, quad_class, count(*) AS events FROM chosen
    WHERE real AND event_start IS NOT NULL GROUP BY ALL
)
SELECT CAST(date_trunc(?, event_start) AS DATE) AS step, quad_class, CAST(sum(events) AS BIGINT) AS events
FROM days GROUP BY ALL
"""


def choose(session: Session, wanted: Filter) -> None:
    """Make the temporary relation ``chosen``, which only this session sees."""
    condition, values = wanted.where()
    kind = "TABLE" if wanted else "VIEW"
    session.execute(_CHOSEN.format(kind=kind, condition=condition), values)


def timeline(session: Session, first: date | None, last: date | None) -> charts.Timeline | None:
    """The chart of the chosen events from their first to their last day; None where none has a day.

    ``first`` may be later than some of them: those are counted as left out.
    """
    if first is None or last is None:
        return None
    step = charts.step_of(first, last)
    counts: dict[date, list[int]] = {}
    for row in session.rows(_TIMELINE, [step]):
        counts.setdefault(row["step"], [0, 0, 0, 0])[row["quad_class"] - 1] = row["events"]
    return charts.timeline(counts, step, first)
