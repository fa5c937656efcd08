"""What the words around a name say for or against its being a place.

Cues are added up in the scale of ``resolve``: a clear one is worth about two, which is the
difference between a town of ten thousand people and a city of a million.
"""

from __future__ import annotations

from collections.abc import Iterable

from .gazetteer import load_gazetteer
from .lexicon import read_lists, read_words
from .spots import Spot
from .words import Words

ANNOUNCED = 4.0  # "the town of X"
STRONG = 2.0  # "in X"
PLAIN = 1.2  # "from X", "visited X"
DATELINE = 2.0
PERSON = -5.0  # "Mr X", "X Peterson"
LONGER_NAME = -3.5  # part of the name of something else
PUBLICATION = -5.0  # "China Daily", "Michigan State University", "University of California"
LONGER_LAND = -1.5  # the same after a country or a region: "Skate Canada"
UNKNOWN_NEXT = -1.5  # a large city before a capitalised word that is not known to make a name with it
NOT_A_NAME = -9.0  # "US$ 5", "West Nile virus", "A/California/7"
SPEAKS = -2.0  # "X said"
GIVEN_NAME = -2.0
SURNAME = -2.0
ORDINARY = -3.5
WORDLIKE = -2.0
SEEN_AS_PERSON = -4.0
LARGE = 100_000


def weigh(words: Words, spots: Iterable[Spot]) -> None:
    """Set the cue of every spot."""
    spots = list(spots)
    firsts = {spot.first for spot in spots}
    surnames, given = _people(words, firsts)
    surnames |= {spot.key for spot in spots if _ends_a_name(words, spot)}
    for spot in spots:
        if _glued(words, spot):
            spot.cue = NOT_A_NAME
            continue
        spot.cue = _before(words, spot) + _after(words, spot, firsts) + _itself(spot, surnames, given)


def _glued(words: Words, spot: Spot) -> bool:
    """Tell whether a sign or word ties the name into something that is no place."""
    text, last = words.text, spot.after - 1
    if text[spot.end : spot.end + 1] in {"$", "/", "@", "_"} or text[spot.start - 1 : spot.start] in {
        "/",
        "@",
        "_",
        "#",
    }:
        return True
    if spot.first and text[spot.start - 1 : spot.start] == "-":
        before = words.folded[spot.first - 1]
        if (
            words.capital(spot.first - 1)
            and before not in _lists("part_before")
            and before not in _lists("opening")
        ):
            return before not in load_gazetteer()
    follower = words.folded[spot.after] if words.blank_after(last) else ""
    return follower in _lists("disease_after")


def _lists(name: str) -> frozenset[str]:
    return read_lists("words.toml")[name]


def _people(words: Words, firsts: set[int]) -> tuple[set[str], set[str]]:
    """Read names of persons off the text: surnames and given names that it uses as such."""
    given, address = read_words("given_names.txt"), _lists("person_before")
    surnames, used = set(), set()
    for i in range(len(words) - 1):
        if not (words.capital(i) and words.capital(i + 1)):
            continue
        word, follower = words.folded[i], words.folded[i + 1]
        tied = words.blank_after(i)
        if (
            word in given
            and tied
            and follower not in _lists("after_place")
            and not words.written[i].isupper()
        ):
            surnames.add(follower)
            if follower not in _lists("organisation_after") and follower not in _lists("region_after"):
                used.add(word)
            if words.capital(i + 2) and words.blank_after(i + 1) and follower in given:
                surnames.add(words.folded[i + 2])
        elif word in address and word not in _HOLY and (tied or words.gap(i) == ". "):
            surnames.add(follower)
    return surnames, used


def _ends_a_name(words: Words, spot: Spot) -> bool:
    """Tell whether a small town's name follows an unknown capitalised word: "Myles Garrett"."""
    i = spot.first
    if spot.after - i > 1 or not _town(spot) or _large(spot) or not words.capital(i - 1):
        return False
    alone = words.before(i) != "" and not words.opens_sentence(i - 1) and not words.written[i - 1].isupper()
    return alone and _capital_before(words, spot, words.folded[i - 1]) == LONGER_NAME


_HOLY = frozenset({"san", "santa", "saint", "sao"})  # also begin names of towns


