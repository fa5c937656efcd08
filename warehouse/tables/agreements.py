"""Tables of the resolve stage about what is agreed: the register of agreements, their parties and their history."""

from __future__ import annotations

from warehouse.tables.common import AGREEMENT_STATUSES, count, country, identifier
from warehouse.tables.model import Column, RowRule, Table

AGREEMENTS = Table(
    name="agreements",
    row="an agreement, treaty, plan, memorandum, protocol or statement",
    description="A register of agreements, one row each, across texts.",
    stage="resolve",
    scope="all",
    columns=(
        identifier("agreement_id", "Identity: sort of agreement, countries, and period or title"),
        Column(
            "title", "string",
            "Title, from the text that names it most fully; in brackets the commonest other name that says something else",
            required=True,
        ),
        Column("kind", "string", "Kind of agreement, as most texts call it", required=True),
        Column("status", "string", "How far it has come", required=True, allowed=AGREEMENT_STATUSES),
        Column("signed_on", "date", "Day of signing or adoption, NULL when not known to the day"),
        Column("signed_edtf", "string", "Date of signing or adoption, as EDTF"),
        Column("place_id", "string", "Where it was signed"),
        Column("place_name", "string", "Name of that place"),
        Column("period_start", "date", "First day it is for"),
        Column("period_end", "date", "Last day it is for"),
        Column("party_countries", "string", "Countries that are party, sorted and joined by ;"),
        count("mention_count", "Mentions that tell of it", minimum=1),
        count("document_count", "Articles that speak of it", minimum=1),
    ),
    key=("agreement_id",),
    sort=("agreement_id",),
    rules=(
        RowRule("period_is_in_order", "period_start IS NULL OR period_end >= period_start", "A period cannot end before it began"),
    ),
)  # fmt: skip

AGREEMENT_HISTORY = Table(
    name="agreement_history",
    row="a step of an agreement, as the texts tell it",
    description="From plan to end: which status each agreement reached when, and the mention that tells it best.",
    stage="resolve",
    scope="all",
    columns=(
        identifier("agreement_id", "The agreement", references="agreements.agreement_id"),
        Column("step", "integer", "Number of the step, from 1: by date, then by how far it had come", required=True, minimum=1),
        Column("status", "string", "The status", required=True, allowed=AGREEMENT_STATUSES),
        Column("status_edtf", "string", "When, as EDTF; of a plan or proposal, the time it is planned for"),
        Column("status_start", "date", "First day of that date"),
        Column("status_end", "date", "Last day of that date"),
        identifier("mention_id", "The mention that tells it best", references="event_mentions.mention_id"),
        identifier("document_id", "Its article", references="documents.document_id"),
        Column("first_reported_on", "date", "Earliest publication day of a text that tells it"),
        count("mention_count", "Mentions that tell it", minimum=1),
    ),
    key=("agreement_id", "step"),
    sort=("agreement_id", "step"),
    rules=(
        RowRule("dates_are_in_order", "status_start IS NULL OR status_end >= status_start", "A date cannot end before it began"),
    ),
)  # fmt: skip

MENTION_AGREEMENTS = Table(
    name="mention_agreements",
    row="a mention speaks of an agreement",
    description="Which mentions speak of which agreement.",
    stage="resolve",
    scope="all",
    columns=(
        identifier("mention_id", "The mention", references="event_mentions.mention_id"),
        identifier("agreement_id", "The agreement", references="agreements.agreement_id"),
    ),
    key=("mention_id", "agreement_id"),
    sort=("mention_id", "agreement_id"),
)

AGREEMENT_PARTIES = Table(
    name="agreement_parties",
    row="a party to an agreement",
    description="Who is party to which agreement.",
    stage="resolve",
    scope="all",
    columns=(
        identifier("agreement_id", "The agreement", references="agreements.agreement_id"),
        identifier("actor_id", "The party", references="actors.actor_id"),
        country("country", "Country of the party"),
    ),
    key=("agreement_id", "actor_id"),
    sort=("agreement_id", "actor_id"),
)

TABLES = (AGREEMENTS, AGREEMENT_HISTORY, MENTION_AGREEMENTS, AGREEMENT_PARTIES)
