"""A finished parse as plain Python objects, made once, for the many questions that the grammar asks of it.

spaCy makes a new object whenever a token, a head or a child is asked for, and looks every string up again; the
grammar asks hundreds of times a sentence. What is here answers to the same names as spaCy's ``Doc`` and ``Token``, as
far as reading needs them, so readers are written and typed against those two. Nothing here changes a parse.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast, overload

from spacy.tokens import Doc


class _Token:
    """One word of a parse, with the names that spaCy gives its properties."""

    __slots__ = (
        "children", "dep_", "doc", "head", "i", "idx", "is_lower", "is_punct", "is_space", "left_edge", "lefts",
        "lemma_", "lower_", "pos_", "right_edge", "rights", "sent", "tag_", "text", "whitespace_",
    )  # fmt: skip

    doc: _Parse
    head: _Token
    left_edge: _Token
    right_edge: _Token
    sent: _Sentence
    lefts: tuple[_Token, ...]
    rights: tuple[_Token, ...]
    children: tuple[_Token, ...]

    def __init__(self, token: Any) -> None:
        self.i: int = token.i
        self.idx: int = token.idx
        self.text: str = token.text
        self.lower_: str = token.lower_
        self.lemma_: str = token.lemma_
        self.pos_: str = token.pos_
        self.tag_: str = token.tag_
        self.dep_: str = token.dep_
        self.whitespace_: str = token.whitespace_
        self.is_punct: bool = token.is_punct
        self.is_space: bool = token.is_space
        self.is_lower: bool = token.is_lower

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
        self._tokens = tokens = [_Token(token) for token in doc]
        lefts: list[list[_Token]] = [[] for _ in tokens]
        rights: list[list[_Token]] = [[] for _ in tokens]
        sentence = _Sentence(0)
        for token, parsed in zip(tokens, doc, strict=True):
            if parsed.is_sent_start:
                sentence = _Sentence(token.i)
            at = parsed.head.i
            token.doc, token.head, token.sent = self, tokens[at], sentence
            token.left_edge, token.right_edge = tokens[parsed.left_edge.i], tokens[parsed.right_edge.i]
            if at != token.i:
                (lefts if token.i < at else rights)[at].append(token)
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
