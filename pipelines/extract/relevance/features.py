"""What a sentence shows of whether it tells of politics: its words, and what kinds of names are in it.

Kinds are those of the actor lexicon ("<country>", "<body>", "<title>"), so that a state that no training text
names counts like one that many do.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from itertools import chain, compress, pairwise
from operator import itemgetter
from typing import NamedTuple

from pipelines.extract.who.lexicon import lexicon
from pipelines.extract.who.words import fold

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_POSSESSIVE = ("'s", "’s")
_COMMON = frozenset(("body", "group", "title", "thing"))  # kinds that are called by common nouns too
_MOST_KEPT = 1 << 17


class _Known(NamedTuple):
    """What a word shows by itself, how the lexicon looks it up, and whether names of two words begin with it."""

    features: tuple[str, ...]
    plain: str
    opens_pair: bool


_FEATURES, _OPENS_PAIR = itemgetter(0), itemgetter(2)


def features(text: str) -> frozenset[str]:
    """The words of a text in lower case, and in angle brackets the kinds of names of one or two words."""
    words = list(map(_known, _WORD.findall(text)))
    found = set(chain.from_iterable(map(_FEATURES, words)))
    # Loops in C, since every sentence of every article comes by here: few words open a pair.
    for first, second in compress(pairwise(words), map(_OPENS_PAIR, words)):
        found.update(_bracketed(lexicon().kinds((first.plain, second.plain))))
    return frozenset(found)


@lru_cache(maxsize=_MOST_KEPT)
def _known(word: str) -> _Known:
    plain = fold(word[:-2] if word.endswith(_POSSESSIVE) else word)
    kinds = lexicon().kinds((plain,))
    shown = kinds if word[0].isupper() else kinds & _COMMON
    return _Known((word.lower(), *_bracketed(shown)), plain, lexicon().opens_pair(plain))


def _bracketed(kinds: Iterable[str]) -> list[str]:
    return [f"<{kind}>" for kind in kinds]
