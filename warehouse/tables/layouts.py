"""Views in the column layouts of GDELT 2.0 and POLECAT, computed by the SQL files of their names in ``sql/views``.

Names, order and types are those data sets' own, so that programs written for them can read ours; the
descriptions say what we put there. What cannot be known stays NULL, or what the data set writes in its place.
How each column is filled, and where we differ, is told at length in ``docs/layouts.md``.
"""

from __future__ import annotations

from warehouse.tables.common import EVENT_TYPES, ID_PATTERN, QUAD_NAMES
from warehouse.tables.model import Column, Table

NOT_CODED = "Always NULL: not coded"


def _text(name: str, description: str, *, required: bool = False, pattern: str | None = None) -> Column:
    return Column(name, "string", description, required=required, pattern=pattern)


def _whole(
    name: str, description: str, *, minimum: int = 0, maximum: int | None = None, unit: str | None = None
) -> Column:
    """A whole number that every row has."""
    return Column(name, "integer", description, unit=unit, required=True, minimum=minimum, maximum=maximum)


def _count(name: str, description: str) -> Column:
    return Column(name, "bigint", description, unit="count", required=True, minimum=0)


def _stamp(name: str, description: str) -> Column:
    return Column(name, "bigint", f"{description}, as YYYYMMDDHHMMSS in UTC")


def _global_event_id(references: str | None = None) -> Column:
    return Column(
        "GLOBALEVENTID", "bigint", "The event: the first 15 hexadecimal digits of events.event_id as a number",
        required=True, minimum=0, references=references,
    )  # fmt: skip


def _gdelt_dates() -> tuple[Column, ...]:
    return (
        Column("SQLDATE", "integer", "First day of the event as YYYYMMDD, NULL unless known to the day"),
        Column("MonthYear", "integer", "Its month as YYYYMM, NULL unless known to the month"),
        Column("Year", "integer", "Its year, NULL where unknown"),
        Column(
            "FractionDate", "double", "Year and the share of it that had passed, months counted as 30 days; NULL unless known to the day",
            unit="years",
        ),
    )  # fmt: skip


def _gdelt_actor(number: int) -> tuple[Column, ...]:
    who = "first actor" if number == 1 else "first recipient, or of the second actor where nobody receives"
    prefix = f"Actor{number}"
    return (
        _text(f"{prefix}Code", f"CAMEO actor code of the {who}", pattern=r"[A-Z0-9]{3,15}"),
        _text(f"{prefix}Name", f"Name of the {who}, in capitals"),
        _text(f"{prefix}CountryCode", f"Country of the {who} (ISO 3166-1 alpha-3)", pattern=r"[A-Z]{3}"),
        _text(f"{prefix}KnownGroupCode", "Letters of the named organisation in an IGO, NGO, IMG or MNC code"),
        _text(f"{prefix}EthnicCode", NOT_CODED),
        _text(f"{prefix}Religion1Code", NOT_CODED),
        _text(f"{prefix}Religion2Code", NOT_CODED),
        _text(f"{prefix}Type1Code", "First role in the actor code"),
        _text(f"{prefix}Type2Code", "Second role; of an organisation, its sector where that says more"),
        _text(f"{prefix}Type3Code", "Third role"),
    )


def _gdelt_place(prefix: str, filled: bool) -> tuple[Column, ...]:
    """The eight columns of a place; only the place of the action is known."""

    def told(description: str) -> str:
        return description if filled else "Always NULL: where the actor was is not coded"

    kinds = (
        "1 country, 2 US state, 3 US town, 4 town elsewhere, 5 region elsewhere, 0 no place or none of these"
    )
    return (
        _whole(
            f"{prefix}_Type", kinds if filled else "Always 0: where the actor was is not coded", maximum=5
        ),
        _text(f"{prefix}_FullName", told("Name of the place")),
        _text(f"{prefix}_CountryCode", told("Country of the place (ISO 3166-1 alpha-3)")),
        _text(f"{prefix}_ADM1Code", told("Country followed by the GeoNames code of the first-level region")),
        _text(f"{prefix}_ADM2Code", NOT_CODED),
        Column(f"{prefix}_Lat", "double", told("Latitude"), unit="degrees", minimum=-90, maximum=90),
        Column(f"{prefix}_Long", "double", told("Longitude"), unit="degrees", minimum=-180, maximum=180),
        _text(f"{prefix}_FeatureID", told("GeoNames id, or the gazetteer's own id for an area")),
    )


GDELT_EVENTS = Table(
    name="gdelt_events",
    row="an event, as GDELT 2.0 writes events",
    description="Events in the 61 columns of GDELT's export files; denied and hypothetical events are left out.",
    stage="publish",
    scope="all",
    relation="view",
    columns=(
        _global_event_id(),
        *_gdelt_dates(),
        *_gdelt_actor(1),
        *_gdelt_actor(2),
        _whole("IsRootEvent", "1 where the lead mention stands in the first three sentences of its article", maximum=1),
        _text("EventCode", "CAMEO event code", required=True, pattern=r"\d{2,4}"),
        _text("EventBaseCode", "Its first three digits", required=True, pattern=r"\d{2,3}"),
        _text("EventRootCode", "Its first two digits", required=True, pattern=r"\d{2}"),
        _whole("QuadClass", "1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict", minimum=1, maximum=4),
        Column(
            "GoldsteinScale", "double", "PLOVER's conflict-cooperation score, which is on Goldstein's scale but not his weights",
            unit="score -10..+10", required=True, minimum=-10, maximum=10,
        ),
        _count("NumMentions", "Mentions that tell of it"),
        _count("NumSources", "Sites that tell of it"),
        _count("NumArticles", "Articles that tell of it"),
        Column("AvgTone", "double", "Always NULL: tone is not measured"),
        *_gdelt_place("Actor1Geo", filled=False),
        *_gdelt_place("Actor2Geo", filled=False),
        *_gdelt_place("ActionGeo", filled=True),
        _stamp("DATEADDED", "When the first text that tells of it was read"),
        _text("SOURCEURL", "Address of the lead mention's article, or its file where there is no address"),
    ),
    key=("GLOBALEVENTID",),
)  # fmt: skip

