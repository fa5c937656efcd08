"""The lines of a text, measured once: words, closing punctuation, and the key under which copies meet.

What a line is worth is decided elsewhere.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import NamedTuple

WORD = re.compile(r"\w+")
HAN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
CLOSED = re.compile(r"[.!?;。！？؟।॥۔][\"'”’»“)\]）」』›*]{0,4}$")
TRUNCATED = re.compile(r"(?:\.\.\.|…)[\"'”’»)\]]{0,3}$")
NUMBER = re.compile(r"\d+")
TAIL = 12  # characters looked at for closing punctuation
PROSE = 10  # words of a sentence that is never dropped for its length
SHORT = 80  # characters; shorter lines are mostly menus, which come again and again
REMEMBERED = 50_000  # short lines, some 10 MB
LONG = 20_000  # a longer line is measured by its beginning: hostile input must not cost more than reading it
DIGITS = b"0123456789"
CODE_PAGE = "cp1252"  # texts in most languages with Latin letters can be written in it, punctuation included
MICRO = b"\xb5"  # its small letter is not in the code page


@dataclass(slots=True)
class Line:
    """One non-empty line, or several that were one before they were wrapped.

    ``first`` and ``last`` are positions of input lines. ``key`` holds the
    lower-case words with one space between.
    """

    first: int
    last: int
    text: str
    key: str
    words: int
    closed: bool  # ends like a sentence
    truncated: bool  # ends in dots, as teasers do
    is_prose: bool  # a whole sentence of some length: what an article is made of
    reason: str | None = None  # why it is not in the body
    effect: str = ""  # what its kind of chrome does to the lines after it
    detail: str = ""  # the phrase, count or other line that the reason rests on

    def drop(self, reason: str, detail: str = "") -> None:
        """Take the line out of the body."""
        self.reason, self.detail = reason, detail


class Facts(NamedTuple):
    """What ``Line`` says of its text."""

    key: str
    words: int
    closed: bool
    truncated: bool
    is_prose: bool


@cache
def _in_key() -> bytes:
    """Every byte of the code page as it stands in a key: letters small, what is no part of a word a space."""
    shown = bytes(range(256)).decode(CODE_PAGE, "replace")
    kept = (each.lower() if WORD.match(each) else " " for each in shown)
    return "".join(kept).encode(CODE_PAGE, "replace")


def _encode(text: str) -> bytes | None:
    """Return ``text`` in the code page, or None where that has not all of its characters."""
    try:
        return text.encode("ascii" if text.isascii() else CODE_PAGE)
    except UnicodeEncodeError:
        return None


def split_words(text: str) -> list[str]:
    """Return the lower-case words of ``text``."""
    encoded = _encode(text)
    if encoded is None or MICRO in encoded:
        return WORD.findall(text.casefold())
    # the same by table, at a third of the time
    small = encoded.translate(_in_key())
    return small.decode(CODE_PAGE).replace("ß", "ss").split()


def normalise(text: str) -> str:
    """Return the lower-case words of ``text`` with one space between them."""
    return " ".join(split_words(text))


def hash_numbers(key: str) -> str:
    """Return ``key`` with ``#`` for every number."""
    encoded = _encode(key)
    if encoded is not None and len(encoded.translate(None, DIGITS)) == len(encoded):
        return key
    return NUMBER.sub("#", key)


def measure(text: str, first: int, last: int) -> Line:
    """Return the line for ``text``, stripped and not empty, from input lines ``first`` to ``last``."""
    return Line(first, last, text, *(_facts_of_short(text) if len(text) <= SHORT else _facts(text)))


def _facts(text: str) -> Facts:
    tail = text[-TAIL:]
    truncated = TRUNCATED.search(tail) is not None
    closed = not truncated and CLOSED.search(tail) is not None
    if len(text) > LONG:
        words = text.count(" ") + 1
        return Facts(" ".join(text.split()).casefold(), words, closed, truncated, closed and words >= PROSE)
    found = split_words(text)
    words = len(found)
    if not text.isascii():
        words = max(words, len(HAN.findall(text)) // 2)  # scripts without spaces: two characters a word
    return Facts(" ".join(found), words, closed, truncated, closed and words >= PROSE)


_facts_of_short = lru_cache(maxsize=REMEMBERED)(_facts)


def split_lines(text: str) -> list[str]:
    """Return every line of ``text``, empty ones too, with outer white space off."""
    return [line.strip() for line in text.splitlines()]
