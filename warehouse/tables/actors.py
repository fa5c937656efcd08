"""Tables of the resolve stage about who acts: actors, their names, and the offices that persons hold."""

from __future__ import annotations

from warehouse.tables.common import ACTOR_KINDS, count, country, identifier
from warehouse.tables.model import Column, RowRule, Table

NAME_RULES = (
    "canonical", "accents and case", "transliteration", "initial", "names left out", "order of names", "country not stated",
    "family name in one document",
)  # fmt: skip

ACTORS = Table(
    name="actors",
    row="a country, body, person, organisation or group",
    description="Everybody who takes part in an event, once, whatever the spelling.",
    stage="resolve",
    scope="all",
    columns=(
        identifier("actor_id", "Identity: kind, country and name, of persons whatever its spelling"),
        Column("name", "string", "Canonical name: the one mentioned most, then the longest", required=True),
        Column("kind", "string", "What they are", required=True, allowed=ACTOR_KINDS),
        country("country", "Country they belong to"),
        Column("sector", "string", "PLOVER sector code", pattern=r"[A-Z]{3}", severity="warning"),
        Column("cameo_code", "string", "CAMEO actor code", pattern=r"[A-Z0-9]{3,15}", severity="warning"),
        count("mention_count", "Mentions they take part in"),
        Column("first_on", "date", "Earliest day they are seen"),
        Column("last_on", "date", "Latest day they are seen"),
    ),
    key=("actor_id",),
    sort=("actor_id",),
)

ACTOR_NAMES = Table(
    name="actor_names",
    row="a name under which texts know an actor",
    description="Every spelling of every actor, and why it is the same actor's.",
    stage="resolve",
    scope="all",
    columns=(
        identifier("actor_id", "The actor", references="actors.actor_id"),
        Column("name", "string", "The name, as texts give it", required=True),
        count("mention_count", "Mentions that name the actor so, as taking part or as the source", minimum=1),
        Column("rule", "string", "What makes it a name of this actor, beside the canonical one", required=True, allowed=NAME_RULES),
    ),
    key=("actor_id", "name"),
    sort=("actor_id", "name"),
)  # fmt: skip

OFFICES = Table(
    name="offices",
    row="a person held an office, as the texts say",
    description="Who was what, in which span the texts attest it, and who held the office before and after. "
    "What texts call former or coming is not held.",
    stage="resolve",
    scope="all",
    columns=(
        identifier("person_id", "The person", references="actors.actor_id"),
        Column("person", "string", "Name of the person", required=True),
        identifier("office_id", "Identity of the office: title, organisation and country"),
        Column("title", "string", "The office, in the same words whatever the texts' wording", required=True),
        Column("organisation", "string", "The body or organisation that the office belongs to"),
        country("country", "Country of the office"),
        Column("first_on", "date", "Earliest day the texts attest it"),
        Column("last_on", "date", "Latest day the texts attest it"),
        Column("former_by", "date", "Earliest publication day of a text that calls them the former holder"),
        identifier(
            "predecessor_id", "Who is attested before in an office that one person holds at a time, without overlap",
            references="actors.actor_id", required=False,
        ),
        identifier(
            "successor_id", "Who is attested next in an office that one person holds at a time, without overlap",
            references="actors.actor_id", required=False,
        ),
        count("mention_count", "Mentions that tell of it", minimum=1),
    ),
    key=("person_id", "office_id"),
    sort=("person_id", "title", "office_id"),
    rules=(
        RowRule("span_is_in_order", "first_on IS NULL OR last_on >= first_on", "A span cannot end before it began"),
        RowRule(
            "nobody_succeeds_themselves", "predecessor_id <> person_id AND successor_id <> person_id",
            "An office passes to somebody else",
        ),
    ),
)  # fmt: skip

TABLES = (ACTORS, ACTOR_NAMES, OFFICES)
