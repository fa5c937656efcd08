"""The lines of a text, measured once: words, closing punctuation, and the key under which copies meet.

What a line is worth is decided elsewhere.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

WORD = re.compile(r"\w+")
HAN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
CLOSED = re.compile(r"[.!?;。！？؟।॥۔][\"'”’»“)\]）」』›*]{0,4}$")
TRUNCATED = re.compile(r"(?:\.\.\.|…)[\"'”’»)\]]{0,3}$")
NUMBER = re.compile(r"\d+")
NUMBER_SIGN = re.compile(r"[\d令平昭民]")  # a digit of any script, or what names an era, as some dates begin
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
    numbered: bool  # may hold a number or a date; False is sure
    reason: str | None = None  # why it is not in the body
    effect: str = ""  # what its kind of chrome does to the lines after it
    detail: str = ""  # the phrase, count or other line that the reason rests on

    def drop(self, reason: str, detail: str = "") -> None:
        """Take the line out of the body."""
        self.reason, self.detail = reason, detail


Facts = tuple[str, int, bool, bool, bool, bool]
"""What ``Line`` says of its text, in its order: from ``key`` to ``numbered``."""


def _in_key() -> bytes:
    """Every byte of the code page as it stands in a key: letters small, what is no part of a word a space."""
    shown = bytes(range(256)).decode(CODE_PAGE, "replace")
    kept = (each.lower() if WORD.match(each) else " " for each in shown)
    return "".join(kept).encode(CODE_PAGE, "replace")


IN_KEY = _in_key()


def _encode(text: str) -> bytes | None:
    """Return ``text`` in the code page, or None where that has not all of its characters."""
    if text.isascii():
        return text.encode()
    try:
        encoded = text.encode(CODE_PAGE)
    except UnicodeEncodeError:
        return None
    return None if MICRO in encoded else encoded


def _split_encoded(encoded: bytes) -> list[str]:
    """Return the lower-case words of a text in the code page: by table, at a third of the time of a pattern."""
    small = encoded.translate(IN_KEY)
    return (small.decode() if small.isascii() else small.decode(CODE_PAGE).replace("ß", "ss")).split()


def split_words(text: str) -> list[str]:
    """Return the lower-case words of ``text``."""
    encoded = _encode(text)
    return WORD.findall(text.casefold()) if encoded is None else _split_encoded(encoded)


def normalise(text: str) -> str:
    """Return the lower-case words of ``text`` with one space between them."""
    return " ".join(split_words(text))


def hash_numbers(key: str) -> str:
    """Return ``key`` with ``#`` for every number."""
    encoded = _encode(key)
    return key if encoded is not None and not _has_digit(encoded) else NUMBER.sub("#", key)


def _has_digit(encoded: bytes) -> bool:
    return len(encoded.translate(None, DIGITS)) < len(encoded)


def measure(text: str, first: int, last: int) -> Line:
    """Return the line for ``text``, stripped and not empty, from input lines ``first`` to ``last``."""
    return Line(first, last, text, *(_facts_of_short(text) if len(text) <= SHORT else _facts(text)))


def _facts(text: str) -> Facts:
    closed, truncated = _ending(text)
    if len(text) > LONG:
        words = text.count(" ") + 1
        return " ".join(text.split()).casefold(), words, closed, truncated, closed and words >= PROSE, True
    if text.isascii():  # most lines: as below, without the calls
        encoded = text.encode()
        found = encoded.translate(IN_KEY).decode().split()
        words, numbered = len(found), len(encoded.translate(None, DIGITS)) < len(encoded)
    elif coded := _encode(text):
        found = _split_encoded(coded)
        words, numbered = len(found), _has_digit(coded)
    else:
        found = WORD.findall(text.casefold())
        words = max(len(found), len(HAN.findall(text)) // 2)  # scripts without spaces: two characters a word
        numbered = NUMBER_SIGN.search(text) is not None
    return " ".join(found), words, closed, truncated, closed and words >= PROSE, numbered


def _ending(text: str) -> tuple[bool, bool]:
    """Say whether ``text`` ends like a sentence, and whether it ends in dots."""
    if text[-1].isalnum():  # most lines
        return False, False
    tail = text[-TAIL:]
    truncated = TRUNCATED.search(tail) is not None
    return not truncated and CLOSED.search(tail) is not None, truncated


_facts_of_short = lru_cache(maxsize=REMEMBERED)(_facts)


def split_lines(text: str) -> list[str]:
    """Return every line of ``text``, empty ones too, with outer white space off."""
    return [line.strip() for line in text.splitlines()]
