"""A cheap, over-inclusive test on plain text: could this sentence name anybody?"""

from __future__ import annotations

from functools import cache

from pipelines.extract.who.lexicon import lexicon
from pipelines.extract.who.vocabulary import vocabulary
from pipelines.extract.who.words import stream

_PRONOUNS = frozenset().union(
    *(vocabulary(name) for name in ("masculine", "feminine", "neuter", "plural", "speaker", "relative"))
)


def names_somebody(text: str) -> bool:
    """Whether ``text`` holds a word that could name an actor. Linear in its length."""
    common, proper = _wordings()
    for i, word in enumerate(stream(text)):
        if word.folded in common or word.folded in _PRONOUNS:
            return True
        if word.text[0].isupper() and (i > 0 or word.folded in proper):
            return True
    return False


@cache
def _wordings() -> tuple[frozenset[str], frozenset[str]]:
    words = lexicon()
    return words.common, words.proper
