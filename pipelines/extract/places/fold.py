"""Turning words into lookup keys and cutting text into words.

A key is what two spellings of one name have in common: lower case, no accents, words parted by
one space ("Côte d'Ivoire" and "COTE D’IVOIRE" both give ``cote d ivoire``). What the names mean
does not belong here.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

WORD = re.compile(r"[^\W\d_]+")
# letters that carry no combining mark and so survive decomposition
_PLAIN = str.maketrans(
    {"ø": "o", "đ": "d", "ł": "l", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i", "ð": "d", "þ": "th"}
)


@lru_cache(maxsize=50_000)
def fold_word(word: str) -> str:
    """Lower-case one word and take its accents off."""
    if word.isascii():
        return word.lower()
    parts = unicodedata.normalize("NFKD", word.casefold())
    return "".join(c for c in parts if not unicodedata.combining(c)).translate(_PLAIN)


def key_of(name: str) -> str:
    """Give the lookup key of a name; empty when it has no letters."""
    if name.isascii():
        return " ".join(WORD.findall(name.lower()))
    return " ".join(fold_word(word) for word in WORD.findall(unicodedata.normalize("NFC", name)))
