"""Tables of the resolve stage: events and places across all texts, and every other table of that stage."""

from __future__ import annotations

from warehouse.tables import actors, agreements
from warehouse.tables.common import (
    coding,
    confidence,
    count,
    country,
    dating,
    identifier,
    latitude,
    longitude,
    placing,
)
from warehouse.tables.mentions import POSITION, ROLE
from warehouse.tables.model import Column, RowRule, Table

MENTION_COUNT = count("mention_count", "Mentions that tell of it", minimum=1)


def _party(number: int) -> tuple[Column, ...]:
    who = "first actor" if number == 1 else "second actor or recipient"
    prefix = f"actor{number}"
    return (
        identifier(f"{prefix}_id", f"The {who}", references="actors.actor_id", required=False),
        Column(f"{prefix}_name", "string", f"Name of the {who}"),
        country(f"{prefix}_country", f"Country of the {who}"),
        Column(f"{prefix}_sector", "string", f"Sector of the {who}", pattern=r"[A-Z]{3}", severity="warning"),
    )


EVENTS = Table(
    name="events",
    row="one real-world event, however many texts report it",
    description="Mentions of the same event, joined; texts, stories and sites are counted apart.",
    stage="resolve",
    scope="all",
    columns=(
        identifier("event_id", "Identity of the event"),
        *coding(),
        *dating(),
        *placing(),
        *_party(1),
        *_party(2),
        count("actor_count", "Different actors that take part"),
        identifier("agreement_id", "The agreement it is about", references="agreements.agreement_id", required=False),
        identifier(
            "planned_event_id", "The planned event that this one fulfils", references="events.event_id", required=False
        ),
        MENTION_COUNT,
        count("document_count", "Articles that tell of it", minimum=1),
        count("story_count", "Stories that tell of it: near-copies count once", minimum=1),
        count("site_count", "Sites that tell of it; articles without an address count as one"),
        Column("first_reported_on", "date", "Earliest publication day"),
        Column("last_reported_on", "date", "Latest publication day"),
        identifier("lead_mention_id", "The mention that tells it best", references="event_mentions.mention_id"),
        confidence(),
    ),
    key=("event_id",),
    sort=("event_start", "event_id"),
    rules=(
        RowRule("dates_are_in_order", "event_start IS NULL OR event_end >= event_start", "An event cannot end before it began"),
        RowRule(
            "stories_do_not_exceed_documents", "story_count <= document_count", "A story is one or more articles"
        ),
    ),
)  # fmt: skip

MENTION_EVENTS = Table(
    name="mention_events",
    row="a mention's place in its event",
    description="Link table of the resolve stage.",
    stage="resolve",
    scope="all",
    published=False,
    columns=(
        identifier("mention_id", "The mention", references="event_mentions.mention_id"),
        identifier("event_id", "The event", references="events.event_id"),
        identifier("reported_by_actor_id", "Who says so", references="actors.actor_id", required=False),
    ),
    key=("mention_id",),
    sort=("mention_id",),
)

JOIN_RULES = (
    "first report", "same account", "copy", "one article", "agreement", "same day", "fitting dates", "conflicting reports",
)  # fmt: skip

EVENT_EVIDENCE = Table(
    name="event_evidence",
    row="why a mention tells of its event",
    description="How mentions were joined into events: to which other mention, by which rule, and how sure that is.",
    stage="resolve",
    scope="all",
    columns=(
        identifier("event_id", "The event", references="events.event_id"),
        identifier("mention_id", "The mention", references="event_mentions.mention_id"),
        identifier(
            "joined_to_mention_id", "The mention it was joined to; NULL for the one that founds the event",
            references="event_mentions.mention_id", required=False,
        ),
        Column("rule", "string", "The rule that joined them", required=True, allowed=JOIN_RULES),
        Column("why", "string", "What the two have in common, and what not, in plain words", required=True),
        Column(
            "confidence", "double", "How sure the join is, from its points of evidence; 1 for the one that founds it",
            required=True, minimum=0, maximum=1,
        ),
    ),
    key=("mention_id",),
    sort=("event_id", "mention_id"),
    rules=(
        RowRule(
            "only_the_first_report_stands_alone", "(joined_to_mention_id IS NULL) = (rule = 'first report')",
            "Every other mention is joined to one",
        ),
    ),
)  # fmt: skip

PARTICIPANT_ACTORS = Table(
    name="participant_actors",
    row="the actor behind a participant",
    description="Link table of the resolve stage.",
    stage="resolve",
    scope="all",
    published=False,
    columns=(
        identifier("mention_id", "The mention", references="event_mentions.mention_id"),
        ROLE,
        POSITION,
        identifier("actor_id", "The actor", references="actors.actor_id"),
    ),
    key=("mention_id", "role", "position"),
    sort=("mention_id", "role", "position"),
)

PLACES = Table(
    name="places",
    row="a resolved place",
    description="Where events happened.",
    stage="resolve",
    scope="all",
    columns=(
        Column("place_id", "string", "GeoNames id, or the gazetteer's own id for an area", required=True),
        Column("name", "string", "Canonical name", required=True),
        country("country", "Country the place lies in"),
        Column("admin1", "string", "First-level region"),
        latitude(),
        longitude(),
        Column("population", "bigint", "Inhabitants, where known", unit="persons", minimum=0),
        MENTION_COUNT,
    ),
    key=("place_id",),
    sort=("place_id",),
)

TABLES = (
    EVENTS,
    MENTION_EVENTS,
    EVENT_EVIDENCE,
    PARTICIPANT_ACTORS,
    *actors.TABLES,
    PLACES,
    *agreements.TABLES,
)
