"""A finished parse as plain Python objects, made once, for the many questions that the grammar asks of it.

spaCy makes a new object whenever a token, a head or a child is asked for, and looks every string up again; the
grammar asks hundreds of times a sentence. What is here answers to the same names as spaCy's ``Doc`` and ``Token``, as
far as reading needs them, so readers are written and typed against those two. Nothing here changes a parse.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import cast, overload

import numpy as np
from spacy.attrs import (
    DEP,
    HEAD,
    IDX,
    IS_LOWER,
    IS_PUNCT,
    IS_SPACE,
    LEMMA,
    LOWER,
    ORTH,
    POS,
    SENT_START,
    SPACY,
    TAG,
)  # fmt: skip
from spacy.tokens import Doc
from spacy.vocab import Vocab

_WORD = [ORTH, LOWER, LEMMA, POS, TAG, DEP, IDX, SPACY, IS_PUNCT, IS_SPACE, IS_LOWER]
_TREE = [HEAD, SENT_START]
_MOST_KEPT = 200_000


class _Strings(dict[int, str]):
    """The strings that spaCy keeps numbers for, each asked for once."""

    def __init__(self, vocab: Vocab) -> None:
        self._store = vocab.strings

    def __missing__(self, number: int) -> str:
        if len(self) > _MOST_KEPT:
            self.clear()
        self[number] = string = self._store[number]
        return string


@lru_cache(maxsize=2)
def _strings_of(vocab: Vocab) -> _Strings:
    return _Strings(vocab)


class _Token:
    """One word of a parse, with the names that spaCy gives its properties."""

    __slots__ = (
        "children", "dep_", "doc", "head", "i", "idx", "is_lower", "is_punct", "is_space", "lefts",
        "lemma_", "lower_", "pos_", "rights", "sent", "tag_", "text", "whitespace_",
    )  # fmt: skip

    head: _Token
    sent: _Sentence
    lefts: tuple[_Token, ...]
    rights: tuple[_Token, ...]
    children: tuple[_Token, ...]

    def __init__(self, doc: _Parse, i: int, strings: _Strings, values: Sequence[int]) -> None:
        text, lower, lemma, pos, tag, dep, self.idx, spaced, punct, space, low = values
        self.doc, self.i = doc, i
        self.text, self.lower_, self.lemma_ = strings[text], strings[lower], strings[lemma]
        self.pos_, self.tag_, self.dep_ = strings[pos], strings[tag], strings[dep]
        self.whitespace_ = " " if spaced else ""
        self.is_punct, self.is_space, self.is_lower = bool(punct), bool(space), bool(low)

    def __len__(self) -> int:
        return len(self.text)

    def __repr__(self) -> str:
        return self.text

    def nbor(self, by: int = 1) -> _Token:
        """The word so many places further on; IndexError beyond the ends."""
        at = self.i + by
        if at < 0:
            raise IndexError(at)
        return self.doc[at]

    @property
    def subtree(self) -> Iterator[_Token]:
        """The word and everything under it, in text order."""
        for word in self.lefts:
            yield from word.subtree
        yield self
        for word in self.rights:
            yield from word.subtree

    @property
    def left_edge(self) -> _Token:
        """The first word in the text of the subtree."""
        return self.doc[min(word.i for word in self.subtree)]

    @property
    def right_edge(self) -> _Token:
        """The last word in the text of the subtree."""
        return self.doc[max(word.i for word in self.subtree)]

    @property
    def conjuncts(self) -> tuple[_Token, ...]:
        """What is coordinated with the word, itself left out."""
        first = self
        while first.head is not first and first.dep_ == "conj":
            first = first.head
        found = [first]
        for word in found:
            found += [child for child in word.rights if child.dep_ == "conj"]
        return tuple(word for word in found if word is not self)


class _Sentence:
    """What the parser takes for a sentence of its own: the place of its first word."""

    __slots__ = ("start",)

    def __init__(self, start: int) -> None:
        self.start = start


class _Stretch(list[_Token]):
    """Words in a row."""

    __slots__ = ()

    @property
    def start_char(self) -> int:
        """Where the first word begins, in code points."""
        return self[0].idx

    @property
    def text(self) -> str:
        """The words as they stand in the text, without white space behind the last."""
        return "".join(token.text + token.whitespace_ for token in self).removesuffix(self[-1].whitespace_)


class _Parse:
    """The words of a text with their tree."""

    __slots__ = ("_tokens", "text")

    def __init__(self, doc: Doc) -> None:
        self.text: str = doc.text
        strings = _strings_of(doc.vocab)
        words, tree = doc.to_array(_WORD).tolist(), doc.to_array(_TREE).astype(np.int64).tolist()
        self._tokens = tokens = [_Token(self, i, strings, values) for i, values in enumerate(words)]
        lefts: list[list[_Token]] = [[] for _ in tokens]
        rights: list[list[_Token]] = [[] for _ in tokens]
        sentence = _Sentence(0)
        for token, (way, starts) in zip(tokens, tree, strict=True):
            if starts == 1:
                sentence = _Sentence(token.i)
            token.head, token.sent = tokens[token.i + way], sentence
            if way:
                (lefts if way > 0 else rights)[token.i + way].append(token)
        for token, before, behind in zip(tokens, lefts, rights, strict=True):
            token.lefts, token.rights = tuple(before), tuple(behind)
            token.children = token.lefts + token.rights

    def __len__(self) -> int:
        return len(self._tokens)

    def __iter__(self) -> Iterator[_Token]:
        return iter(self._tokens)

    @overload
    def __getitem__(self, at: int) -> _Token: ...
    @overload
    def __getitem__(self, at: slice) -> _Stretch: ...
    def __getitem__(self, at: int | slice) -> _Token | _Stretch:
        return _Stretch(self._tokens[at]) if isinstance(at, slice) else self._tokens[at]


def settled(doc: Doc) -> Doc:
    """The parse as it stands, in plain objects; later changes of ``doc`` do not show in it."""
    return cast("Doc", _Parse(doc))
