"""Which country a text is about at a point of it: where "the government" and "the army" belong.

A story's home is the country that its dateline names, whose officials it calls by office and that its
sentences begin with. A country that a sentence only mentions ("summoned the Chinese ambassador") counts little.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection
from dataclasses import replace
from typing import NamedTuple

from pipelines.extract.who.marks import Mark, Marked
from pipelines.extract.who.sides import place_of
from pipelines.extract.who.vocabulary import vocabulary

_DATELINE, _PUBLISHER = 3.0, 1.5
_OFFICIAL, _LEAD, _TOPIC, _MENTIONED = 2.0, 2.0, 1.0, 0.25
_FADE = 0.9  # what a country still counts one mention later
_LOOK_BACK = 60  # mentions of countries that are looked back
_FIRST = 4  # mentions at the start of a text that never fade
_INSIDE_OFFICE = 4  # words between a country and its office
_BEFORE_TOPIC = vocabulary("before_topic")
_OWNING = vocabulary("owning")


class Said(NamedTuple):
    """A country said at a code point of the article, and how much that tells of what the text is about."""

    at: int
    country: str
    weight: float


class Scenes:
    """The countries a document speaks of, in text order. ``publisher`` is an alpha-3 code or None."""

    def __init__(self, publisher: str | None):
        self._publisher = publisher
        self._said: list[Said] = []
        self._dateline: str | None = None

    def add(self, at: int, country: str, weight: float) -> None:
        """Take in a country said at ``at``."""
        i = bisect_left(self._said, at, key=_at)
        if i == len(self._said) or self._said[i].at != at:
            self._said.insert(i, Said(at, country, weight))

    def report_from(self, country: str | None) -> None:
        """Take in the country of the dateline."""
        self._dateline = self._dateline or country

    def between(self, start: int, end: int) -> list[str]:
        """The countries said from ``start`` up to ``end``, in order."""
        i, j = bisect_left(self._said, start, key=_at), bisect_left(self._said, end, key=_at)
        return [one.country for one in self._said[i:j]]

    def recent(self, before: int) -> list[str]:
        """The countries said last before ``before``, most often said first."""
        i = bisect_left(self._said, before, key=_at)
        counted: dict[str, int] = {}
        for one in self._said[max(0, i - 2 * _LOOK_BACK) : i]:
            counted[one.country] = counted.get(one.country, 0) + 1
        return sorted(counted, key=lambda country: -counted[country])

    def home(self, before: int, without: Collection[str] = ()) -> str | None:
        """The country the text is about at ``before``, none of ``without``; None if it named no country yet."""
        i = bisect_left(self._said, before, key=_at)
        scores: dict[str, float] = {}
        for country, weight in ((self._dateline, _DATELINE), (self._publisher, _PUBLISHER)):
            if country:
                scores[country] = scores.get(country, 0.0) + weight
        lo = max(0, i - _LOOK_BACK)
        firsts = self._said[: min(_FIRST, lo)]
        for n, one in enumerate((*firsts, *self._said[lo:i])):
            fade = 1.0 if n < _FIRST else _FADE ** (len(firsts) + i - lo - 1 - n)
            scores[one.country] = scores.get(one.country, 0.0) + one.weight * fade
        fitting = [country for country in scores if country not in without]
        return max(fitting, key=lambda country: scores[country], default=None)


def weight(marked: Marked, i: int, *, lead: bool) -> float:
    """How much the place that the mark number ``i`` names tells of what the text is about."""
    mark = marked.marks[i]
    if _official(marked, i):
        return _OFFICIAL
    before = mark.first - 1
    while before >= 0 and marked.words[before].folded in ("the", '"', "“"):
        before -= 1
    if before >= 0 and marked.words[before].folded not in _BEFORE_TOPIC:
        return _MENTIONED
    first = next((m for m in marked.marks if place_of(m)), None)
    if first is not mark:
        return _MENTIONED
    return _LEAD if lead else _TOPIC


def _official(marked: Marked, i: int) -> bool:
    """Whether the place says whose an office or body is: "Chilean Defence Minister", "the government of Chile"."""
    mark = marked.marks[i]
    following = marked.marks[i + 1] if i + 1 < len(marked.marks) else None
    office = following.of_kind("title", "body", "group") if following is not None else None
    if following is not None and office is not None and (office.kind != "group" or office.sector == "MIL"):
        between = marked.words[mark.last + 1 : following.first]
        if len(between) <= _INSIDE_OFFICE and all(
            word.folded in marked.office_words or word.folded in _OWNING for word in between
        ):
            return True
    before = marked.marks[i - 1] if i else None
    if before is None or not before.of_kind("title", "body"):
        return False
    joining = [word.folded for word in marked.words[before.last + 1 : mark.first] if word.folded != "the"]
    return (
        0 < len(joining) <= _INSIDE_OFFICE
        and joining[-1] in ("of", "in")
        and all(word in ("of", "and") or word in marked.office_words for word in joining[:-1])
    )


def settled(marked: Marked, countries: Collection[str]) -> Marked:
    """The same marks, with each city that several countries have taken for that of a country the text names."""
    if not any(mark.entry.elsewhere for mark in marked.marks):
        return marked
    own = {place.country for m in marked.marks if not m.entry.elsewhere and (place := place_of(m))}
    said = own | set(countries)
    marks = [_settle(mark, said) for mark in marked.marks]
    by_word = {i: mark for mark in marks for i in range(mark.first, mark.last + 1)}
    return Marked(marked.text, marked.words, marks, by_word, marked.office_words)


def _settle(mark: Mark, said: Collection[str | None]) -> Mark:
    entry = mark.entry
    if not entry.elsewhere or entry.country in said:
        return mark
    country = next((one for one in entry.elsewhere if one in said), None)
    if country is None:
        return mark
    return Mark(
        mark.start, mark.end, mark.first, mark.last, (replace(entry, country=country), *mark.entries[1:])
    )


def _at(said: Said) -> int:
    return said.at