GDELT_MENTIONS = Table(
    name="gdelt_mentions",
    row="a mention of an event, as GDELT 2.0 writes mentions",
    description="Mentions of the events in gdelt_events, in the 16 columns of GDELT's mentions files.",
    stage="publish",
    scope="all",
    relation="view",
    columns=(
        _global_event_id("gdelt_events.GLOBALEVENTID"),
        _stamp("EventTimeDate", "When the first text that tells of the event was read"),
        _stamp("MentionTimeDate", "When this text was read"),
        _whole("MentionType", "1 article with an address, 2 text known only by its file", minimum=1, maximum=2),
        _text("MentionSourceName", "Site, or publisher where there is no address"),
        _text("MentionIdentifier", "Address of the article, or its file where there is no address", required=True),
        _whole("SentenceID", "Number of the sentence in the article, from 1", minimum=1),
        _whole("Actor1CharOffset", "Where the first actor is named, -1 where nobody is", minimum=-1, unit="code points into documents.body"),
        _whole(
            "Actor2CharOffset", "Where the first recipient is named, or the second actor; -1 where nobody is",
            minimum=-1, unit="code points into documents.body",
        ),
        _whole("ActionCharOffset", "Where the trigger begins", unit="code points into documents.body"),
        _whole("InRawText", "Always 1: mentions are read from the article's own words", minimum=1, maximum=1),
        _whole("Confidence", "Confidence of the mention in steps of 10", maximum=100, unit="percent"),
        Column("MentionDocLen", "integer", "Length of the article's text", unit="code points", required=True, minimum=1),
        Column("MentionDocTone", "double", "Always NULL: tone is not measured"),
        _text("MentionDocTranslationInfo", "Always NULL: only texts in the original are read"),
        _text("Extras", "Always NULL, as in GDELT: reserved"),
    ),
)  # fmt: skip


def _polecat_side(side: str, who: str) -> tuple[Column, ...]:
    return (
        _text(f"{side} Name", f"Names of the {who}s"),
        _text(f"{side} Country", f"Countries of the {who}s (ISO 3166-1 alpha-3)"),
        _text(f"{side} COW", "Always NULL: Correlates of War numbers are not coded"),
        _text(f"Primary {side} Sector", f"PLOVER sector of the first {who}"),
        _text(f"{side} Sectors", f"PLOVER sectors of the {who}s"),
        _text(f"{side} Title", f"Offices or ranks of the {who}s, in the text's words"),
        _text(f"{side} Name Raw", f"The text's words for the {who}s"),
        _text(f"Wikipedia {side} ID", "Always NULL: actors are not looked up in Wikipedia"),
    )


POLECAT_EVENTS = Table(
    name="polecat_events",
    row="an event, as POLECAT writes events",
    description=(
        "Events in the 40 columns of POLECAT's files, parties and place as the lead mention tells them; denied and "
        "hypothetical events are left out. Lists are joined by '; ' in the text's order, the nth value of each about "
        "the nth party, None where that one is unknown."
    ),
    stage="publish",
    scope="all",
    relation="view",
    columns=(
        Column("Event ID", "string", "The event: events.event_id", required=True, pattern=ID_PATTERN),
        Column("Event Date", "date", "First day of the event, NULL unless known to the day"),
        Column("Event Type", "string", "PLOVER event type", required=True, allowed=EVENT_TYPES),
        _text("Event Mode", "PLOVER mode of the type, where the text says one"),
        Column(
            "Intensity", "double", "PLOVER's conflict-cooperation score", unit="score -10..+10", required=True,
            minimum=-10, maximum=10,
        ),
        Column("Quad Code", "string", "The quad class in words", required=True, allowed=tuple(name.upper() for name in QUAD_NAMES)),
        _text("Contexts", "PLOVER contexts, sorted"),
        *_polecat_side("Actor", "actor"),
        *_polecat_side("Recipient", "recipient"),
        _text("Placename", "Name of the place"),
        _text("City", "The same where the place is a town"),
        _text("District", "Always NULL: second-level regions are not coded"),
        _text("Province", "Name of the place where it is a first-level region"),
        _text("Country", "Country of the place (ISO 3166-1 alpha-3)"),
        Column("Latitude", "double", "Latitude", unit="degrees", minimum=-90, maximum=90),
        Column("Longitude", "double", "Longitude", unit="degrees", minimum=-180, maximum=180),
        Column("GeoNames ID", "bigint", "GeoNames id, NULL for areas that only our gazetteer numbers", minimum=0),
        _text("Raw Placename", "Always NULL: the text's words for a place are not kept"),
        _text("Feature Type", "Always NULL: GeoNames feature codes are not kept"),
        _text("Source", "Publisher of the lead mention's article, or its site"),
        Column("Publication Date", "date", "Publication day of that article, NULL unless known to the day"),
        _text("Story People", "Persons who take part in events of that article, sorted"),
        _text("Story Organizations", "Bodies, organisations and armed groups that take part in events of it, sorted"),
        _text("Story Locations", "Places of events of it, sorted"),
        _text("Language", "Language of that article (ISO 639-1)"),
        _text("Version", "Version of the extraction code and knowledge", required=True),
    ),
    key=("Event ID",),
)  # fmt: skip

TABLES = (GDELT_EVENTS, GDELT_MENTIONS, POLECAT_EVENTS)
