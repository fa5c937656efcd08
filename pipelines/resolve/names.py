"""A person's name taken apart: given names and family name as keys, and whether two names can be one person's.

How words sound alike is ``spelling``; which names of the register are joined is ``persons``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipelines.resolve.spelling import folded, forename, forms, habits, profile, sound, words

_INITIAL = re.compile(r"^[^\W\d_](?:[^\W\d_]?\.)?$")  # "Z.", "Yu.", "Z"
_RUN_OF_INITIALS = re.compile(r"(?<=\.)(?=[^\W\d_])")
_LONGEST = 8  # words of a name; what is longer is compared as it is written


@dataclass(frozen=True, slots=True)
class Given:
    """One given name: its key, the keys of all its forms, and whether only its first letters are known."""

    key: str
    forms: tuple[str, ...]
    is_initial: bool

    def fits(self, other: Given) -> bool:
        """Whether both can be the same given name."""
        if self.is_initial == other.is_initial:
            return self.key == other.key
        initial, full = (self, other) if self.is_initial else (other, self)
        return any(form.startswith(initial.key) for form in full.forms)


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a name."""

    given: tuple[Given, ...]
    family: str

    def fits(self, other: Reading) -> bool:
        """Whether both can be one person's: the same family name, and given names that agree as far as both go."""
        pairs = zip(self.given, other.given, strict=False)
        return self.family == other.family and all(one.fits(another) for one, another in pairs)


@dataclass(frozen=True, slots=True)
class Name:
    """A full name: how it is read, and how else it can be met (turned round, second family name left out)."""

    reading: Reading
    others: tuple[Reading, ...] = ()

    @property
    def key(self) -> tuple[str, ...]:
        """What the spellings of this very name share."""
        return (
            self.reading.family,
            *(f"{one.key}." if one.is_initial else one.key for one in self.reading.given),
        )

    @property
    def has_initial(self) -> bool:
        """Whether the first given name is an initial."""
        return self.reading.given[0].is_initial

    def fits(self, other: Name) -> bool:
        """Whether both can be one person's name."""
        return (
            self.reading.fits(other.reading)
            or any(reading.fits(other.reading) for reading in self.others)
            or any(self.reading.fits(reading) for reading in other.others)
        )


def is_description(name: str) -> bool:
    """Whether the words describe an unnamed person ("Defence minister of Peru") rather than name one."""
    return any(
        word[0].islower() and folded(word).split("-")[0].strip() not in words().particles
        for word in name.split()
    )


def parts(name: str) -> list[tuple[str, bool]]:
    """The words of a name, folded, each with whether it is an initial; without honorifics and particles.

    Words with a hyphen count as several, save the last.
    """
    found: list[tuple[str, bool]] = []
    raw = _RUN_OF_INITIALS.sub(" ", name).split()
    for place, word in enumerate(raw):
        pieces = [piece for piece in folded(word).replace("-", " - ").split() if piece != "-"]
        is_initial = bool(_INITIAL.match(word))
        if len(raw) > 1 and not is_initial:
            pieces = [piece for piece in pieces if piece not in words().particles]
        if place == len(raw) - 1:
            pieces = ["".join(pieces)] if pieces else []
        found += [(piece, is_initial) for piece in pieces]
    while len(found) > 1 and found[0][0] in words().honorifics:
        found.pop(0)
    return _joined(found)


def _joined(found: list[tuple[str, bool]]) -> list[tuple[str, bool]]:
    """Words that are one with the next put together, and marks of generations moved before the family name."""
    whole: list[tuple[str, bool]] = []
    for word, is_initial in found:
        if whole and whole[-1][0] in words().joined:
            whole[-1] = (whole[-1][0] + word, False)
        else:
            whole.append((word, is_initial))
    if len(whole) > 2 and whole[-1][0] in words().generations:
        whole[-2:] = [whole[-1], whole[-2]]
    return whole


def read(name: str, country: str | None, regions: tuple[str, ...] | None = None) -> Name | str | None:
    """A full name, or the key of a name of one word, or None for what cannot be taken apart.

    ``regions`` are whose spellings count, if not those of the country.
    """
    regions = profile(country) if regions is None else regions
    found = [] if is_description(name) else parts(name)
    if not found or len(found) > _LONGEST:
        return None
    if len(found) == 1:
        return sound(found[0][0], regions) or None
    if found[-1][1]:
        return None  # nobody's family name is an initial
    if country in habits().family_first and not any(is_initial for _, is_initial in found):
        given = "".join(word for word, _ in found[1:])
        return Name(Reading((_given(given, False, regions),), sound(found[0][0], regions)))
    return Name(_reading(found, regions), tuple(_other_readings(found, country, regions)))


def _other_readings(
    found: list[tuple[str, bool]], country: str | None, regions: tuple[str, ...]
) -> list[Reading]:
    if country in habits().either_way and len(found) == 2 and not found[0][1]:
        return [_reading(found[::-1], regions)]
    if country in habits().two_families and len(found) > 2 and not found[-2][1]:
        return [_reading(found[:-1], regions)]
    return []


def _reading(found: list[tuple[str, bool]], regions: tuple[str, ...]) -> Reading:
    given = tuple(_given(word, is_initial, regions) for word, is_initial in found[:-1])
    return Reading(given, sound(found[-1][0], regions))


def _given(word: str, is_initial: bool, regions: tuple[str, ...]) -> Given:
    if is_initial:
        key = sound(word, regions)
        return Given(key, (key,), True)
    return Given(forename(word, regions), forms(word, regions), False)
