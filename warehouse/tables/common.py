"""Columns and value lists that several tables share, so that they mean the same everywhere."""

from __future__ import annotations

from warehouse.tables.model import Column, Severity

EVENT_TYPES = (
    "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST",
    "ACCUSE", "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
)  # fmt: skip
QUAD_NAMES = ("verbal cooperation", "material cooperation", "verbal conflict", "material conflict")
STATUSES = ("occurred", "ongoing", "planned", "hypothetical", "denied")
DATE_METHODS = ("explicit", "relative", "inherited", "inferred", "published", "none")
PRECISIONS = ("day", "month", "quarter", "season", "year", "decade", "interval", "none")
AGREEMENT_STATUSES = ("signed", "adopted", "ratified", "planned", "proposed", "terminated")
ACTOR_KINDS = ("country", "body", "person", "organization", "armed_group", "group")
BATCH_PATTERN = r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}"
ID_PATTERN = r"[0-9a-f]{20}"
_ON_EARTH = "A point beyond these bounds is no place on earth"


def identifier(
    name: str, description: str, *, references: str | None = None, required: bool = True
) -> Column:
    """An id made of 20 hexadecimal digits, a function of content (see ``pipelines.ids``)."""
    return Column(
        name, "string", description, required=required, pattern=ID_PATTERN, references=references,
        reason="Rows of different tables are joined by it",
    )  # fmt: skip


def batch() -> Column:
    """The batch a row belongs to."""
    return Column(
        "batch",
        "string",
        "The batch (named set of input files) the row came with",
        required=True,
        pattern=BATCH_PATTERN,
        reason="The rows of a batch are replaced together, by its name",
    )


def country(name: str, description: str) -> Column:
    """An ISO 3166-1 alpha-3 code or NULL."""
    return Column(
        name, "string", f"{description} (ISO 3166-1 alpha-3)", pattern=r"[A-Z]{3}",
        reason="Maps and other data sets are joined by these codes",
    )  # fmt: skip


def latitude() -> Column:
    """Degrees north, WGS 84."""
    return Column(
        "latitude",
        "double",
        "Latitude of the place",
        unit="degrees",
        minimum=-90,
        maximum=90,
        reason=_ON_EARTH,
    )


def longitude() -> Column:
    """Degrees east, WGS 84."""
    return Column(
        "longitude",
        "double",
        "Longitude of the place",
        unit="degrees",
        minimum=-180,
        maximum=180,
        reason=_ON_EARTH,
    )


def count(name: str, description: str, *, minimum: int = 0, severity: Severity = "critical") -> Column:
    """A non-negative number of things."""
    return Column(
        name, "bigint", description, unit="count", required=True, minimum=minimum, severity=severity
    )


def offset(name: str, description: str, *, required: bool = True) -> Column:
    """A position in a document's body, counted in Unicode code points; ends are exclusive."""
    return Column(
        name, "integer", description, unit="code points into documents.body", required=required, minimum=0,
        reason="A row must lead back to the very characters it came from",
    )  # fmt: skip


def confidence() -> Column:
    """How sure the extractor is, between 0 and 1."""
    return Column(
        "confidence", "double", "Estimated probability that the coding is right", unit="probability",
        required=True, minimum=0, maximum=1, reason="A probability lies between 0 and 1, and readers set limits by it",
    )  # fmt: skip


def coding() -> tuple[Column, ...]:
    """The ontology's columns, the same on mentions and events."""
    return (
        Column("event_type", "string", "PLOVER event type", required=True, allowed=EVENT_TYPES),
        Column("mode", "string", "PLOVER mode of the type, where the text says one", pattern=r"[a-z-]+"),
        Column("contexts", "string", "PLOVER contexts, sorted and joined by ;", pattern=r"[a-z_]+(;[a-z_]+)*"),
        Column("cameo_code", "string", "CAMEO event code", required=True, pattern=r"\d{2,4}"),
        Column("cameo_root", "string", "First two digits of the CAMEO code", required=True, pattern=r"\d{2}"),
        Column(
            "quad_class", "integer", "1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict",
            required=True, minimum=1, maximum=4,
        ),
        Column("quad_name", "string", "The quad class in words", required=True, allowed=QUAD_NAMES),
        Column(
            "intensity", "double", "PLOVER conflict-cooperation score of type and mode", unit="score -10..+10",
            required=True, minimum=-10, maximum=10,
        ),
        Column("status", "string", "Did it happen? Occurred, ongoing, planned, hypothetical or denied", required=True, allowed=STATUSES),
    )  # fmt: skip


def dating() -> tuple[Column, ...]:
    """When an event happened: EDTF beside plain dates."""
    return (
        Column(
            "event_edtf", "string", "When it happened, as EDTF (ISO 8601-2); XXXX where no year is stated"
        ),
        Column("event_start", "date", "First day, NULL when the year is unknown"),
        Column("event_end", "date", "Last day, inclusive, NULL when the year is unknown"),
    )


def placing() -> tuple[Column, ...]:
    """Where an event happened."""
    return (
        Column("place_id", "string", "GeoNames id of the place, or the gazetteer's own id for an area"),
        Column("place_name", "string", "Canonical name of the place"),
        country("place_country", "Country of the place"),
        latitude(),
        longitude(),
    )
