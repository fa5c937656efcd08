"""Finding the stretches of a text that bear a name of the gazetteer.

What the words around a name say about it belongs in ``cues``, which place is meant in ``resolve``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from .fold import fold_word
from .gazetteer import ARTICLES, Entry, Gazetteer
from .lexicon import read_demonyms, read_lists, read_phrases
from .words import Words

LONGEST_SHORT = 5  # letters of "USSR" and one to spare


@dataclass(slots=True)
class Spot:
    """A name at ``text[start:end]``, made of the words ``first`` up to and without ``after``."""

    start: int
    end: int
    first: int
    after: int
    key: str
    options: list[Entry]
    short: bool = False  # an abbreviation
    bound: bool = False  # an abbreviation that counts only after a place and a comma
    cue: float = 0.0
    inside: Spot | None = None  # the place after the comma: "Paris, Texas"
    container: bool = False  # it is that place after a comma


def find_spots(words: Words, gazetteer: Gazetteer) -> list[Spot]:
    """Give every name in the text, longest first at each word, none overlapping."""
    spots: list[Spot] = []
    meanings: dict[str, list[Entry]] = {}
    free = 0  # the first word that no name has taken yet
    for i, capital in enumerate(words.capitals):
        if i < free or not (capital or _article(words, i)):
            continue
        skipped = _no_place(words, i)
        spot = None if skipped else _at(words, i, gazetteer, meanings)
        if skipped:
            free = i + skipped
        elif spot is not None:
            spots.append(spot)
            free = spot.after
    return spots


def _article(words: Words, i: int) -> bool:
    """Tell whether word i is the small first part of an Arabic name: "al-Minya"."""
    return words.folded[i] in ARTICLES and words.capital(i + 1) and words.gap(i) == "-"


def _no_place(words: Words, i: int) -> int:
    """Give how many words from word i make a name that is known to be no place: "White House"."""
    phrases = read_phrases("not_places.txt").get(words.folded[i])
    if phrases is None:
        return 0
    sizes = [p.count(" ") + 1 for p in phrases if words.folded[i : i + p.count(" ") + 1] == p.split()]
    return max(sizes, default=0)


def _at(words: Words, i: int, gazetteer: Gazetteer, meanings: dict[str, list[Entry]]) -> Spot | None:
    """Give the longest name that begins at word i; ``meanings`` keeps what was looked up."""
    short = _short_at(words, i, gazetteer)
    if short is not None and short.bound and i and words.gap(i - 1) == ", ":
        return short  # "Portland, Ore." though there is a town of Ore
    longest = gazetteer.longest.get(words.folded[i], 0)
    for after in reversed(list(_spans(words, i, longest))):
        key = " ".join(words.folded[i:after])
        if key in gazetteer and _well_written(words, i, after):
            end = words.ends[after - 1]
            if key not in meanings:
                meanings[key] = gazetteer.lookup(key)
            return Spot(words.starts[i], end, i, after, key, meanings[key])
    return short


def _spans(words: Words, i: int, longest: int) -> Iterator[int]:
    """Give the ends of the stretches from word i that could be one name."""
    connectors = read_lists("words.toml")["connector"]
    after = i + 1
    while after - i <= longest:
        last = after - 1
        if words.capital(last) or (after - i > 1 and words.gap(last - 1) in {"'", "’"}):
            yield after
        elif words.folded[last] not in connectors and words.folded[last] not in _region_nouns():
            return
        elif words.folded[last] in _region_nouns():
            yield after
        if not words.joined(last):
            return
        after += 1


def _region_nouns() -> frozenset[str]:
    return read_lists("words.toml")["region_after"]


def _well_written(words: Words, i: int, after: int) -> bool:
    """Tell a name from an acronym: "WHO" and "Am" are no towns, "ROME" may be one."""
    if after - i > 1:
        return any(words.capital(k) for k in range(i, after))
    word = words.written[i]
    if words.folded[i] in read_demonyms():
        return False
    return words.capital(i) and len(word) > 2 and (not word.isupper() or len(word) > 4 or _shouting(words, i))


def _shouting(words: Words, i: int) -> bool:
    """Tell whether a neighbour of word i is a word of capitals as well: a headline or a dateline."""
    return any(
        0 <= k < len(words) and len(words.written[k]) > 4 and words.written[k].isupper()
        for k in (i - 1, i + 1)
    )


def _short_at(words: Words, i: int, gazetteer: Gazetteer) -> Spot | None:
    """Read an abbreviation: "US", "U.S.", "N.Y.", "Ill."."""
    letters, after, points = words.written[i], i + 1, 0
    if not letters[0].isupper():
        return None
    if len(letters) == 1 or (words.gap(i) == "." and after < len(words) and letters in {"W", "N"}):
        while after < len(words) and words.gap(after - 1) == "." and len(words.written[after]) <= 2:
            letters += words.written[after]
            after += 1
            points += 1
    options = gazetteer.shorts.get(letters)
    if options is None or len(letters) > LONGEST_SHORT:
        return None
    end = words.ends[after - 1]
    if words.text[end : end + 1] == ".":
        points += 1
    ends_with_point = points > 0 and (after - i > 1 or not letters.isupper() or len(letters) == 1)
    if not letters.isupper() and not ends_with_point:
        return None
    free = letters.isupper() and (
        len(letters) > 2 or points > 1 or any(option.kind == "country" for option in options)
    )
    end += ends_with_point and words.text[end : end + 1] == "."
    key = "." + fold_word(letters)
    return Spot(words.starts[i], end, i, after, key, list(options), short=True, bound=not free)
