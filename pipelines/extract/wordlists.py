"""Small word lists of the extractor, read from ``lexicon/wordlists.toml``."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path

_FILE = Path(__file__).parent / "lexicon" / "wordlists.toml"


@cache
def _lists() -> dict[str, list[str]]:
    data = tomllib.loads(_FILE.read_text("utf-8"))
    return {name: list(words) for name, words in data.items()}


@cache
def words(name: str) -> frozenset[str]:
    """The words of one list; KeyError where the file has no such list."""
    return frozenset(_lists()[name])


@cache
def ordered_words(name: str) -> tuple[str, ...]:
    """The words of one list in the file's order, where that is an order of preference; KeyError as for ``words``."""
    return tuple(_lists()[name])


def word_pattern(name: str, template: str) -> re.Pattern[str]:
    """A compiled pattern: ``{words}`` in the template becomes the alternation of the list, longest first."""
    ordered = sorted(words(name), key=lambda word: (-len(word), word))
    return re.compile(template.replace("{words}", "|".join(map(re.escape, ordered))))
