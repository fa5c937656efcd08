"""From a text to its places: the steps in order."""

from __future__ import annotations

from collections.abc import Sequence

from ..model import Place, Sentence
from .announced import find_announced
from .cues import weigh
from .gazetteer import load_gazetteer
from .resolve import Choice, resolve
from .spots import Spot, find_spots
from .words import cut


def find_places(
    text: str, sentences: Sequence[Sentence] | None = None, *, country_hint: str | None = None
) -> list[Place]:
    """Find every toponym of an article.

    ``country_hint`` is the alpha-3 code of the publisher's country; it tips the scale between
    namesakes and never makes a place by itself. ``sentences`` may be left out. Gives the places in
    the order of the text; offsets are code points and do not overlap.
    """
    gazetteer = load_gazetteer()
    words = cut(text)
    spots = find_spots(words, gazetteer)
    weigh(words, spots)
    chosen = resolve(words, spots, country_hint)
    known = [_place(text, spots[n], chosen[n]) for n in sorted(chosen)]
    return sorted(known + find_announced(words, known), key=lambda place: place.start)


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
