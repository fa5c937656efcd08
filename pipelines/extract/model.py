"""What extraction finds in a text, as plain values.

Every offset counts Unicode code points into the text that was given, end exclusive, and
``text[start:end]`` is always the stored surface. Nothing here knows how a value was found:
the finders build these, the writers turn them into JSON lines and Arrow rows.
"""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Article:
    """A cleaned text to read. ``date`` is its publication date as EDTF, usually a day, or None."""

    id: str
    text: str
    date: str | None = None
    publisher_country: str | None = None  # alpha-3; what "our country" means in a national agency's text


@dataclass(frozen=True, slots=True)
class Time:
    """One calendar expression.

    ``edtf`` is None where the text does not allow a value. ``start_date``/``end_date`` are ISO
    days, inclusive, None when the year is unknown. ``precision`` is one of ``day``, ``month``,
    ``quarter``, ``season``, ``year``, ``decade``, ``interval``, ``none``; ``method`` is ``explicit``, ``relative``,
    ``inherited``, ``inferred``, ``published`` or ``none``.
    """

    text: str
    start: int
    end: int
    edtf: str | None
    start_date: str | None = None
    end_date: str | None = None
    precision: str = "none"
    method: str = "none"


@dataclass(frozen=True, slots=True)
class Place:
    """One toponym. ``country`` is ISO 3166-1 alpha-3; coordinates are WGS 84 degrees.

    ``name`` and what follows are None where the toponym could not be resolved. ``kind`` is
    ``country``, ``region``, ``city``, ``area`` (sea, river, mountain, continent) or ``unknown``.
    """

    text: str
    start: int
    end: int
    name: str | None
    country: str | None
    latitude: float | None
    longitude: float | None
    geonames_id: str | None
    kind: str = "unknown"
    admin1: str | None = None
    population: int | None = None
    method: str = "none"


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody who takes part in an event, as one stretch of text names them.

    ``name`` is the canonical name ("Belarus", "Ministry of Defence of Belarus", "Uladzimir
    Makey"); ``kind`` is ``country``, ``body`` (part of a state), ``person``, ``organization``
    (IGO, NGO, company, party), ``armed_group`` or ``group`` (unnamed people); ``country`` is
    alpha-3 or None; ``sector`` a PLOVER sector code; ``title`` the office or rank with the text's
    own words; ``cameo_code`` the CAMEO actor code (country + sector, e.g. ``BLRMIL``).
    ``resolved_by`` says how the name was reached: ``text`` (written here), ``coreference``.
    """

    text: str
    start: int
    end: int
    name: str
    kind: str
    country: str | None = None
    sector: str | None = None
    title: str | None = None
    cameo_code: str | None = None
    resolved_by: str = "text"


@dataclass(frozen=True, slots=True)
class Agreement:
    """An agreement a mention speaks of; period bounds are ISO days, inclusive."""

    text: str
    start: int
    end: int
    title: str
    kind: str
    status: str
    period_start: str | None = None
    period_end: str | None = None


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence: code-point offsets into the article and its index from 0."""

    index: int
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for and against a reading. Each field is a feature of ``confidence``; truth counts as 1."""

    specificity: float  # weight of the lexicon entry, capped
    verbal: bool
    actor_named: bool
    recipient_named: bool
    country_known: bool
    asserted: bool
    doubted: bool
    borrowed_actor: bool
    guessed: float  # probability that the second reader gives; 0 where a row of the lexicon fired
    dated_here: bool


@dataclass(frozen=True, slots=True)
class Mention:
    """One event as one sentence tells it (see ``contract`` columns of ``event_mentions``)."""

    type: str
    mode: str | None
    contexts: tuple[str, ...]
    cameo_code: str
    quad_class: int
    intensity: float
    status: str
    trigger: str
    trigger_start: int
    trigger_end: int
    sentence: Sentence
    actors: tuple[Actor, ...]
    recipients: tuple[Actor, ...]
    time: Time | None
    place: Place | None
    agreements: tuple[Agreement, ...]
    reported_by: str | None
    reporter: Actor | None
    confidence: float
    rule: str = ""
    evidence: Evidence | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Extraction:
    """Everything found in one article."""

    id: str
    mentions: tuple[Mention, ...] = ()
    times: tuple[Time, ...] = ()
    places: tuple[Place, ...] = ()
    sentences: tuple[Sentence, ...] = field(default=(), repr=False)
