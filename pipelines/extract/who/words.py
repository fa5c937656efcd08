"""Words of a sentence and how they are folded for look-up. Knows nothing of who they name."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from pipelines.extract.who.vocabulary import vocabulary

# "U.S." and "U.N." are one word, "Makey's" is two, hyphens part words; linear: no nested quantifiers overlap
_WORD = re.compile(
    r"(?:[A-Z]\.){2,8}|(?:[A-Z]\.){1,7}[A-Z]\b|\w{1,40}+\.(?=\s\w|$)|['’]s\b|\w{1,60}(?:['’](?!s\b)\w{1,40})?|[^\w\s]"
)
_LETTERS = str.maketrans({"ı": "i", "ł": "l", "ø": "o", "đ": "d", "ß": "ss", "’": "'", "ə": "e", "Ł": "l"})
_ABBREVIATIONS = vocabulary("abbreviations")


class Word(NamedTuple):
    """One word or sign: its surface, its folded form and its code-point offsets."""

    text: str
    folded: str
    start: int
    end: int


@lru_cache(maxsize=65536)
def fold(word: str) -> str:
    """Give ``word`` in lower case without accents, with straight apostrophes."""
    if word.isascii():
        return word.lower()
    plain = unicodedata.normalize("NFKD", word.translate(_LETTERS))
    return "".join(c for c in plain if not unicodedata.combining(c)).lower().translate(_LETTERS)


def stream(text: str) -> Iterator[Word]:
    """Part ``text`` into words and signs, in order, with offsets into it, one at a time."""
    for match in _WORD.finditer(text):
        surface, (start, end) = match.group(), match.span()
        if surface[-1] == "." and end - start > 1 and _is_plain(surface):
            yield Word(surface[:-1], fold(surface[:-1]), start, end - 1)
            yield Word(".", ".", end - 1, end)
        else:
            # the tuple is made directly: this runs for every word of every text
            yield tuple.__new__(Word, (surface, fold(surface), start, end))


def split(text: str) -> list[Word]:
    """Part ``text`` into words and signs, in order, with offsets into it."""
    return list(stream(text))


def _is_plain(surface: str) -> bool:
    """Whether the stop after ``surface`` ends a sentence and no abbreviation or initial."""
    if surface.count(".") != 1 or (len(surface) == 2 and surface[0].isupper()):
        return False
    return fold(surface[:-1]) not in _ABBREVIATIONS


def key(name: str) -> tuple[str, ...]:
    """Give the folded words of ``name``: what the lexicon is looked up by."""
    return tuple(word.folded for word in split(name))
