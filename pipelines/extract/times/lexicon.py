"""The calendar words, named days, cues and evidence, as read from ``lexicon/times``.

Only loading and checking of data belongs here; what the words mean to a reader does not.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent.parent / "lexicon" / "times"

# Categories of tokens that no word list defines; words.toml may not use these names.
TOKEN_CATEGORIES = (
    *("day", "year", "year2", "num", "dayord", "ordnum", "numeric", "clock", "decade"),
    *("comma", "dot", "dash", "slash", "lpar", "rpar", "apos", "stop", "percent", "money", "break"),
    *("holiday", "name", "low", "plural", "cap", "other"),
)

_SPELLINGS: Mapping[str, Callable[[str], str]] = {
    "lower": str.lower,
    "capital": str.capitalize,
    "upper": str.upper,
}

WordValue = int | str


@dataclass(frozen=True, slots=True)
class NamedDay:
    """A day with a name: fixed (``month``, ``day``), the nth weekday of a month, or counted from Easter."""

    month: int | None = None
    day: int | None = None
    year: int | None = None
    weekday: int | None = None
    nth: int = 1
    offset: int = 0
    easter: int | None = None


@dataclass(frozen=True, slots=True)
class Words:
    """``category`` maps a spelling to its category, ``value`` a category and lower-case word to its value."""

    category: Mapping[str, str]
    value: Mapping[tuple[str, str], WordValue]
    categories: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Phrases:
    """``heads`` maps the first token of a phrase, as spelled, to a pattern of whole phrases."""

    heads: Mapping[str, re.Pattern[str]]
    days: Mapping[str, NamedDay]


@dataclass(frozen=True, slots=True)
class Cues:
    """Words that tell whether something lies ahead or behind; see ``cues.toml``."""

    future: frozenset[str]
    future_before: frozenset[str]
    future_links: frozenset[str]
    past: frozenset[str]
    past_endings: tuple[str, ...]
    neither: frozenset[str]
    ahead: frozenset[str]
    behind: frozenset[str]
    ahead_of: frozenset[str]
    abbreviations: frozenset[str]


def read_data(name: str) -> dict[str, Any]:
    """Read ``lexicon/times/<name>.toml``."""
    with (FOLDER / f"{name}.toml").open("rb") as file:
        return tomllib.load(file)


@cache
def load_words() -> Words:
    """Load ``words.toml``; raises ``ValueError`` when one spelling stands in two categories."""
    data = read_data("words")
    cases: dict[str, list[str]] = data.pop("cases")
    category: dict[str, str] = {}
    value: dict[tuple[str, str], WordValue] = {}
    for name, words in data.items():
        for word, meaning in words.items():
            value[name, word] = meaning
            for case in cases.get(name, list(_SPELLINGS)):
                spelled = _SPELLINGS[case](word)
                if category.setdefault(spelled, name) != name:
                    raise ValueError(f"words.toml: {spelled!r} is in [{category[spelled]}] and in [{name}]")
    return Words(category, value, (*data, *TOKEN_CATEGORIES))


@cache
def load_phrases() -> Phrases:
    """Load ``days.toml``: the named days and the names that only look like dates."""
    data = read_data("days")
    days: dict[str, NamedDay] = {}
    for entry in data["day"]:
        names = entry.pop("names")
        days.update(dict.fromkeys(names, NamedDay(**entry)))
    phrases = [*days, *(name for entry in data["not_a_date"] for name in entry["names"])]
    by_head: dict[str, list[str]] = {}
    for phrase in sorted(phrases, key=len, reverse=True):
        head = re.match(r"\d+|\w+", phrase)
        if head is None:
            raise ValueError(f"days.toml: {phrase!r} does not begin with a word")
        for spelled in {head[0].capitalize(), head[0].upper()}:
            by_head.setdefault(spelled, []).append(phrase)
    return Phrases({head: _any_of(found) for head, found in by_head.items()}, days)


def _any_of(phrases: list[str]) -> re.Pattern[str]:
    choices = (r"\s{1,3}".join(re.escape(word) for word in phrase.split()) for phrase in phrases)
    return re.compile(rf"(?:{'|'.join(choices)})(?!\w)".replace("'", "['’]"), re.IGNORECASE)


@cache
def load_cues() -> Cues:
    """Load ``cues.toml``."""
    data = read_data("cues")
    endings = tuple(data.pop("past_endings"))
    return Cues(past_endings=endings, **{name: frozenset(words) for name, words in data.items()})
