"""Marts: small tables for charts, each computed by the SQL file of its name in ``warehouse/sql/marts``.

Those of two countries are in ``marts_of_dyads``.
"""

from __future__ import annotations

from warehouse.tables import marts_of_dyads
from warehouse.tables.common import EVENT_TYPES, count, country, identifier
from warehouse.tables.mart_columns import SIDES_ADD_UP, intensity, meeting_party, month, quads, sides, stories
from warehouse.tables.model import Column, Table

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
        *meeting_party("a"),
        *meeting_party("b"),
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
        *sides(),
        intensity(),
        stories(),
        Column("first_on", "date", "First day of the earliest dated event"),
        Column("last_on", "date", "First day of the latest dated event"),
    ),
    key=("source_id", "target_id", "direction"),
    sort=("source_id", "target_id", "direction"),
    rules=(SIDES_ADD_UP,),
)  # fmt: skip

COUNTRY_MONTHS = Table(
    name="country_months",
    row="a country in a month",
    description="What a country was part of, month by month.",
    stage="publish",
    scope="all",
    columns=(
        country("country", "The country"),
        month(),
        count("event_count", "Events it was part of, as actor or recipient", minimum=1),
        count("as_actor", "Events it did"),
        count("as_recipient", "Events done to it"),
        count("partner_count", "Other countries in these events"),
        *quads(),
        intensity(),
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
        stories(),
        intensity(),
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
    *marts_of_dyads.TABLES,
    COUNTRY_MONTHS,
    EVENT_DAYS,
    MEETINGS,
    PLANNED_EVENTS,
    NETWORK_EDGES,
    AGREEMENT_TIMELINE,
)
