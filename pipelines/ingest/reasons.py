"""The fixed words for why a record is refused, and the sentence a person reads beside each."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

_FILE = Path(__file__).parent / "data" / "reasons.toml"
_LONGEST_FACT = 300


@cache
def sentences() -> dict[str, str]:
    """Every reason word with its sentence; names in braces stand for the facts of the case."""
    with _FILE.open("rb") as stream:
        return {word: str(entry["sentence"]) for word, entry in tomllib.load(stream).items()}


def explain(reason: str, **facts: object) -> str:
    """The reason's sentence with the facts filled in; KeyError for an unknown word or a missing fact."""
    return sentences()[reason].format(**{name: _presentable(fact) for name, fact in facts.items()})


def _presentable(fact: object) -> str:
    """A fact on one line of bounded length: it may come from hostile input."""
    text = str(fact)[: _LONGEST_FACT + 1]
    shown = text if text.isprintable() else "".join(char if char.isprintable() else " " for char in text)
    return shown if len(shown) <= _LONGEST_FACT else shown[: _LONGEST_FACT - 1] + "…"
