"""From a text to its places: the steps in order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from ..model import Place, Sentence
from .announced import find_announced
from .cues import weigh
from .gazetteer import load_gazetteer
from .resolve import Choice, resolve
from .spots import Spot, find_spots
from .words import cut

LONGEST_BLOCK = 400_000  # characters read at a time; no article comes near it


def find_places(
    text: str, sentences: Sequence[Sentence] | None = None, *, country_hint: str | None = None
) -> list[Place]:
    """Find every toponym of an article.

    ``country_hint`` is the alpha-3 code of the publisher's country; it tips the scale between
    namesakes and never makes a place by itself. ``sentences`` may be left out. Gives the places in
    the order of the text; offsets are code points and do not overlap.
    """
    places: list[Place] = []
    for start, end in _blocks(text):
        found = _find(text[start:end], country_hint)
        places += found if start == 0 else [_moved(place, start) for place in found]
    return places


def _blocks(text: str) -> Iterator[tuple[int, int]]:
    """Cut an overlong text between words, so that memory and time stay bounded."""
    start = 0
    while len(text) - start > LONGEST_BLOCK:
        tail = text[start : start + LONGEST_BLOCK]
        end = start + max(tail.rfind("\n"), tail.rfind(" "), len(tail) // 2) + 1
        yield start, end
        start = end
    yield start, len(text)


def _find(text: str, country_hint: str | None) -> list[Place]:
    words = cut(text)
    spots = find_spots(words, load_gazetteer())
    weigh(words, spots)
    chosen = resolve(words, spots, country_hint)
    known = [_place(text, spots[n], chosen[n]) for n in sorted(chosen)]
    return sorted(known + find_announced(words, known), key=lambda place: place.start)


def _moved(place: Place, by: int) -> Place:
    return replace(place, start=place.start + by, end=place.end + by)


def _place(text: str, spot: Spot, choice: Choice) -> Place:
    entry = choice.entry
    return Place(
        text=text[spot.start : spot.end],
        start=spot.start,
        end=spot.end,
        name=entry.name,
        country=entry.country,
        latitude=entry.latitude,
        longitude=entry.longitude,
        geonames_id=entry.geonames_id,
        kind="region" if entry.kind == "county" else entry.kind,
        admin1=entry.admin1,
        population=entry.population or None,
        method=choice.method,
    )
