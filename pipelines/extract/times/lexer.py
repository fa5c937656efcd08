"""Text to categorised tokens: one character of ``Tokens.categories`` for each token.

Patterns then run over that short string instead of the text. No meaning is given to a sequence here.
"""

from __future__ import annotations

import re
from array import array
from dataclasses import dataclass
from functools import cache

from pipelines.extract.times.lexicon import load_phrases, load_words
from pipelines.extract.times.values import FIRST_YEAR, LAST_YEAR

# Every branch is bounded or possessive, so that a line of any length is read in linear time.
_TOKEN = re.compile(
    r"""
      (?P<url>https?://\S*+)
    | (?P<word>[^\W\d_]\w*+)
    | (?P<numeric>\d{4}-\d\d-\d\d(?![\d-]) | \d{4}([./])\d\d?\4\d\d?(?![\d./]\d)
                | \d\d?([./-])\d\d?\5\d{4}(?!\d))
    | (?P<clock>\d\d?:\d\d(?::\d\d)?+(?!\d))
    | (?P<decade>(?:\b(?:1[6-9]|20)\d|(?<=['’])\d)0s\b)
    | (?P<ordinal>\d++(?:st|nd|rd|th)\b)
    | (?P<grouped>\d{1,3}(?:,\d{3})++(?!\d)(?:\.\d++)?+ | \d++\.\d++)
    | (?P<mixed>\d++(?=[^\W\d_])\w*+)
    | (?P<digits>\d++)
    | (?P<break>\n[ \t\r\f\v]{0,40}\n)
    | (?P<mark>\S)
    """,
    re.VERBOSE,
)

_MARKS = {
    ",": "comma",
    ".": "dot",
    **dict.fromkeys("-–—‑−", "dash"),
    "/": "slash",
    **dict.fromkeys("([", "lpar"),
    **dict.fromkeys(")]", "rpar"),
    **dict.fromkeys("'’", "apos"),
    **dict.fromkeys("?!;…", "stop"),
    "%": "percent",
    **dict.fromkeys("$€£¥₽#", "money"),
}
_FIRST_CATEGORY_CHAR = 0xE000  # private use: such a character is never special in a regular expression


@cache
def category_chars() -> dict[str, str]:
    """Give the character that stands for each category."""
    return {name: chr(_FIRST_CATEGORY_CHAR + i) for i, name in enumerate(load_words().categories)}


@cache
def _word_chars() -> dict[str, str]:
    return {word: category_chars()[name] for word, name in load_words().category.items()}


@cache
def category_names() -> dict[str, str]:
    """Give the category each character stands for."""
    return {char: name for name, char in category_chars().items()}


@dataclass(frozen=True, slots=True)
class Tokens:
    """Tokens of ``text``: ``categories[i]`` says what token i is, ``starts[i]``, ``ends[i]`` where."""

    text: str
    categories: str
    starts: array[int]
    ends: array[int]

    def word(self, index: int) -> str:
        """Give the surface of a token."""
        return self.text[self.starts[index] : self.ends[index]]

    def category(self, index: int) -> str:
        """Give the name of a token's category."""
        return category_names()[self.categories[index]]


def lex(text: str) -> Tokens:
    """Split ``text`` into tokens without white space; a named day or name of several words is one."""
    chars, words = category_chars(), _word_chars()
    heads = load_phrases().heads
    low, plural, cap = chars["low"], chars["plural"], chars["cap"]
    categories: list[str] = []
    starts, ends = array("I"), array("I")
    resume = 0
    for match in _TOKEN.finditer(text):
        start, end = match.span()
        if start < resume:
            continue
        group = match.lastgroup
        token = match[0]
        phrase = _read_phrase(heads[token], text, start) if token in heads else None
        if phrase is not None:
            category, end = phrase
            resume, char = end, chars[category]
        elif group == "word":
            # most words are in no list; told apart here, without a call, because they are most of a text
            char = words.get(token) or (
                cap if token[0].isupper() else plural if token[-1] == "s" and token[-2:] != "ss" else low
            )
        elif group == "digits":
            char = chars[_digits_category(token, start, text, categories, chars)]
        elif group == "mark":
            char = chars[_MARKS.get(token, "other")]
        else:
            char = chars[_OTHER_GROUPS[str(group)]] if group != "ordinal" else chars[_ordinal_category(token)]
        categories.append(char)
        starts.append(start)
        ends.append(end)
    return Tokens(text, "".join(categories), starts, ends)


def normal_phrase(text: str) -> str:
    """Give a phrase as ``days.toml`` spells it."""
    return " ".join(text.lower().replace("’", "'").split())


def _read_phrase(head: re.Pattern[str], text: str, start: int) -> tuple[str, int] | None:
    """Give the category and end of the named day or the name that begins at ``start``, if there is one."""
    match = head.match(text, start)
    if match is None:
        return None
    if normal_phrase(match[0]) in load_phrases().days:
        return "holiday", match.end()
    # "Russia Today" is a name, "in Russia today" is none
    return ("name", match.end()) if match[0].split()[-1][0].isupper() else None


_OTHER_GROUPS = {
    "url": "other",
    "numeric": "numeric",
    "clock": "clock",
    "decade": "decade",
    "grouped": "num",
    "mixed": "other",
    "break": "break",
}


@cache
def _joiners() -> str:
    return category_chars()["dash"] + category_chars()["slash"]


def _ordinal_category(token: str) -> str:
    return "dayord" if len(token) <= 4 and 1 <= int(token[:-2]) <= 31 else "ordnum"


def _digits_category(token: str, start: int, text: str, categories: list[str], chars: dict[str, str]) -> str:
    """Tell a possible day or year from other whole numbers; ``year2`` is the "27" of "2025-27"."""
    if len(token) <= 2:
        behind_year = len(categories) > 1 and categories[-2] == chars["year"] and categories[-1] in _joiners()
        if len(token) == 2 and behind_year and not text[start - 1].isspace():
            return "year2"
        return "day" if 1 <= int(token) <= 31 else "num"
    if len(token) == 4 and token.isascii() and FIRST_YEAR <= int(token) <= LAST_YEAR:
        return "year"
    return "num"
