"""How likely a place of the gazetteer is meant: what it is, and what the text says around it.

The scale is that of the cues: one point is about what ten times the population is worth.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from .gazetteer import Entry
from .geometry import kilometres

KIND = {"country": 6.0, "region": 5.6, "area": 5.4, "county": 4.2}
SLOPE, SMALLEST = 1.2, 2.5  # a town's prior is SLOPE * log10(population) - SMALLEST
UNKNOWN_SIZE = 4.4  # a town-like place of the lexicon, or one without a figure
ALIAS = -1.0
PREFERRED = 2.0
SAME_COUNTRY, SAME_REGION, NEARBY, HINT = 1.6, 1.2, 1.2, 1.5
NEXT_TO = 0.8  # a place of the same region or country stands close by in the text
LIST_MATE = 1.2
NEAR_KM = 150.0
MOST_ANCHORS = 150


@dataclass(slots=True)
class Context:
    """What the text says about where it plays."""

    hint: str | None = None
    countries: Counter[str] = field(default_factory=Counter)
    regions: Counter[tuple[str, str]] = field(default_factory=Counter)
    entries: dict[str, Entry] = field(default_factory=dict)  # by key of the name
    anchors: dict[str, Entry] = field(default_factory=dict)  # those with a position that means something

    def add(self, key: str, entry: Entry) -> None:
        """Count a place that the text names."""
        self.entries[key] = entry
        if entry.country:
            self.countries[entry.country] += 1
            if entry.admin1:
                self.regions[entry.country, entry.admin1] += 1
        if entry.kind != "country" and len(self.anchors) < MOST_ANCHORS:
            self.anchors[key] = entry


def prior(entry: Entry) -> float:
    """Score a place by what it is, before any context."""
    if entry.kind != "city":
        return KIND[entry.kind]
    size = SLOPE * math.log10(entry.population) - SMALLEST if entry.population else UNKNOWN_SIZE
    return size + (ALIAS if entry.alias else 0.0) + (PREFERRED if entry.preferred else 0.0)


def support(entry: Entry, key: str, close: Iterable[str], context: Context) -> float:
    """Score what the rest of the text says for a place; ``close`` are the keys of names close by."""
    own = context.entries.get(key)
    score = _land(entry, own, context)
    if entry.kind != "county":  # its position is that of its state
        score += NEARBY * math.exp(-_nearest(entry, key, context) / NEAR_KM)
    if any(_belongs(entry, context.entries.get(other)) for other in close):
        score += NEXT_TO
    return score + (HINT if context.hint and entry.country == context.hint else 0.0)


def _land(entry: Entry, own: Entry | None, context: Context) -> float:
    """Score the naming of the same country and region by other names of the text."""
    if entry.country is None:
        return 0.0
    score = 0.0
    votes = context.countries[entry.country] - (own is not None and own.country == entry.country)
    if votes > 0 and entry.kind != "country":
        score += SAME_COUNTRY * (0.5 + 0.5 * votes / sum(context.countries.values()))
    if entry.admin1:
        place = (entry.country, entry.admin1)
        mine = own is not None and (own.country, own.admin1) == place
        score += SAME_REGION if context.regions[place] - mine > 0 else 0.0
    return score


def _nearest(entry: Entry, key: str, context: Context) -> float:
    others = (anchor for other, anchor in context.anchors.items() if other != key)
    return min((kilometres(entry, anchor) for anchor in others), default=math.inf)


def _belongs(entry: Entry, other: Entry | None) -> bool:
    """Tell whether a name close by speaks for a place: its region, its country, a town nearby."""
    if other is None or other.country is None or other.country != entry.country or entry.kind == "country":
        return False
    if other.kind == "country":
        return True
    if other.admin1 and entry.admin1:
        return other.admin1 == entry.admin1
    return kilometres(entry, other) < NEAR_KM


def alike(entry: Entry, others: Iterable[Entry]) -> bool:
    """Tell whether a neighbour in an enumeration can be the same kind of place in the same country."""
    return any(
        entry.kind == other.kind and (entry.kind == "country" or entry.country == other.country)
        for other in others
    )
