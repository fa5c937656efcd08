"""Marts: small tables for charts, each computed by the SQL file of its name in ``warehouse/sql/marts``.

They are built in the order of ``TABLES``: ``event_dyads`` first, because the other marts of dyads read it.
"""

from __future__ import annotations

from warehouse.tables.common import EVENT_TYPES, STATUSES, count, country, identifier
from warehouse.tables.model import Column, RowRule, Table


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


def _dyad() -> tuple[Column, Column]:
    return (
        country("country_a", "The alphabetically first country"),
        country("country_b", "The other country"),
    )


EVENT_DYADS = Table(
    name="event_dyads",
    row="two countries that take part in the same event",
    description="Events by pairs of countries, of every status and date; what the marts of dyads count.",
    stage="publish",
    scope="all",
    columns=(
        identifier("event_id", "The event", references="events.event_id"),
        *_dyad(),
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
        country("country_a", "The alphabetically first country"),
        country("country_b", "The other country"),
        _month(),
        count("event_count", "Events that occurred or are going on; 0 in a month that has only planned ones"),
        *_quads(),
        count("planned_count", "Events announced for or in that month, not counted above"),
        _intensity(),
        count("story_count", "Stories that tell of them"),
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
        *_dyad(),
        Column("year", "integer", "The year the events began in", required=True),
        count("event_count", "Events that occurred or are going on", minimum=1),
        count("cooperation", "Events of quad classes 1 and 2"),
        count("conflict", "Events of quad classes 3 and 4"),
        Column(
            "balance", "double", "(cooperation - conflict) / (cooperation + conflict)", unit="share -1..+1",
            required=True, minimum=-1, maximum=1,
        ),
        count("a_to_b", "Events that country_a did and country_b had done to it"),
        count("b_to_a", "Events that country_b did and country_a had done to it"),
        _intensity(),
        count("story_count", "Stories that tell of them"),
    ),
    key=("country_a", "country_b", "year"),
    sort=("country_a", "country_b", "year"),
    rules=(
        RowRule(
            "sides_add_up", "event_count = cooperation + conflict", "Every event is cooperation or conflict"
        ),
    ),
)  # fmt: skip

DYAD_CONTACTS = Table(
    name="dyad_contacts",
    row="a pair of countries that had to do with each other",
    description="First and last dated event of two countries, and the longest time between two.",
    stage="publish",
    scope="all",
    columns=(
        *_dyad(),
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


def _rolling(name: str, description: str) -> Column:
    return Column(name, "double", description, unit="score -10..+10", required=True, minimum=-10, maximum=10)


DYAD_INTENSITY = Table(
    name="dyad_intensity",
    row="a pair of countries in a month with an event",
    description="Whether relations warm or cool: mean scores over the last 3 and 12 months, each event counted once.",
    stage="publish",
    scope="all",
    columns=(
        *_dyad(),
        _month(),
        count("event_count", "Events of the month that occurred or are going on", minimum=1),
        _rolling("mean_intensity", "Mean conflict-cooperation score of the month"),
        count("events_3_months", "Events of this month and the two before it", minimum=1),
        _rolling("intensity_3_months", "Their mean score"),
        count("events_12_months", "Events of this month and the eleven before it", minimum=1),
        _rolling("intensity_12_months", "Their mean score"),
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


def _meeting_party(letter: str) -> tuple[Column, ...]:
    return (
        identifier(f"actor_{letter}_id", f"Party {letter}", references="actors.actor_id"),
        Column(f"actor_{letter}", "string", f"Name of party {letter}", required=True),
        Column(f"kind_{letter}", "string", "Country, body, person, …", required=True),
        Column(f"title_{letter}", "string", "Office or rank, in a text's words"),
        country(f"country_{letter}", f"Country of party {letter}"),
    )


MEETINGS = Table(
    name="meetings",
    row="two parties of a meeting, visit, call or negotiation",
    description="Who met or talked with whom: parties of CONSULT events of different countries or different sides.",
    stage="publish",
    scope="all",
    columns=(
        identifier("event_id", "The event", references="events.event_id"),
        Column("status", "string", "Occurred, ongoing or planned", required=True, allowed=("occurred", "ongoing", "planned")),
        Column("mode", "string", "PLOVER mode: visit, phone, …"),
        Column("event_edtf", "string", "When, as EDTF"),
        Column("event_start", "date", "First day"),
        Column("place_name", "string", "Where"),
        *_meeting_party("a"),
        *_meeting_party("b"),
    ),
    key=("event_id", "actor_a_id", "actor_b_id"),
    sort=("event_start", "event_id", "actor_a_id", "actor_b_id"),
)  # fmt: skip

PLANNED_EVENTS = Table(
    name="planned_events",
    row="a planned event",
    description="What was announced, and whether an event of the register fulfils it.",
    stage="publish",
    scope="all",
    columns=(
        identifier("event_id", "The planned event", references="events.event_id"),
        Column("event_type", "string", "PLOVER type of the planned event", required=True, allowed=EVENT_TYPES),
        Column("actor1_name", "string", "First actor"),
        country("actor1_country", "Country of the first actor"),
        Column("actor2_name", "string", "Second actor or recipient"),
        country("actor2_country", "Country of the second actor"),
        Column("announced_on", "date", "Earliest publication day of a text that tells of the plan"),
        Column("planned_edtf", "string", "When it was planned for, as EDTF"),
        Column("planned_start", "date", "First day it was planned for"),
        Column("planned_end", "date", "Last day it was planned for"),
        Column(
            "outcome", "string",
            "Held; its time passed before the newest text and no event fulfils it; it lies ahead of that text; or no day was named",
            required=True, allowed=("held", "not reported", "ahead", "undated"),
        ),
        identifier("held_event_id", "The first event that fulfils it", references="events.event_id", required=False),
        Column("held_on", "date", "First day of that event"),
    ),
    key=("event_id",),
    sort=("planned_start", "event_id"),
)  # fmt: skip

NETWORK_EDGES = Table(
    name="network_edges",
    row="one actor towards or together with another",
    description="Edges of the network of actors, over all events that occurred or are going on.",
    stage="publish",
    scope="all",
    columns=(
        identifier("source_id", "Who acts", references="actors.actor_id"),
        Column("source", "string", "Name", required=True),
        country("source_country", "Country of who acts"),
        identifier("target_id", "Upon or with whom", references="actors.actor_id"),
        Column("target", "string", "Name", required=True),
        country("target_country", "Country of the other"),
        Column(
            "direction", "string", "Towards a recipient, or together with another actor: then each pair once",
            required=True, allowed=("towards", "together"),
        ),
        count("event_count", "Events", minimum=1),
        count("cooperation", "Events of quad classes 1 and 2"),
        count("conflict", "Events of quad classes 3 and 4"),
        _intensity(),
        count("story_count", "Stories that tell of them"),
        Column("first_on", "date", "First day of the earliest dated event"),
        Column("last_on", "date", "First day of the latest dated event"),
    ),
    key=("source_id", "target_id", "direction"),
    sort=("source_id", "target_id", "direction"),
    rules=(
        RowRule("sides_add_up", "event_count = cooperation + conflict", "Every event is cooperation or conflict"),
    ),
)  # fmt: skip

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

TABLES = (
    EVENT_DYADS,
    DYAD_MONTHS,
    DYAD_YEARS,
    DYAD_CONTACTS,
    DYAD_INTENSITY,
    COUNTRY_MONTHS,
    EVENT_DAYS,
    MEETINGS,
    PLANNED_EVENTS,
    NETWORK_EDGES,
    AGREEMENT_TIMELINE,
)
