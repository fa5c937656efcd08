"""The small closed word lists of ``lexicon/actors/vocabulary.toml``, by name."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

_FILE = Path(__file__).resolve().parent.parent / "lexicon" / "actors" / "vocabulary.toml"


@cache
def _lists() -> dict[str, frozenset[str]]:
    with _FILE.open("rb") as file:
        return {name: frozenset(words) for name, words in tomllib.load(file).items()}


def vocabulary(name: str) -> frozenset[str]:
    """Give the word list ``name``, lower case. Raises KeyError if the file has none of that name."""
    return _lists()[name]
