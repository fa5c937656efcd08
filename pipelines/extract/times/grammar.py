"""Patterns over token categories, and the expressions they find.

The patterns themselves are data (``patterns.toml``). What an expression means is not decided here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from pipelines.extract.times.lexer import Tokens, category_chars
from pipelines.extract.times.lexicon import WordValue, load_words, read_data

SKIP = "skip"
_NAME = re.compile(r"[A-Za-z_][A-Za-z_0-9]*")
_GROUP = re.compile(r"\((?!\?)")


@dataclass(frozen=True, slots=True)
class Piece:
    """A token of an expression: ``value`` is the number or name that the lexicon or the digits give it."""

    category: str
    value: WordValue
    index: int


@dataclass(frozen=True, slots=True)
class Expression:
    """A stretch of tokens that a pattern of ``kind`` fits; ``start``, ``end`` are code-point offsets."""

    kind: str
    pieces: tuple[Piece, ...]
    start: int
    end: int

    @property
    def first(self) -> int:
        """Index of the first token."""
        return self.pieces[0].index

    @property
    def last(self) -> int:
        """Index of the last token."""
        return self.pieces[-1].index

    def numbers(self, *categories: str) -> list[int]:
        """List the whole numbers of the pieces of these categories, in text order."""
        return [p.value for p in self.pieces if p.category in categories and isinstance(p.value, int)]

    def number(self, *categories: str) -> int | None:
        """Give the first whole number of these categories, or None."""
        return next(iter(self.numbers(*categories)), None)

    def names(self, *categories: str) -> list[str]:
        """List the names of the pieces of these categories, in text order."""
        return [p.value for p in self.pieces if p.category in categories and isinstance(p.value, str)]

    def name(self, *categories: str) -> str | None:
        """Give the first name of these categories, or None."""
        return next(iter(self.names(*categories)), None)

    def has(self, *categories: str) -> bool:
        """Tell whether a piece of one of these categories is there."""
        return any(p.category in categories for p in self.pieces)


@dataclass(frozen=True, slots=True)
class Grammar:
    """``form`` is one pattern of alternatives, ``kinds[i]`` the kind of its group i+1."""

    starter: re.Pattern[str]
    form: re.Pattern[str]
    kinds: tuple[str, ...]


@cache
def load_grammar() -> Grammar:
    """Compile ``patterns.toml``; raises ``ValueError`` for a name that is neither macro nor category."""
    data = read_data("patterns")
    macros: dict[str, str] = {}
    for name, body in data["macros"].items():
        macros[name] = f"(?:{compile_form(body, macros)})"
    kinds: list[str] = []
    forms: list[str] = []
    for pattern in data["pattern"]:
        for form in pattern["form"]:
            kinds.append(pattern["kind"])
            forms.append(f"({compile_form(form, macros)})")
    chars = category_chars()
    never, idle, plain = (
        "".join(chars[name] for name in names)
        for names in (data["never_first"], data["idle_first"], ("low", "plural", "cap"))
    )
    starter = re.compile(f"[^{never}](?!(?<=[{idle}])[{plain}])")
    return Grammar(starter, re.compile("|".join(forms)), tuple(kinds))


def compile_form(form: str, macros: dict[str, str]) -> str:
    """Turn one form of ``patterns.toml`` into a regular expression over category characters."""
    chars = category_chars()

    def put_in(match: re.Match[str]) -> str:
        name = match[0]
        if name in macros:
            return macros[name]
        if name in chars:
            return chars[name]
        raise ValueError(f"patterns.toml: {name!r} in {form!r} is no category and no macro")

    return _NAME.sub(put_in, _GROUP.sub("(?:", form)).replace(" ", "")


def find_expressions(tokens: Tokens) -> Iterator[Expression]:
    """Yield the expressions of a text in order, non-overlapping; traps are passed over."""
    grammar = load_grammar()
    position = 0
    while candidate := grammar.starter.search(tokens.categories, position):
        match = grammar.form.match(tokens.categories, candidate.start())
        if match is None or match.lastindex is None:
            position = candidate.end()
            continue
        position = match.end()
        kind = grammar.kinds[match.lastindex - 1]
        if kind != SKIP:
            yield read_expression(tokens, kind, match.start(), match.end())


def read_expression(tokens: Tokens, kind: str, first: int, stop: int) -> Expression:
    """Give tokens ``first`` to ``stop`` (exclusive) as an expression."""
    pieces = tuple(_read_piece(tokens, i) for i in range(first, stop))
    return Expression(kind, pieces, tokens.starts[first], tokens.ends[stop - 1])


def _read_piece(tokens: Tokens, index: int) -> Piece:
    category = tokens.category(index)
    word = tokens.word(index).lower()
    value: WordValue
    if category in ("day", "year", "year2") or (category == "num" and word.isdecimal()):
        value = int(word)
    elif category in ("dayord", "ordnum"):
        value = int(word[:-2])
    else:
        value = load_words().value.get((category, word), word)
    return Piece(category, value, index)
