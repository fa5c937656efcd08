"""How names stand to one another in a text: one inside the other, in a list, close by.

Only what the writing shows belongs here; what follows for the choice is in ``score``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from .fold import fold_word
from .gazetteer import Entry
from .geometry import kilometres
from .lexicon import read_lists
from .spots import Spot
from .words import Words

# What may stand between a place and the place it lies in: "Paris, Texas", "Wuhan in Hubei".
CONTAINING = frozenset({",", ", (", "(", "in", ", in"})
LISTING = frozenset({",", "and", ", and", "or", "&", "to"})
REGION_REACH = 250.0  # km from a region's centre to its towns, where the city list gives no code
CLOSE_BY = 200  # characters
LONGEST_BETWEEN = 60  # characters; wrapped lines may be indented


@dataclass(slots=True)
class Relations:
    """Who stands where, by key of the names."""

    mates: dict[str, dict[str, Spot]] = field(default_factory=lambda: defaultdict(dict))  # in enumerations
    near: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))  # close by in the text


def relate(words: Words, spots: Sequence[Spot]) -> Relations:
    """Read the relations of all names; marks containers on the spots themselves."""
    gaps = [_gap(words, spot, other) for spot, other in pairwise(spots)]
    for n, (spot, other) in enumerate(pairwise(spots)):
        if gaps[n] in CONTAINING and _contains(spots, gaps, n):
            spot.inside = other
            other.container = True
    for spot in spots:
        if spot.container or _governed(words, spot):
            _narrow(spot)
    relations = Relations()
    for n, (spot, other) in enumerate(pairwise(spots)):
        if spot.inside is None and gaps[n] in LISTING:
            relations.mates[spot.key][other.key] = other
            relations.mates[other.key][spot.key] = spot
        if other.start - spot.end <= CLOSE_BY and spot.key != other.key:
            relations.near[spot.key].add(other.key)
            relations.near[other.key].add(spot.key)
    return relations


def _governed(words: Words, spot: Spot) -> bool:
    """Tell whether what follows only a state or province has: "New York Gov.", "Washington state"."""
    if not words.blank_after(spot.after - 1):
        return False
    return words.folded[spot.after] in read_lists("words.toml")["of_regions"]


def _narrow(spot: Spot) -> None:
    """Keep the regions and countries among namesakes; such a mention is a question of its own."""
    lands = [option for option in spot.options if option.kind in {"country", "region", "county"}]
    if lands and len(lands) < len(spot.options):
        spot.options = lands
        spot.key += "|land"


def _gap(words: Words, spot: Spot, other: Spot) -> str | None:
    """Give what stands between two names, without directions; None when it is long."""
    if other.start - spot.end > LONGEST_BETWEEN:
        return None
    parts = words.text[spot.end : other.start].split()
    while parts and (parts[-1] == "the" or fold_word(parts[-1]) in read_lists("words.toml")["part_before"]):
        parts.pop()  # "in the northern"
    return " ".join(parts)


def _contains(spots: Sequence[Spot], gaps: Sequence[str | None], n: int) -> bool:
    """Tell whether spot n lies in spot n + 1. Among states, "Virginia, Minnesota" is a list."""
    inner, outer = spots[n], spots[n + 1]
    if not any(holds(o, i) for o in outer.options for i in inner.options):
        return False
    if all(option.kind in {"city", "county"} for option in inner.options):
        return True
    before = gaps[n - 1] if n else None
    after = gaps[n + 1] if n + 1 < len(gaps) else None
    in_list = before in LISTING or after in LISTING
    return not in_list and (inner.options[0].kind != "country" or outer.options[0].kind == "region")


def holds(outer: Entry, inner: Entry) -> bool:
    """Tell whether a country or region holds a smaller place (a county: whether it may)."""
    if inner.kind == "country" or outer.country != inner.country or outer is inner:
        return False
    if outer.kind == "country":
        return True
    if outer.kind == "county":
        return inner.kind == "city" and outer.admin1 == inner.admin1
    if outer.kind != "region":
        return False
    if outer.admin1 and inner.admin1:
        return outer.admin1 == inner.admin1 and inner.kind != "region"
    return inner.kind != "region" and kilometres(outer, inner) < REGION_REACH
