"""Tables of the extract stage: events as sentences tell them, who takes part, which agreements they speak of."""

from __future__ import annotations

from warehouse.tables.common import (
    ACTOR_KINDS,
    AGREEMENT_STATUSES,
    DATE_METHODS,
    ID_PATTERN,
    PRECISIONS,
    batch,
    coding,
    confidence,
    country,
    dating,
    identifier,
    offset,
    placing,
)
from warehouse.tables.model import Column, RowRule, Table

ROLE = Column(
    "role", "string", "Did it, or had it done to them", required=True, allowed=("actor", "recipient")
)
POSITION = Column(
    "position", "integer", "Order within the mention and role, from 0", required=True, minimum=0
)

EVENT_MENTIONS = Table(
    name="event_mentions",
    row="one event as told by one sentence",
    description="What the extractor read, with the very characters it read it from.",
    stage="extract",
    columns=(
        identifier("mention_id", "Identity: document, trigger position and type"),
        Column(
            "event_id", "string", "The real-world event it tells of", pattern=ID_PATTERN, linked_from="mention_events",
            references="events.event_id",
        ),
        identifier("document_id", "The article", references="documents.document_id"),
        batch(),
        Column("sentence_index", "integer", "Number of the sentence in the article, from 0", required=True, minimum=0),
        Column("sentence", "string", "The sentence", required=True),
        offset("sentence_start", "Where the sentence begins"),
        offset("sentence_end", "Where it ends"),
        Column("trigger", "string", "The words that tell of the event", required=True),
        offset("trigger_start", "Where the trigger begins"),
        offset("trigger_end", "Where it ends"),
        *coding(),
        *dating(),
        Column("date_precision", "string", "How exact the date is", required=True, allowed=PRECISIONS),
        Column("date_method", "string", "How the date was reached", required=True, allowed=DATE_METHODS),
        *placing(),
        Column("place_admin1", "string", "First-level region of the place"),
        Column("place_population", "bigint", "Inhabitants of the place, where known", unit="persons", minimum=0),
        Column("place_method", "string", "How the place was reached", required=True),
        Column("reported_by", "string", "Who says so, in the text's words; NULL where the text itself tells it"),
        Column("reported_by_name", "string", "Canonical name of who says so"),
        Column("reported_by_kind", "string", "What they are", allowed=ACTOR_KINDS),
        country("reported_by_country", "Country of who says so"),
        Column(
            "reported_by_actor_id", "string", "Who says so, resolved", pattern=ID_PATTERN, linked_from="mention_events",
            references="actors.actor_id",
        ),
        confidence(),
        Column("extractor_version", "string", "Version of the extraction code and knowledge", required=True),
    ),
    key=("mention_id",),
    sort=("document_id", "trigger_start", "mention_id"),
    unit="mention_id",
    rules=(
        RowRule(
            "sentence_length_fits_its_offsets",
            "length(sentence) = sentence_end - sentence_start",
            "A row must lead back to the very characters it came from",
        ),
        RowRule(
            "trigger_lies_in_its_sentence",
            "trigger_start >= sentence_start AND trigger_end <= sentence_end AND trigger_start < trigger_end",
            "The trigger is part of the sentence that is shown for it",
        ),
        RowRule("dates_are_in_order", "event_start IS NULL OR event_end >= event_start", "An event cannot end before it began"),
        RowRule(
            "no_made_up_year",
            "event_edtf IS NULL OR event_edtf NOT LIKE 'XXXX%' OR event_start IS NULL",
            "Where no year is stated there is no plain date",
        ),
    ),
)  # fmt: skip

PARTICIPANTS = Table(
    name="participants",
    row="an actor's or recipient's part in a mention",
    description="Who did it and to whom, as the text names them.",
    stage="extract",
    columns=(
        identifier("mention_id", "The mention", references="event_mentions.mention_id"),
        identifier("document_id", "The article", references="documents.document_id"),
        batch(),
        ROLE,
        POSITION,
        Column(
            "actor_id", "string", "The resolved actor", pattern=ID_PATTERN, linked_from="participant_actors",
            references="actors.actor_id",
        ),
        Column("text", "string", "The words that name them", required=True),
        offset("text_start", "Where the words begin"),
        offset("text_end", "Where they end"),
        Column("name", "string", "Canonical name, before actors of different texts are joined", required=True),
        Column("kind", "string", "What they are", required=True, allowed=ACTOR_KINDS),
        country("country", "Country they belong to"),
        Column("sector", "string", "PLOVER sector code", pattern=r"[A-Z]{3}", severity="warning"),
        Column("title", "string", "Office or rank, in the text's words"),
        Column("cameo_code", "string", "CAMEO actor code", pattern=r"[A-Z0-9]{3,15}", severity="warning"),
    ),
    key=("mention_id", "role", "position"),
    sort=("document_id", "mention_id", "role", "position"),
    unit="mention_id",
    rules=(
        RowRule(
            "text_length_fits_its_offsets", "length(text) = text_end - text_start",
            "A row must lead back to the very characters it came from",
        ),
    ),
)  # fmt: skip

AGREEMENT_MENTIONS = Table(
    name="agreement_mentions",
    row="an agreement named in a mention",
    description="Agreements as sentences name them, before those of different texts are joined; lake only.",
    stage="extract",
    published=False,
    columns=(
        identifier("mention_id", "The mention", references="event_mentions.mention_id"),
        identifier("document_id", "The article", references="documents.document_id"),
        batch(),
        POSITION,
        Column("text", "string", "The words that name it", required=True),
        offset("text_start", "Where the words begin"),
        offset("text_end", "Where they end"),
        Column("title", "string", "Title as the text gives it", required=True),
        Column("kind", "string", "Kind of agreement", required=True),
        Column("status", "string", "How far it has come", required=True, allowed=AGREEMENT_STATUSES),
        Column("period_start", "date", "First day it is for"),
        Column("period_end", "date", "Last day it is for"),
    ),
    key=("mention_id", "position"),
    sort=("document_id", "mention_id", "position"),
    unit="mention_id",
)

TABLES = (EVENT_MENTIONS, PARTICIPANTS, AGREEMENT_MENTIONS)
