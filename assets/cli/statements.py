"""Cutting text into SQL statements: where one ends, whatever stands in strings and comments.

What a statement means is DuckDB's business; here is only where its semicolon is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

# What may hold a semicolon that ends nothing: strings, quoted names, dollar quotes, comments. Each ends where it
# is closed, or with the text where it never is.
_PIECE = re.compile(
    r"""
    (?<![\w])[eE]'(?:[^'\\]|\\.)*(?P<escaped>'|\Z)
  | '[^']*(?P<text>'|\Z)
  | "[^"]*(?P<name>"|\Z)
  | \$(?P<tag>[A-Za-z_]\w{0,62}|)\$.*?(?P<dollar>\$(?P=tag)\$|\Z)
  | (?P<line>--[^\n]*)
  | /\*.*?(?P<block>\*/|\Z)
  | (?P<end>;)
    """,
    re.S | re.X,
)
_CLOSED_BY = ("escaped", "text", "name", "dollar", "block")


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement without its semicolon, and the line of the text it begins in, from 1."""

    text: str
    line: int


def split(text: str) -> tuple[list[Statement], bool]:
    """The statements of a text, and whether the last of them is ended: by a semicolon, or by being empty.

    Pieces that are blank or nothing but comments are left out.
    """
    found: list[Statement] = []
    begin, is_open, has_words = 0, False, False
    outside = 0
    for piece in _PIECE.finditer(text):
        has_words |= bool(text[outside : piece.start()].strip())
        outside = piece.end()
        if piece["end"]:
            if has_words:
                found.append(_statement(text, begin, piece.start()))
            begin, has_words = piece.end(), False
        elif not (piece["line"] or piece["block"] is not None):
            has_words = True
        is_open = any(piece[name] == "" for name in _CLOSED_BY)
    has_words |= bool(text[outside:].strip())
    if has_words:
        found.append(_statement(text, begin, len(text)))
    return found, not has_words and not is_open


def _statement(text: str, begin: int, end: int) -> Statement:
    body = text[begin:end]
    leading = len(body) - len(body.lstrip())
    return Statement(body.strip(), text.count("\n", 0, begin + leading) + 1)
