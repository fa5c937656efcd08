"""The events that a filter lets through, worked out once for everything that a page says about them."""

from __future__ import annotations

from datetime import date

from warehouse.explore import charts
from warehouse.explore.filters import Filter
from warehouse.explore.store import Row, Session

# Everything is in this table's columns; without a filter it is a view, as the events are there already. `real` is
# what happened or is going on: charts count that, as the marts do; what is planned or denied is in the lists.
_CHOSEN = """
CREATE OR REPLACE TEMP {kind} chosen AS
SELECT e.rowid AS number, e.event_id, e.event_start, e.quad_class, e.status IN ('occurred', 'ongoing') AS real,
    e.place_id, e.mention_count, e.document_count, e.confidence
FROM events AS e WHERE {condition}
"""
# All events are gone through once for what is counted by day; the rest is worked out from these few rows.
_DAYS = """
CREATE OR REPLACE TEMP TABLE days AS
SELECT event_start, quad_class, real, count(*) AS events, sum(mention_count) AS mentions FROM chosen GROUP BY ALL
"""
# The chart begins where all but one in a hundred have begun: a lone event of long ago would flatten it.
_COUNTS = """
WITH dated AS (
    SELECT event_start, sum(sum(events)) OVER (ORDER BY event_start) AS so_far, sum(sum(events)) OVER () AS in_all
    FROM days WHERE real AND event_start IS NOT NULL GROUP BY event_start
)
SELECT CAST(coalesce(sum(events), 0) AS BIGINT) AS events, CAST(coalesce(sum(mentions), 0) AS BIGINT) AS mentions,
    CAST(coalesce(sum(events) FILTER (real AND event_start IS NULL), 0) AS BIGINT) AS undated,
    CAST(coalesce(sum(events) FILTER (NOT real), 0) AS BIGINT) AS unreal,
    (SELECT min(event_start) FROM dated WHERE so_far > in_all * 0.01) AS first_on,
    (SELECT max(event_start) FROM dated) AS last_on
FROM days
"""
_TIMELINE = """
SELECT CAST(date_trunc(?, event_start) AS DATE) AS step, quad_class, CAST(sum(events) AS BIGINT) AS events
FROM days WHERE real AND event_start IS NOT NULL GROUP BY ALL
"""


def choose(session: Session, wanted: Filter) -> None:
    """Make the temporary relation ``chosen``, which only this session sees."""
    condition, values = wanted.where()
    kind = "TABLE" if wanted else "VIEW"
    session.execute(_CHOSEN.format(kind=kind, condition=condition), values)


def counted(session: Session) -> Row:
    """How many events and mentions were chosen, how many without a day or not real, and the days of the chart."""
    session.execute(_DAYS)
    return session.rows(_COUNTS)[0]


def timeline(session: Session, first: date | None, last: date | None) -> charts.Timeline | None:
    """The chart of the ``counted`` events between the days; None where none has a day. Earlier ones are left out."""
    if first is None or last is None:
        return None
    step = charts.step_of(first, last)
    counts: dict[date, list[int]] = {}
    for row in session.rows(_TIMELINE, [step]):
        counts.setdefault(row["step"], [0, 0, 0, 0])[row["quad_class"] - 1] = row["events"]
    return charts.timeline(counts, step, first)
