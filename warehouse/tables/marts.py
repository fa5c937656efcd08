"""Marts: small tables for charts, each computed by the SQL file of its name in ``warehouse/sql/marts``."""

from __future__ import annotations

from warehouse.tables.common import count, country
from warehouse.tables.model import Column, Table


def _quads() -> tuple[Column, ...]:
    return (
        count("verbal_cooperation", "Events of quad class 1"),
        count("material_cooperation", "Events of quad class 2"),
        count("verbal_conflict", "Events of quad class 3"),
        count("material_conflict", "Events of quad class 4"),
    )


def _month() -> Column:
    return Column("month", "date", "First day of the month the event began in", required=True)


def _intensity() -> Column:
    return Column(
        "mean_intensity",
        "double",
        "Mean conflict-cooperation score of the events",
        unit="score -10..+10",
        minimum=-10,
        maximum=10,
    )


DYAD_MONTHS = Table(
    name="dyad_months",
    row="a pair of countries in a month",
    description="How two countries dealt with each other; each unordered pair once, country_a before country_b.",
    stage="publish",
    scope="all",
    columns=(
        country("country_a", "The alphabetically first country"),
        country("country_b", "The other country"),
        _month(),
        count("event_count", "Events that occurred or are going on", minimum=1),
        *_quads(),
        count("planned_count", "Events announced for or in that month, not counted above"),
        _intensity(),
        count("story_count", "Stories that tell of them"),
    ),
    key=("country_a", "country_b", "month"),
    sort=("country_a", "country_b", "month"),
)

COUNTRY_MONTHS = Table(
    name="country_months",
    row="a country in a month",
    description="What a country was part of, month by month.",
    stage="publish",
    scope="all",
    columns=(
        country("country", "The country"),
        _month(),
        count("event_count", "Events it was part of, as actor or recipient", minimum=1),
        count("as_actor", "Events it did"),
        count("as_recipient", "Events done to it"),
        count("partner_count", "Other countries in these events"),
        *_quads(),
        _intensity(),
    ),
    key=("country", "month"),
    sort=("country", "month"),
)

EVENT_DAYS = Table(
    name="event_days",
    row="a day and an event type",
    description="How many events of a type began on a day.",
    stage="publish",
    scope="all",
    columns=(
        Column("day", "date", "The day", required=True),
        Column("event_type", "string", "PLOVER event type", required=True),
        Column("quad_class", "integer", "Quad class of the type", required=True, minimum=1, maximum=4),
        count("event_count", "Events that began on that day", minimum=1),
        count("story_count", "Stories that tell of them"),
        _intensity(),
    ),
    key=("day", "event_type"),
    sort=("day", "event_type"),
)

AGREEMENT_TIMELINE = Table(
    name="agreement_timeline",
    row="a dated step in the life of an agreement",
    description="When an agreement was planned, signed, adopted, ratified or ended, and what the step's event was.",
    stage="publish",
    scope="all",
    columns=(
        Column(
            "agreement_id", "string", "The agreement", required=True, references="agreements.agreement_id"
        ),
        Column("title", "string", "Its title", required=True),
        Column("kind", "string", "Its kind", required=True),
        Column("party_countries", "string", "Countries that are party, sorted and joined by ;"),
        Column(
            "event_id",
            "string",
            "The event that tells of the step",
            required=True,
            references="events.event_id",
        ),
        Column("event_type", "string", "PLOVER type of that event", required=True),
        Column("status", "string", "Whether the step occurred, is planned, …", required=True),
        Column("event_edtf", "string", "When, as EDTF"),
        Column("event_start", "date", "First day of the step"),
        Column("period_start", "date", "First day the agreement is for"),
        Column("period_end", "date", "Last day the agreement is for"),
    ),
    key=("agreement_id", "event_id"),
    sort=("agreement_id", "event_start", "event_id"),
)

TABLES = (DYAD_MONTHS, COUNTRY_MONTHS, EVENT_DAYS, AGREEMENT_TIMELINE)
