"""Which events a reader wants to see: read from the query string, written back into it, turned into SQL.

Every clause is written here and every value is bound. A filter is a permalink: the same address asks the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any
from urllib.parse import urlencode

from starlette.datastructures import QueryParams

from warehouse.tables.common import EVENT_TYPES, STATUSES

MOST_VALUES = 20
MOST_CHARACTERS = 200
MOST_WORDS = 8
QUADS = ("1", "2", "3", "4")

# An event concerns a country if any of its participants does: pairs of countries, or the only one named.
_COUNTRY = (
    "(e.actor1_country = ? OR e.actor2_country = ? OR e.event_id IN "
    "(SELECT event_id FROM event_dyads WHERE country_a = ? UNION ALL "
    "SELECT event_id FROM event_dyads WHERE country_b = ?))"
)
_ACTOR = (
    "e.event_id IN (SELECT m.event_id FROM participants AS p JOIN event_mentions AS m USING (mention_id) "
    "WHERE p.actor_id = ?)"
)
_WHO = (
    "e.event_id IN (SELECT m.event_id FROM participants AS p JOIN event_mentions AS m USING (mention_id) "
    "WHERE p.actor_id IN (SELECT actor_id FROM actor_names WHERE {words}))"
)
_TEXT = "e.event_id IN (SELECT event_id FROM event_mentions WHERE {words})"


class FilterError(ValueError):
    """A value of the query string that asks for nothing there can be; the message says which, in one line."""


@dataclass(frozen=True, slots=True)
class Filter:
    """What to show; an empty filter shows everything. Fields are named as in the query string."""

    country: tuple[str, ...] = ()
    actor: tuple[str, ...] = ()
    who: str = ""
    type: tuple[str, ...] = ()
    quad: tuple[str, ...] = ()
    status: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    place: str = ""
    q: str = ""

    def __bool__(self) -> bool:
        return self != Filter()

    def pairs(self) -> list[tuple[str, str]]:
        """Name and value of everything that is asked for, in the order of the fields."""
        found: list[tuple[str, str]] = []
        for field in fields(self):
            value = getattr(self, field.name)
            if isinstance(value, tuple):
                found += [(field.name, item) for item in value]
            elif value:
                found.append((field.name, str(value)))
        return found

    def query(self, **more: object) -> str:
        """The query string; ``more`` are further parameters such as the page."""
        extra = [(name, str(value)) for name, value in more.items() if value]
        return urlencode(self.pairs() + extra)

    def having(self, **changed: Any) -> Filter:
        """The same filter with other values in some fields."""
        return replace(self, **changed)

    def without(self, name: str, value: str) -> Filter:
        """The same filter without one value of one field."""
        now = getattr(self, name)
        if isinstance(now, tuple):
            return self.having(**{name: tuple(item for item in now if item != value)})
        return self.having(**{name: getattr(Filter(), name)})

    def where(self) -> tuple[str, list[object]]:
        """The condition on ``events AS e`` and its values; ``true`` where everything is wanted."""
        parts: list[tuple[str, Sequence[object]]] = []
        parts += [(_COUNTRY, [code] * 4) for code in self.country]
        parts += [(_ACTOR, [actor]) for actor in self.actor]
        if self.who:
            parts.append(_words(_WHO, "name", self.who))
        parts += _among("e.event_type", self.type)
        parts += _among("e.quad_class", [int(quad) for quad in self.quad])
        parts += _among("e.status", self.status)
        if self.since:
            parts.append(("e.event_end >= ?", [self.since]))
        if self.until:
            parts.append(("e.event_start <= ?", [self.until]))
        if self.place:
            parts.append(("e.place_id = ?", [self.place]))
        if self.q:
            parts.append(_words(_TEXT, "sentence", self.q))
        condition = " AND ".join(clause for clause, _ in parts) or "true"
        return condition, [value for _, values in parts for value in values]


def read_filter(query: QueryParams) -> Filter:
    """The filter of a query string; empty values ask for nothing. FilterError for values that cannot be."""
    found = Filter(
        country=tuple(code.upper() for code in _several(query, "country")),
        actor=_several(query, "actor"),
        who=_text(query, "who"),
        type=_known(query, "type", EVENT_TYPES),
        quad=_known(query, "quad", QUADS),
        status=_known(query, "status", STATUSES),
        since=_day(query, "since"),
        until=_day(query, "until"),
        place=_text(query, "place"),
        q=_text(query, "q"),
    )
    if found.since and found.until and found.since > found.until:
        raise FilterError(f"from {found.since} to {found.until} is no time: the first day is the later one")
    return found


def read_page(query: QueryParams, most: int = 10_000) -> int:
    """The page asked for, from 1. FilterError for what is no page."""
    text = query.get("page") or "1"
    if not (text.isascii() and text.isdigit() and 1 <= int(text[:9]) <= most):
        raise FilterError(f"page is a number from 1 to {most:,}")
    return int(text)


def like_words(column: str, text: str) -> tuple[str, list[object]]:
    """The condition that every word of a text stands in a column, whatever the case."""
    words = text.split()[:MOST_WORDS]
    escaped = [word.replace("\\", "\\\\").replace("%", r"\%").replace("_", r"\_") for word in words]
    condition = " AND ".join([f"{column} ILIKE ? ESCAPE '\\'"] * len(words)) or "true"
    return condition, [f"%{word}%" for word in escaped]


def chosen(query: QueryParams | Mapping[str, str], name: str, among: Iterable[str]) -> str:
    """The one value of a parameter that must be among those, or nothing. FilterError for another."""
    value = query.get(name) or ""
    if value and value not in among:
        raise FilterError(f"{name} cannot be {value[:40]!r}")
    return value


def short_text(query: QueryParams, name: str) -> str:
    """A parameter of free text. FilterError where it is too long."""
    return _text(query, name)


def _words(frame: str, column: str, text: str) -> tuple[str, list[object]]:
    condition, values = like_words(column, text)
    return frame.format(words=condition), values


def _among(column: str, values: Sequence[object]) -> list[tuple[str, Sequence[object]]]:
    return [(f"{column} IN ({', '.join('?' * len(values))})", values)] if values else []


def _several(query: QueryParams, name: str) -> tuple[str, ...]:
    values = tuple(dict.fromkeys(value.strip() for value in query.getlist(name) if value.strip()))
    if len(values) > MOST_VALUES or any(len(value) > MOST_CHARACTERS for value in values):
        raise FilterError(f"too much is asked for in {name}")
    return values


def _known(query: QueryParams, name: str, among: Sequence[str]) -> tuple[str, ...]:
    values = _several(query, name)
    for value in values:
        if value not in among:
            raise FilterError(f"{name} cannot be {value[:40]!r}; it is one of {', '.join(among)}")
    return tuple(value for value in among if value in values)


def _text(query: QueryParams, name: str) -> str:
    text = " ".join((query.get(name) or "").replace("\0", " ").split())
    if len(text) > MOST_CHARACTERS:
        raise FilterError(f"{name} is longer than {MOST_CHARACTERS} characters")
    return text


def _day(query: QueryParams, name: str) -> date | None:
    text = (query.get(name) or "").strip()
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise FilterError(f"{name} is a day such as 2024-05-31, not {text[:40]!r}") from None
