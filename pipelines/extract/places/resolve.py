"""Choosing which place each name means, and whether it means one at all.

Each name of a text is one question: the same spelling means the same place throughout. Every
namesake gets a score from its size, from what the text says of its country and region, and from
how near it lies to the other places; the best one stands if, with the cues, it passes.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from .gazetteer import Entry, Gazetteer
from .spots import Spot
from .words import Words

PASS = 4.0
COUNTRY, REGION, AREA, COUNTY = 6.0, 5.2, 5.4, 4.2
SMALLEST = 1.5  # what log10(population) exceeds
ALIAS = -0.9
SAME_COUNTRY, SAME_REGION, NEARBY, HINT = 1.6, 1.6, 1.5, 0.8
NEAR_KM = 150.0
CONTAINED = 4.0
LIST_MATE = 1.2
MOST_OPTIONS, MOST_ANCHORS = 60, 150
BIG_CITY = 400_000
EARTH_KM = 12_742.0


@dataclass(slots=True)
class Choice:
    """The place chosen for a name, its score and the evidence that decided."""

    entry: Entry
    score: float
    method: str


@dataclass(slots=True)
class Context:
    """What the text says about where it plays."""

    countries: Counter[str] = field(default_factory=Counter)
    regions: Counter[tuple[str, str]] = field(default_factory=Counter)
    anchors: list[tuple[str, Entry]] = field(default_factory=list)
    hint: str | None = None


def kilometres(a: Entry, b: Entry) -> float:
    """Give the great-circle distance of two places."""
    p, q = math.radians(a.latitude), math.radians(b.latitude)
    dp, dl = q - p, math.radians(b.longitude - a.longitude)
    h = math.sin(dp / 2) ** 2 + math.cos(p) * math.cos(q) * math.sin(dl / 2) ** 2
    return EARTH_KM * math.asin(min(1.0, math.sqrt(h)))


def resolve(
    words: Words, spots: Sequence[Spot], gazetteer: Gazetteer, country_hint: str | None
) -> dict[int, Choice]:
    """Give the choice for each spot that is a place, by the spot's position in the sequence."""
    contain(words, spots)
    mates = list_mates(words, spots)
    groups: dict[str, list[int]] = defaultdict(list)
    for number, spot in enumerate(spots):
        groups[spot.key].append(number)
    context = first_context(spots, groups, country_hint)
    chosen: dict[str, Choice] = {}
    for _ in range(2):
        chosen = {
            key: choose([spots[n] for n in numbers], mates[key], context) for key, numbers in groups.items()
        }
        context = next_context(spots, groups, chosen, country_hint)
    return {n: choice for n, choice in settle(spots, groups, chosen, gazetteer)}


def prior(entry: Entry) -> float:
    """Score a place by what it is, before any context."""
    if entry.kind == "city":
        size = math.log10(entry.population + 50) - SMALLEST if entry.population else AREA - 1
        return size + (ALIAS if entry.alias else 0.0)
    return {"country": COUNTRY, "region": REGION, "county": COUNTY}.get(entry.kind, AREA)


def contain(words: Words, spots: Sequence[Spot]) -> None:
    """Mark "Paris, Texas" and "Springfield, Ill.": a place, a comma, and a place it lies in."""
    for spot, other in zip(spots, spots[1:], strict=False):
        gap = words.text[spot.end : min(other.start, spot.end + 8)]
        if gap.strip() in {",", ", (", "("} and spot.end + len(gap) == other.start and holds_any(other, spot):
            spot.inside = other


def holds_any(outer: Spot, inner: Spot) -> bool:
    """Tell whether some meaning of one name lies in some meaning of the other."""
    return any(holds(o, i) for o in outer.options for i in inner.options)


def holds(outer: Entry, inner: Entry) -> bool:
    """Tell whether a country or region holds a smaller place."""
    if inner.kind == "country" or outer.country != inner.country or outer is inner:
        return False
    if outer.kind == "country":
        return True
    if outer.kind != "region":
        return False
    if outer.admin1 and inner.admin1:
        return outer.admin1 == inner.admin1
    return inner.kind != "region" and kilometres(outer, inner) < 250


def list_mates(words: Words, spots: Sequence[Spot]) -> dict[str, list[Spot]]:
    """Give for each name the names beside it in enumerations."""
    mates: dict[str, list[Spot]] = defaultdict(list)
    for spot, other in zip(spots, spots[1:], strict=False):
        gap = " ".join(words.text[spot.end : min(other.start, spot.end + 12)].split())
        if spot.inside is None and gap in {",", "and", ", and", "or", "&", "to"}:
            mates[spot.key].append(other)
            mates[other.key].append(spot)
    return mates


