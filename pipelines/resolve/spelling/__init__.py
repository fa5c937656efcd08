"""One key for the different spellings of a name's word: letters, the rules of a region, forenames, all from data files.

What two names have to share to be one person's is not said here (``resolve.persons``).
"""

from __future__ import annotations

import csv
import re
import tomllib
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

_FOLDER = Path(__file__).parent
_NOT_IN_WORDS = re.compile(r"[^a-z0-9\s-]+")


@dataclass(frozen=True, slots=True)
class Words:
    """Words inside names that are not told by their sound: see ``regions.toml``."""

    particles: frozenset[str]
    joined: frozenset[str]
    honorifics: frozenset[str]
    generations: frozenset[str]


@dataclass(frozen=True, slots=True)
class Region:
    """The countries of a region, and how their words are rewritten."""

    countries: frozenset[str]
    rules: tuple[tuple[re.Pattern[str], str], ...]


@dataclass(frozen=True, slots=True)
class Habits:
    """Where family names stand, by country."""

    family_first: frozenset[str]
    either_way: frozenset[str]
    two_families: frozenset[str]


def folded(name: str) -> str:
    """Lower-case Latin letters, digits, spaces and hyphens, without marks and apostrophes; unknown scripts vanish."""
    letters = _letters()
    plain = "".join(letters.get(letter, letter) for letter in name.lower())
    unmarked = "".join(
        letters.get(letter, letter)
        for letter in unicodedata.normalize("NFKD", plain)
        if not unicodedata.combining(letter)
    )
    return _NOT_IN_WORDS.sub("", unmarked.replace(".", " "))


def profile(country: str | None) -> tuple[str, ...]:
    """The regions whose rules a country's names follow; empty for a country without rules of its own, or for None."""
    return tuple(name for name, region in _regions().items() if country in region.countries)


def profiles() -> tuple[tuple[str, ...], ...]:
    """Every combination of regions that some country has, the empty one among them."""
    countries = {country for region in _regions().values() for country in region.countries}
    return tuple(sorted({(), *(profile(country) for country in countries)}))


@lru_cache(maxsize=1 << 18)
def sound(word: str, regions: tuple[str, ...]) -> str:
    """The key of a folded word under the rules of these regions: the same for the spellings of one name."""
    for pattern, becomes in _rules(regions):
        word = pattern.sub(becomes, word)
    return word


@lru_cache(maxsize=1 << 18)
def forename(word: str, regions: tuple[str, ...]) -> str:
    """Like ``sound``, and the same for a forename's other forms."""
    key = sound(word, regions)
    return _forenames(regions).get(key, key)


def forms(word: str, regions: tuple[str, ...]) -> tuple[str, ...]:
    """The keys of all the forms that a forename has: its own first."""
    own = sound(word, regions)
    return (own, *_rows_of_forms(regions).get(forename(word, regions), ()))


@cache
def words() -> Words:
    """Particles, words that are one with the next, honorifics and marks of generations."""
    data = _toml()["words"]
    return Words(*(frozenset(data[name]) for name in ("particles", "joined", "honorifics", "generations")))


@cache
def habits() -> Habits:
    """Where the family name stands, and how many there are."""
    data = _toml()
    order, family = data["order"], data["family"]
    return Habits(frozenset(order["first"]), frozenset(order["either"]), frozenset(family["two"]))


@cache
def _toml() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads((_FOLDER / "regions.toml").read_text("utf-8"))


@cache
def _regions() -> dict[str, Region]:
    data = tomllib.loads((_FOLDER / "regions.toml").read_text("utf-8"))
    return {
        name: Region(frozenset(region["countries"]), _compiled(region["rules"]))
        for name, region in data["regions"].items()
    }


def _compiled(rules: list[list[str]]) -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(pattern), becomes) for pattern, becomes in rules)


@cache
def _rules(regions: tuple[str, ...]) -> tuple[tuple[re.Pattern[str], str], ...]:
    own = [rule for name in regions for rule in _regions()[name].rules]
    return (*own, *_compiled([list(rule) for rule in _toml()["every"]["rules"]]))


@cache
def _letters() -> dict[str, str]:
    return {row["letter"]: row["becomes"] for row in _rows("letters.csv")}


@cache
def _forenames(regions: tuple[str, ...]) -> dict[str, str]:
    """Keys of forenames to the key of the first form in their row; a region's rows come before those of every."""
    found: dict[str, str] = {}
    for wanted in (*regions, "every"):
        for row in _rows("forenames.csv"):
            if row["region"] == wanted:
                keys = [sound(folded(name).replace("-", ""), regions) for name in row["names"].split("|")]
                first = next((found[key] for key in keys if key in found), keys[0])
                for key in keys:
                    found.setdefault(key, first)
    return found


@cache
def _rows_of_forms(regions: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for form, first in _forenames(regions).items():
        found.setdefault(first, []).append(form)
    return {first: tuple(sorted(all_forms)) for first, all_forms in found.items()}


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (_FOLDER / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(line for line in file if not line.startswith("#"))
