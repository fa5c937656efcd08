"""Places that the gazetteer lacks and the text announces: "the village of X", "X district".

Such a place is given the country of the place it lies in, as the text says or as was named last,
and where that is a region or a town its position too: method ``parent`` says that the coordinates
are not its own. Where only a country is known there are none.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ..model import Place
from .lexicon import read_demonyms, read_lists, read_words
from .words import Words

MOST_WORDS = 3
FARTHEST = 400  # characters back to the place it is taken to lie in
INSIDE = 30  # characters on to a place after a comma or "in"
SHORTEST = 3  # letters


def find_announced(words: Words, known: Sequence[Place]) -> list[Place]:
    """Give the announced places that overlap none of the known ones, with their repetitions."""
    starts = [place.start for place in known]
    names: dict[tuple[str, ...], Place] = {}
    for first, after in _announcements(words):
        name = tuple(words.folded[first:after])
        place = _place(words, first, after, known, starts)
        if place is not None and (name not in names or names[name].country is None):
            names[name] = place
    found = []
    for first, after, model in _mentions(words, names):
        start, end = words.starts[first], words.ends[after - 1]
        if not _taken(start, end, known, starts):
            found.append(replace(model, text=words.text[start:end], start=start, end=end))
    return found


def _announcements(words: Words) -> Iterator[tuple[int, int]]:
    """Give the word ranges of names that a noun announces."""
    lists = read_lists("words.toml")
    for i in range(len(words)):
        word = words.folded[i]
        if word in lists["announcing_of"] and not words.capital(i) and words.before(i + 2, 1) == "of":
            after = _name_end(words, i + 2)
            if after and words.blank_after(i):
                yield i + 2, after
        elif word in lists["announcing_after"] and words.blank_after(i - 1) and words.capital(i - 1):
            first = i - 1
            while (
                first - 1 >= 0
                and i - first < MOST_WORDS
                and words.capital(first - 1)
                and words.joined(first - 1)
            ):
                first -= 1
            if not words.opens_sentence(first) and _nameable(words, first, i):
                yield first, i


def _name_end(words: Words, first: int) -> int:
    """Give the end of the capitalised name that begins at a word, 0 when there is none."""
    after = first
    while after - first < MOST_WORDS and words.capital(after) and (after == first or words.joined(after - 1)):
        after += 1
    return after if after > first and _nameable(words, first, after) else 0


def _nameable(words: Words, first: int, after: int) -> bool:
    """Tell whether capitalised words can be the name of a place."""
    lists = read_lists("words.toml")
    letters = sum(len(words.written[k]) for k in range(first, after))
    if letters < SHORTEST or any(words.written[k].isupper() for k in range(first, after)):
        return False
    common = (
        read_demonyms()
        | lists["no_name"]
        | lists["opening"]
        | lists["after_place"]
        | read_words("ordinary_words.txt")
    )
    return not any(words.folded[k] in common for k in range(first, after))


def _mentions(words: Words, names: dict[tuple[str, ...], Place]) -> Iterator[tuple[int, int, Place]]:
    """Give every mention of the announced names."""
    longest: dict[str, int] = {}
    for name in names:
        longest[name[0]] = max(longest.get(name[0], 0), len(name))
    for i in range(len(words)):
        if not words.capital(i):
            continue
        for size in range(longest.get(words.folded[i], 0), 0, -1):
            model = names.get(tuple(words.folded[i : i + size]))
            if model is not None and all(words.joined(k) for k in range(i, i + size - 1)):
                yield i, i + size, model
                break


def _place(
    words: Words, first: int, after: int, known: Sequence[Place], starts: Sequence[int]
) -> Place | None:
    """Make the place of an announced name, or None where a known place stands there already."""
    start, end = words.starts[first], words.ends[after - 1]
    if _taken(start, end, known, starts):
        return None
    parent = _parent(end, known, starts)
    near = parent is not None and parent.kind in {"region", "city"}
    return Place(
        text=words.text[start:end],
        start=start,
        end=end,
        name=" ".join(words.text[start:end].split()) if parent else None,
        country=parent.country if parent else None,
        latitude=parent.latitude if parent and near else None,
        longitude=parent.longitude if parent and near else None,
        geonames_id=None,
        admin1=parent.admin1 if parent and near else None,
        method="parent" if near else "none",
    )


def _parent(end: int, known: Sequence[Place], starts: Sequence[int]) -> Place | None:
    """Give the place an announced one lies in: right after it, else the last one named before."""
    n = bisect_left(starts, end)
    if n < len(known) and known[n].start - end <= INSIDE:
        return known[n]
    if n and end - known[n - 1].end <= FARTHEST:
        return known[n - 1]
    return None


def _taken(start: int, end: int, known: Sequence[Place], starts: Sequence[int]) -> bool:
    n = bisect_left(starts, end)
    return n > 0 and known[n - 1].end > start
