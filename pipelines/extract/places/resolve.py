"""Choosing which place each name means, and whether it means one at all.

Each name of a text is one question: the same spelling means the same place throughout. The
namesake with the best score stands if, with the cues of the mention, it passes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from .gazetteer import Entry
from .relations import Relations, holds, relate
from .score import LIST_MATE, Context, alike, prior, support
from .spots import Spot
from .words import Words

PASS = 4.0
CONTAINED = 4.0
CLEAR = 1.2  # a mention is helped by another that passed on the strength of its own cue
LIKELY_MATES = 5
MOST_OPTIONS = 60
BIG_CITY = 400_000


@dataclass(slots=True)
class Choice:
    """The place chosen for a name, its score and the evidence that decided."""

    entry: Entry
    score: float  # for mentions that stand before the place it lies in: "Paris, Texas"
    method: str
    bare: float = 0.0  # for the other mentions


def resolve(words: Words, spots: Sequence[Spot], country_hint: str | None) -> dict[int, Choice]:
    """Give the choice for each spot that is a place, by the spot's position in the sequence."""
    relations = relate(words, spots)
    groups: dict[str, list[Spot]] = defaultdict(list)
    for spot in spots:
        groups[spot.key].append(spot)
    context = _first_context(groups, country_hint)
    chosen: dict[str, Choice] = {}
    for _ in range(2):
        chosen = {key: _choose(members, relations, context) for key, members in groups.items()}
        context = _next_context(groups, chosen, country_hint)
    placed = {key: _place_county(choice, relations.near[key], context) for key, choice in chosen.items()}
    kept = {key: _passing(members, placed[key]) for key, members in groups.items()}
    return {n: placed[spot.key] for n, spot in enumerate(spots) if id(spot) in kept[spot.key]}


def _first_context(groups: Mapping[str, Sequence[Spot]], hint: str | None) -> Context:
    """Read countries, regions and unmistakable cities off the text."""
    context = Context(hint)
    for key, spots in groups.items():
        members = [s for s in spots if s.cue > -2 and (s.container or not s.bound)]
        if not members:
            continue
        best = max(members[0].options, key=prior)
        rivals = [o for o in members[0].options if o is not best and prior(o) > prior(best) - 1.0]
        if not rivals and (best.kind in {"country", "region", "area"} or best.population >= BIG_CITY):
            context.add(key, best)
    return context


def _next_context(
    groups: Mapping[str, Sequence[Spot]], chosen: Mapping[str, Choice], hint: str | None
) -> Context:
    """Read the context off the choices so far."""
    context = Context(hint)
    for key, choice in chosen.items():
        if _passing(groups[key], choice):
            context.add(key, choice.entry)
    return context


def _choose(members: Sequence[Spot], relations: Relations, context: Context) -> Choice:
    """Choose the best place for one name from all its mentions."""
    options = sorted(members[0].options, key=prior, reverse=True)[:MOST_OPTIONS]
    outers = {m.inside.key: m.inside for m in members if m.inside}
    lands = [land for outer in outers.values() for land in outer.options]
    ranked = [_rate(option, members[0], lands, relations, context) for option in options]
    return max(ranked, key=lambda choice: choice.score)


def _rate(entry: Entry, spot: Spot, lands: Sequence[Entry], relations: Relations, context: Context) -> Choice:
    """Score one namesake; ``lands`` are the places that the text says it lies in."""
    key = spot.key
    around = support(entry, key, relations.near[key], context)
    mates = relations.mates[key].values()
    if any(alike(entry, mate.options[:LIKELY_MATES]) for mate in mates):
        around += LIST_MATE
    bare = prior(entry) + around
    if any(holds(land, entry) for land in lands):
        return Choice(entry, bare + CONTAINED, "containment", bare)
    if len(spot.options) == 1:
        return Choice(entry, bare, "unique", bare)
    return Choice(entry, bare, "context" if around > 0 else "population", bare)


def _place_county(choice: Choice, close: Iterable[str], context: Context) -> Choice:
    """Move a county from the middle of its state to the towns of that state named close by."""
    entry = choice.entry
    if entry.kind != "county":
        return choice
    towns = [
        other
        for other in (context.anchors[key] for key in sorted(close) if key in context.anchors)
        if other.kind == "city" and (other.country, other.admin1) == (entry.country, entry.admin1)
    ]
    if not towns:
        return replace(choice, method="region_centre")
    latitude = sum(town.latitude for town in towns) / len(towns)
    longitude = sum(town.longitude for town in towns) / len(towns)
    moved = replace(entry, latitude=round(latitude, 2), longitude=round(longitude, 2))
    return replace(choice, entry=moved, method="towns_nearby")


def _passing(members: Iterable[Spot], choice: Choice) -> set[int]:
    """Give the ids of the mentions that pass; one clear mention speaks for the others."""
    able = [member for member in members if member.container or not member.bound]
    sure = any(member.cue > 0 or member.inside for member in able if _score(member, choice) >= PASS)
    return {
        id(member)
        for member in able
        if _score(member, choice) + (CLEAR if sure and member.cue > -3 else 0.0) >= PASS
    }


def _score(member: Spot, choice: Choice) -> float:
    return member.cue + (choice.score if member.inside else choice.bare)
