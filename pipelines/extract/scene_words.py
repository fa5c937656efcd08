"""The word lists of ``lexicon/scene.toml``: what words say of the time and place of an event."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path

_FILE = Path(__file__).parent / "lexicon" / "scene.toml"


@cache
def _lists() -> dict[str, list[str]]:
    return {name: list(words) for name, words in tomllib.loads(_FILE.read_text("utf-8")).items()}


@cache
def scene_words(name: str) -> frozenset[str]:
    """The words of one list; KeyError where the file has no such list."""
    return frozenset(_lists()[name])


@cache
def scene_pattern(name: str) -> re.Pattern[str]:
    """A pattern for any phrase of a list as whole words, whatever their case."""
    ordered = sorted(scene_words(name), key=lambda phrase: (-len(phrase), phrase))
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, ordered))})(?!\w)", re.IGNORECASE)
