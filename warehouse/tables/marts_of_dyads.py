"""Marts of two countries, each computed by the SQL file of its name in ``warehouse/sql/marts``.

They are built in the order of ``TABLES``: ``event_dyads`` first, because the others read it.
"""

from __future__ import annotations

from warehouse.tables.common import EVENT_TYPES, STATUSES, count, identifier
from warehouse.tables.mart_columns import SIDES_ADD_UP, dyad, intensity, month, quads, score, sides, stories
from warehouse.tables.model import Column, RowRule, Table

EVENT_DYADS = Table(
    name="event_dyads",
    row="two countries that take part in the same event",
    description="Events by pairs of countries, of every status and date; what the marts of dyads count.",
    stage="publish",
    scope="all",
    columns=(
        identifier("event_id", "The event", references="events.event_id"),
        *dyad(),
        Column("direction", "string", "Which of the two did it to the other", required=True, allowed=("a to b", "b to a", "together")),
        Column("event_type", "string", "PLOVER event type", required=True, allowed=EVENT_TYPES),
        Column("quad_class", "integer", "Quad class of the event", required=True, minimum=1, maximum=4),
        Column("intensity", "double", "Conflict-cooperation score of the event", unit="score -10..+10", required=True, minimum=-10, maximum=10),
        Column("status", "string", "Whether it occurred, is planned, …", required=True, allowed=STATUSES),
        Column("event_start", "date", "First day of the event"),
        Column("event_end", "date", "Last day of the event"),
        count("story_count", "Stories that tell of it", minimum=1),
    ),
    key=("event_id", "country_a", "country_b"),
    sort=("country_a", "country_b", "event_start", "event_id"),
)  # fmt: skip

DYAD_MONTHS = Table(
    name="dyad_months",
    row="a pair of countries in a month",
    description="How two countries dealt with each other; each unordered pair once, country_a before country_b.",
    stage="publish",
    scope="all",
    columns=(
        *dyad(),
        month(),
        count("event_count", "Events that occurred or are going on; 0 in a month that has only planned ones"),
        *quads(),
        count("planned_count", "Events announced for or in that month, not counted above"),
        intensity(),
        stories(),
    ),
    key=("country_a", "country_b", "month"),
    sort=("country_a", "country_b", "month"),
    rules=(
        RowRule(
            "classes_add_up",
            "event_count = verbal_cooperation + material_cooperation + verbal_conflict + material_conflict",
            "Every event is of one class",
        ),
    ),
)

DYAD_YEARS = Table(
    name="dyad_years",
    row="a pair of countries in a year",
    description="Whether two countries cooperate or quarrel; each unordered pair once, country_a before country_b.",
    stage="publish",
    scope="all",
    columns=(
        *dyad(),
        Column("year", "integer", "The year the events began in", required=True),
        count("event_count", "Events that occurred or are going on", minimum=1),
        *sides(),
        Column(
            "balance", "double", "(cooperation - conflict) / (cooperation + conflict)", unit="share -1..+1",
            required=True, minimum=-1, maximum=1,
        ),
        count("a_to_b", "Events that country_a did and country_b had done to it"),
        count("b_to_a", "Events that country_b did and country_a had done to it"),
        intensity(),
        stories(),
    ),
    key=("country_a", "country_b", "year"),
    sort=("country_a", "country_b", "year"),
    rules=(SIDES_ADD_UP,),
)  # fmt: skip

DYAD_CONTACTS = Table(
    name="dyad_contacts",
    row="a pair of countries that had to do with each other",
    description="First and last dated event of two countries, and the longest time between two.",
    stage="publish",
    scope="all",
    columns=(
        *dyad(),
        Column("first_on", "date", "First day of their first event", required=True),
        Column("last_on", "date", "First day of their last event", required=True),
        identifier("first_event_id", "Their first event", references="events.event_id"),
        identifier("last_event_id", "Their last event", references="events.event_id"),
        Column("last_cooperation_on", "date", "Day of the last event of quad classes 1 and 2"),
        Column("last_conflict_on", "date", "Day of the last event of quad classes 3 and 4"),
        count("event_count", "Events that occurred or are going on", minimum=1),
        Column("longest_silence", "bigint", "Longest time between two events, NULL where there is one", unit="days", minimum=0),
    ),
    key=("country_a", "country_b"),
    sort=("country_a", "country_b"),
    rules=(RowRule("first_is_not_after_last", "first_on <= last_on", "The first contact comes first"),),
)  # fmt: skip

DYAD_INTENSITY = Table(
    name="dyad_intensity",
    row="a pair of countries in a month with an event",
    description="Whether relations warm or cool: mean scores over the last 3 and 12 months, each event counted once.",
    stage="publish",
    scope="all",
    columns=(
        *dyad(),
        month(),
        count("event_count", "Events of the month that occurred or are going on", minimum=1),
        score("mean_intensity", "Mean conflict-cooperation score of the month"),
        count("events_3_months", "Events of this month and the two before it", minimum=1),
        score("intensity_3_months", "Their mean score"),
        count("events_12_months", "Events of this month and the eleven before it", minimum=1),
        score("intensity_12_months", "Their mean score"),
    ),
    key=("country_a", "country_b", "month"),
    sort=("country_a", "country_b", "month"),
    rules=(
        RowRule(
            "longer_windows_hold_more",
            "event_count <= events_3_months AND events_3_months <= events_12_months",
            "A window holds the shorter ones",
        ),
    ),
)

TABLES = (EVENT_DYADS, DYAD_MONTHS, DYAD_YEARS, DYAD_CONTACTS, DYAD_INTENSITY)