def _before(words: Words, spot: Spot) -> float:
    """Weigh the word before a name."""
    i = spot.first
    word = words.before(i)
    if not word and i and words.gap(i - 1) == ". " and words.folded[i - 1] in _lists("person_before"):
        return PERSON
    if i and words.gap(i - 1) == ". " and len(words.written[i - 1]) == 1 and words.capital(i - 2):
        return PERSON  # "Victor N. X"
    if not word:
        return DATELINE if _dateline(words, spot) else 0.0
    if word == "of":
        return _of(words, i)
    if word == "old" and i > 2 and words.folded[i - 2] in {"year", "month"}:  # "45-year-old X"
        return PERSON
    if words.capital(i - 1):
        return _capital_before(words, spot, word)
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
        return ANNOUNCED
    if word in _lists("organisation_of") and words.capital(i - 2):
        return PUBLICATION
    return 0.0


def _capital_before(words: Words, spot: Spot, word: str) -> float:
    i = spot.first
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
    return LONGER_NAME if _town(spot) else LONGER_LAND


def _dateline(words: Words, spot: Spot) -> bool:
    """Tell whether a name opens a paragraph as its dateline: "NAIROBI, Kenya (AP) —", "PARIS —"."""
    i = spot.first
    opens = i == 0 or "\n" in words.gap(i - 1)
    if not opens:
        return False
    rest = words.text[spot.end : spot.end + 40]
    return any(sign in rest for sign in (" — ", " – ", " -- ", " - ", "(AP)", "(Reuters)", "(AFP)", "(CNN)"))


def _after(words: Words, spot: Spot, firsts: set[int]) -> float:
    """Weigh what comes after a name."""
    last = spot.after - 1
    if not words.blank_after(last):
        return _after_sign(words, spot)
    word = words.folded[spot.after]
    if not words.capital(spot.after):
        if word in _lists("region_after"):
            return PLAIN
        return SPEAKS if word in _lists("person_after") and _town(spot) else 0.0
    if word == "state" and words.blank_after(spot.after) and words.folded[spot.after + 1] == "university":
        return PUBLICATION
    if word in _lists("publication_after"):
        return PUBLICATION
    if word in _lists("region_after"):
        return PLAIN
    if word in _lists("organisation_after"):
        return LONGER_NAME if _town(spot) else -2.0
    if (
        word in _lists("after_place")
        or words.opens_sentence(spot.after)
        or words.written[spot.after].isupper()
    ):
        return 0.0
    if spot.options[0].kind == "county":
        return 0.0  # "X County" is whole whatever follows
    if not _town(spot):
        return LONGER_LAND
    if spot.after in firsts and len(spot.key) > 12:
        return 0.0
    return UNKNOWN_NEXT if _large(spot) else PERSON


def _after_sign(words: Words, spot: Spot) -> float:
    """Weigh a possessive or a comma after a town: "X, who", "X, 43", "St X's Hospital"."""
    if not _town(spot):
        return 0.0
    rest = words.text[spot.end : spot.end + 6]
    if rest.startswith((", who", ", 1", ", 2", ", 3", ", 4", ", 5", ", 6", ", 7", ", 8", ", 9")):
        return SPEAKS if not _year_follows(words.text, spot.end) else 0.0
    holy = spot.key.startswith(("st ", "saint "))
    if holy and rest[:2] in {"'s", "’s"} and words.capital(spot.after + 1):
        return LONGER_NAME
    return 0.0


def _year_follows(text: str, end: int) -> bool:
    return text[end + 2 : end + 6].isdigit()


def _large(spot: Spot) -> bool:
    """Tell whether a name is first of all that of a large city."""
    person = spot.key in read_words("given_names.txt") or spot.key in read_words("surnames.txt")
    return not person and any(option.population >= LARGE for option in spot.options)


def _town(spot: Spot) -> bool:
    return not spot.short and all(option.kind == "city" for option in spot.options)


def _itself(spot: Spot, surnames: set[str], given: set[str]) -> float:
    """Weigh the name by itself."""
    seen = SEEN_AS_PERSON if spot.key in surnames or spot.key in given else 0.0
    if spot.after - spot.first > 1 or spot.short or not _town(spot):
        return seen
    cue = seen
    if spot.key in read_words("ordinary_words.txt"):
        cue += ORDINARY
    elif spot.key in _lists("wordlike_towns"):
        cue += WORDLIKE
    if spot.key in read_words("given_names.txt"):
        cue += GIVEN_NAME
    if spot.key in read_words("surnames.txt"):
        cue += SURNAME
    return cue
