"""The lines of a text, measured once: words, closing punctuation, and the key under which copies meet.

What a line is worth is decided elsewhere.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache

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
    reason: str | None = None  # why it is not in the body
    effect: str = ""  # what its kind of chrome does to the lines after it
    is_prose: bool = field(init=False)  # a whole sentence of some length: what an article is made of

    def __post_init__(self) -> None:
        self.is_prose = self.closed and self.words >= PROSE


def normalise(text: str) -> str:
    """Return the lower-case words of ``text`` with one space between them."""
    return " ".join(WORD.findall(text.casefold()))


def measure(text: str, first: int, last: int) -> Line:
    """Return the line for ``text``, stripped and not empty, from input lines ``first`` to ``last``."""
    key, words, closed, truncated = _facts_of_short(text) if len(text) <= SHORT else _facts(text)
    return Line(first, last, text, key, words, closed, truncated)


def _facts(text: str) -> tuple[str, int, bool, bool]:
    """Return key, number of words, and whether ``text`` ends like a sentence or breaks off."""
    tail = text[-TAIL:]
    truncated = TRUNCATED.search(tail) is not None
    closed = not truncated and CLOSED.search(tail) is not None
    if len(text) > LONG:
        return " ".join(text.split()).casefold(), text.count(" ") + 1, closed, truncated
    found = WORD.findall(text.casefold())
    words = len(found)
    if not text.isascii():
        words = max(words, len(HAN.findall(text)) // 2)  # scripts without spaces: two characters a word
    return " ".join(found), words, closed, truncated


_facts_of_short = lru_cache(maxsize=REMEMBERED)(_facts)


def split_lines(text: str) -> list[str]:
    """Return every line of ``text``, empty ones too, with outer white space off."""
    return [line.strip() for line in text.splitlines()]
