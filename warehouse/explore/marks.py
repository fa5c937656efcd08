"""Marking stretches of a text: from offsets that may overlap to pieces that may not. Nothing here knows HTML."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import pairwise

# What finds the words for a date or place in a sentence: text, publication date (EDTF) -> stretches.
Finder = Callable[[str, str | None], "Found"]


@dataclass(frozen=True, slots=True, order=True)
class Stretch:
    """Code points from ``start`` to before ``end``; ``kind`` says what they name, ``note`` more about it."""

    start: int
    end: int
    kind: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """Expressions of time by their EDTF value, and of place by the name they stand for."""

    times: tuple[tuple[int, int, str], ...] = ()
    places: tuple[tuple[int, int, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of text with everything that it is part of; ``kinds`` is sorted, ``notes`` in the same order."""

    text: str
    start: int
    kinds: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def pieces(text: str, stretches: Iterable[Stretch]) -> list[Piece]:
    """The text cut where a stretch begins or ends; joined, the pieces are the text again.

    Stretches that lie outside the text, wholly or partly, are left out or cut.
    """
    inside = [
        Stretch(max(0, s.start), min(len(text), s.end), s.kind, s.note)
        for s in sorted(stretches)
        if s.start < len(text) and s.end > 0 and s.start < s.end
    ]
    cuts = sorted({0, len(text)} | {s.start for s in inside} | {s.end for s in inside})
    found: list[Piece] = []
    waiting, running = 0, list[Stretch]()
    for start, end in pairwise(cuts):
        while waiting < len(inside) and inside[waiting].start <= start:
            running.append(inside[waiting])
            waiting += 1
        running = [s for s in running if s.end > start]
        here = sorted({(s.kind, s.note) for s in running})
        found.append(
            Piece(text[start:end], start, tuple(kind for kind, _ in here), tuple(note for _, note in here))
        )
    return found


def no_finder(text: str, published: str | None) -> Found:
    """Finds nothing: for a page that is served without a reader of texts."""
    return Found()
