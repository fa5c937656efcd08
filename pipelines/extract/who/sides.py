"""Whose a phrase is: the countries, and the parts of countries, that its words name."""

from __future__ import annotations

import re
from typing import NamedTuple

from pipelines.extract.who.marks import Entry, Mark, Marked
from pipelines.extract.who.vocabulary import vocabulary

_STRONG = frozenset(("country", "demonym", "region", "regional", "capital", "seat"))
_JOINED = re.compile(r"\s?(?:['’]s?)?\s?(?:-|–|/|,|&|and|,\s?and|and\s?the|,\s?the|,\s?and\s?the)\s?\Z")
_AWAY = vocabulary("away")
_SPEAKS_FOR = tuple(vocabulary("speaks_for"))
_HYPHENED_AWAY = vocabulary("hyphened_away")


class Side(NamedTuple):
    """A country, or something in it, that a phrase names."""

    country: str | None
    name: str


def place_of(mark: Mark) -> Entry | None:
    """The meaning of ``mark`` that ties a phrase to a country, strongest first."""
    return mark.of_kind(*_STRONG) or (mark.entry if mark.entry.kind == "city" else None)


def sides(marked: Marked, start: int, end: int, head: int) -> tuple[Side, ...]:
    """The countries that the phrase between two offsets names, first those before its ``head`` word.

    Several only where they are joined ("Russia-Belarus", "Iranian and Iraqi").
    """
    marks = marked.inside(start, end)
    places = [(m, e) for m in marks if (e := place_of(m)) is not None and m.start != head]
    helpers = [(m, e) for m, e in places if _hyphened(marked, m)]
    places = [place for place in places if place not in helpers]
    before = [(m, e) for m, e in places if m.start < head]
    after = [(m, e) for m, e in places if m.start > head and not _points_away(marked, m, start)]
    for pool in (before, after):
        if pool:
            return _joined(marked, pool)
    owners = [m.of_kind("organization", "person") for m in marks if m.start != head]
    named = tuple(Side(e.country, e.name) for e in owners if e is not None and e.country)[:1]
    return named or _joined(marked, helpers[:1])


def _hyphened(marked: Marked, mark: Mark) -> bool:
    """Whether the country only helps: "Russian-backed rebels"."""
    following = marked.words[mark.last + 1 : mark.last + 3]
    return len(following) == 2 and following[0].text in "-–" and following[1].folded in _HYPHENED_AWAY


def _joined(marked: Marked, pool: list[tuple[Mark, Entry]]) -> tuple[Side, ...]:
    if not pool:
        return ()
    out = [pool[0]]
    for mark, entry in pool[1:]:
        if not _JOINED.match(marked.text[out[-1][0].end : mark.start]):
            break
        out.append((mark, entry))
    found: dict[tuple[str | None, str], Side] = {}
    for mark, entry in out:
        name = mark.text(marked) if entry.kind == "capital" else entry.name
        found.setdefault((entry.country, "" if entry.country else entry.name), Side(entry.country, name))
    return tuple(found.values())


def _points_away(marked: Marked, mark: Mark, start: int) -> bool:
    """Whether the country is what the office deals with ("envoy to Syria"), not whose it is."""
    i = mark.first - 1
    while i >= 0 and marked.words[i].folded in ("the", "republic", "of"):
        if marked.words[i].folded == "of" and i > 0:
            return False
        i -= 1
    if i < 0 or marked.words[i].start < start:
        return False
    word = marked.words[i].folded
    if word == "for":
        before = marked.text[start : marked.words[i].start].lower()
        return not any(spoken in before for spoken in _SPEAKS_FOR)
    return word in _AWAY
