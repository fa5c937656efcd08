"""Reading the places lexicon: tables and word lists as plain values.

Only reading belongs here; what a list is for is said in its file's header.
"""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parents[1] / "lexicon" / "places"


def read_table(name: str) -> Iterator[dict[str, str]]:
    """Give the rows of a CSV file of the lexicon; lines that begin with # are remarks."""
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(line for line in file if not line.startswith("#"))


@cache
def read_words(name: str) -> frozenset[str]:
    """Give the words of a text file, any number a line; # begins a remark."""
    lines = (FOLDER / name).read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines for word in line.partition("#")[0].split())


@cache
def read_lists(name: str) -> dict[str, frozenset[str]]:
    """Give the lists of a TOML file, each as a set."""
    with (FOLDER / name).open("rb") as file:
        return {key: frozenset(values) for key, values in tomllib.load(file).items()}


@cache
def read_phrases(name: str) -> dict[str, frozenset[str]]:
    """Give the phrases of a text file, one a line, by their first word."""
    found: dict[str, set[str]] = {}
    for line in (FOLDER / name).read_text(encoding="utf-8").splitlines():
        phrase = line.strip()
        if phrase and not phrase.startswith("#"):
            found.setdefault(phrase.split()[0], set()).add(phrase)
    return {word: frozenset(phrases) for word, phrases in found.items()}


@cache
def read_demonyms() -> frozenset[str]:
    """Give the single-word adjectives of countries ("dutch"), from the lexicon of actors."""
    words = {w for row in read_table("../actors/countries.csv") for w in row["adjectives"].split("|")}
    return frozenset(word.lower() for word in words if word.isalpha())
