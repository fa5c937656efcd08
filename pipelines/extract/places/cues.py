"""What the words around a name say for or against its being a place.

Cues are added up in the scale of ``resolve``: a clear one is worth about two, which is the
difference between a town of ten thousand people and a city of a million.
"""

from __future__ import annotations

from collections.abc import Iterable

from .lexicon import read_lists, read_words
from .spots import Spot
from .words import Words

STRONG = 2.0  # "in X", "the town of X"
PLAIN = 1.2  # "from X", "visited X"
DATELINE = 2.0
PERSON = -5.0  # "Mr X", "X Peterson"
LONGER_NAME = -3.5  # part of the name of something else
SPEAKS = -2.0  # "X said"
GIVEN_NAME = -2.0
SURNAME = -2.0
ORDINARY = -3.5
SEEN_AS_PERSON = -3.0


def weigh(words: Words, spots: Iterable[Spot]) -> None:
    """Set the cue of every spot."""
    spots = list(spots)
    firsts = {spot.first for spot in spots}
    surnames = _surnames(words)
    for spot in spots:
        spot.cue = _before(words, spot) + _after(words, spot, firsts) + _itself(words, spot, surnames)


def _lists(name: str) -> frozenset[str]:
    return read_lists("words.toml")[name]


def _surnames(words: Words) -> set[str]:
    """Words that the text uses as surnames: after a given name or a form of address."""
    given, address = read_words("given_names.txt"), _lists("person_before")
    found = set()
    for i in range(len(words) - 1):
        if not (words.capital(i) and words.capital(i + 1)):
            continue
        first = words.folded[i]
        titled = first in address and first not in {"san", "santa", "saint", "sao"}
        if (first in given or titled) and (words.blank_after(i) or words.gap(i) == ". "):
            found.add(words.folded[i + 1])
            if words.capital(i + 2) and words.blank_after(i + 1) and words.folded[i + 1] in given:
                found.add(words.folded[i + 2])
    return found


def _before(words: Words, spot: Spot) -> float:
    """Weigh the word before a name."""
    i = spot.first
    word = words.before(i)
    if not word and i and words.gap(i - 1) == ". " and words.folded[i - 1] in _lists("person_before"):
        return PERSON
    if not word:
        return DATELINE if _dateline(words, spot) else 0.0
    if word == "of":
        return _of(words, i)
    if words.capital(i - 1):
        return _capital_before(words, i, word)
    if word == "the":
        return 0.0
    if word in _lists("region_before") or word in _lists("part_before"):
        return STRONG
    if word in _lists("strong_locative"):
        return STRONG
    return PLAIN if word in _lists("locative") else 0.0


def _of(words: Words, i: int) -> float:
    """Weigh what stands before "of": a kind of place, or a kind of body."""
    word = words.before(i, 2)
    if word in _lists("region_of"):
        return STRONG
    if word in _lists("organisation_of") and words.capital(i - 2):
        return LONGER_NAME
    return 0.0


def _capital_before(words: Words, i: int, word: str) -> float:
    if word in _lists("opening") or word in _lists("strong_locative"):
        return STRONG if word in _lists("strong_locative") else 0.0
    if word in _lists("part_before") or word in _lists("region_before"):
        return PLAIN
    if word in read_words("given_names.txt") or word in _lists("person_before"):
        return PERSON
    if word in _lists("name_before"):
        return LONGER_NAME
    if words.opens_sentence(i - 1) and word in read_words("ordinary_words.txt"):
        return 0.0
    if words.written[i - 1].isupper() and len(word) > 1:
        return 0.0 if words.written[i].isupper() else -1.0
    return LONGER_NAME


def _dateline(words: Words, spot: Spot) -> bool:
    """Tell whether a name opens a paragraph as its dateline: "NAIROBI, Kenya (AP) —", "PARIS —"."""
    i = spot.first
    opens = i == 0 or "\n" in words.gap(i - 1)
    if not opens:
        return False
    rest = words.text[spot.end : spot.end + 40]
    return any(sign in rest for sign in (" — ", " – ", " -- ", " - ", "(AP)", "(Reuters)", "(AFP)", "(CNN)"))


def _after(words: Words, spot: Spot, firsts: set[int]) -> float:
    """Weigh the word after a name."""
    last = spot.after - 1
    if not words.blank_after(last):
        return 0.0
    word = words.folded[spot.after]
    if not words.capital(spot.after):
        if word in _lists("region_after"):
            return PLAIN
        return SPEAKS if word in _lists("person_after") and _town(spot) else 0.0
    if word in _lists("region_after"):
        return PLAIN
    if word in _lists("organisation_after"):
        return _organisation(spot)
    if word in _lists("after_place"):
        return 0.0
    if words.opens_sentence(spot.after) or words.written[spot.after].isupper():
        return 0.0
    if not _town(spot):
        return -1.0 if spot.options[0].kind == "country" else -2.0
    return 0.0 if spot.after in firsts and len(spot.key) > 12 else PERSON


def _organisation(spot: Spot) -> float:
    return LONGER_NAME if _town(spot) else -2.0


def _town(spot: Spot) -> bool:
    return not spot.short and all(option.kind == "city" for option in spot.options)


def _itself(words: Words, spot: Spot, surnames: set[str]) -> float:
    """Weigh the name by itself."""
    if spot.after - spot.first > 1 or spot.short or not _town(spot):
        return SEEN_AS_PERSON if spot.key in surnames else 0.0
    cue = 0.0
    if spot.key in read_words("ordinary_words.txt"):
        cue += ORDINARY
    if spot.key in read_words("given_names.txt"):
        cue += GIVEN_NAME
    if spot.key in read_words("surnames.txt"):
        cue += SURNAME
    if spot.key in surnames:
        cue += SEEN_AS_PERSON
    return cue