def first_context(spots: Sequence[Spot], groups: dict[str, list[int]], hint: str | None) -> Context:
    """Read countries, regions and unmistakable cities off the text."""
    context = Context(hint=hint)
    for key, numbers in groups.items():
        members = [spots[n] for n in numbers if spots[n].cue > -2]
        if not members or all(m.bound and not _after_place(m, spots) for m in members):
            continue
        best = max(members[0].options, key=prior)
        rivals = [o for o in members[0].options if o is not best and prior(o) > prior(best) - 1.0]
        if best.kind in {"country", "region", "area"} and not rivals:
            _count(context, key, best, 1)
        elif best.kind == "city" and best.population >= BIG_CITY and not rivals:
            _count(context, key, best, 1)
    return context


def _after_place(spot: Spot, spots: Sequence[Spot]) -> bool:
    return any(other.inside is spot for other in spots)


def next_context(
    spots: Sequence[Spot], groups: dict[str, list[int]], chosen: dict[str, Choice], hint: str | None
) -> Context:
    """Read the context off the choices so far."""
    context = Context(hint=hint)
    for key, choice in chosen.items():
        if choice.score + max(spots[n].cue for n in groups[key]) >= PASS:
            _count(context, key, choice.entry, 1)
    return context


def _count(context: Context, key: str, entry: Entry, times: int) -> None:
    if entry.country:
        context.countries[entry.country] += times
        if entry.admin1:
            context.regions[entry.country, entry.admin1] += times
    if entry.kind != "country" and len(context.anchors) < MOST_ANCHORS:
        context.anchors.append((key, entry))


def choose(members: Sequence[Spot], mates: Iterable[Spot], context: Context) -> Choice:
    """Choose the best place for one name from all its mentions."""
    insides = [m.inside for m in members if m.inside]
    options = sorted(members[0].options, key=prior, reverse=True)[:MOST_OPTIONS]
    ranked = [_rate(o, members[0].key, insides, list(mates), context) for o in options]
    return max(ranked, key=lambda choice: choice.score)


def _rate(entry: Entry, key: str, insides: list[Spot], mates: list[Spot], context: Context) -> Choice:
    base = prior(entry)
    if any(holds(outer, entry) for spot in insides for outer in spot.options):
        return Choice(entry, base + CONTAINED, "containment")
    support = _support(entry, key, context)
    company = LIST_MATE if any(_alike(entry, o) for mate in mates for o in mate.options[:5]) else 0.0
    method = "country_context" if support > 0 else "population"
    return Choice(entry, base + support + company, method)


def _alike(entry: Entry, other: Entry) -> bool:
    same_country = entry.kind == "country" or entry.country == other.country
    return entry.kind == other.kind and same_country and (entry.kind != "city" or other.population > 20_000)


def _support(entry: Entry, key: str, context: Context) -> float:
    """Score what the rest of the text says for a place."""
    own_votes = 1 if any(k == key and e.country == entry.country for k, e in context.anchors) else 0
    votes = context.countries[entry.country] - own_votes if entry.country else 0
    total = sum(context.countries.values()) or 1
    score = SAME_COUNTRY * (0.5 + 0.5 * votes / total) if votes > 0 and entry.kind != "country" else 0.0
    if entry.country and entry.admin1 and entry.kind != "region":
        others = [
            k
            for k, e in context.anchors
            if (e.country, e.admin1) == (entry.country, entry.admin1) and k != key
        ]
        score += SAME_REGION if others else 0.0
    near = min((kilometres(entry, e) for k, e in context.anchors if k != key), default=math.inf)
    score += NEARBY * math.exp(-near / NEAR_KM)
    return score + (HINT if context.hint and entry.country == context.hint else 0.0)


def settle(
    spots: Sequence[Spot], groups: dict[str, list[int]], chosen: dict[str, Choice], gazetteer: Gazetteer
) -> Iterable[tuple[int, Choice]]:
    """Keep the mentions that pass; one clear mention speaks for the name's other mentions."""
    containers = {id(spot.inside) for spot in spots if spot.inside}
    for key, numbers in groups.items():
        choice = chosen[key]
        sure = any(choice.score + spots[n].cue >= PASS and spots[n].cue > 0 for n in numbers)
        for n in numbers:
            spot = spots[n]
            if spot.bound and id(spot) not in containers:
                continue
            bonus = 1.2 if sure and spot.cue > -3 else 0.0
            if choice.score + spot.cue + bonus >= PASS:
                yield n, choice
