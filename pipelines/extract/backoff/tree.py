"""One parse as plain lists, and the way through it from one word to another.

The features of a pair ask for the same words again and again; plain lists answer faster than the parser's own views.
"""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Doc

_NAMES = {"PROPN": "<name>", "NUM": "<number>"}
_CONTENT = frozenset({"VERB", "NOUN", "ADJ", "ADV"})


@dataclass(frozen=True, slots=True)
class Tree:
    """Lemmas (a proper name is only "<name>"), parts of speech, relations, heads and children by position."""

    lemmas: list[str]
    pos: list[str]
    deps: list[str]
    heads: list[int]
    children: list[list[int]]

    def is_content(self, at: int) -> bool:
        """Whether the word says something by itself."""
        return self.pos[at] in _CONTENT


@dataclass(frozen=True, slots=True)
class Way:
    """From one word up to the first that stands above both, and down to the other; both ends left out."""

    up: list[int]
    apex: int
    down: list[int]
    first: int
    last: int

    @property
    def inner(self) -> list[int]:
        """Every word between the two, the apex too unless it is one of the two."""
        top = [] if self.apex in (self.first, self.last) else [self.apex]
        return [*self.up, *top, *self.down]


def tree_of(doc: Doc) -> Tree:
    """The parse of one sentence."""
    heads = [token.head.i for token in doc]
    children: list[list[int]] = [[] for _ in heads]
    for at, head in enumerate(heads):
        if head != at:
            children[head].append(at)
    return Tree(
        [_NAMES.get(token.pos_) or token.lemma_.lower() for token in doc],
        [token.pos_ for token in doc],
        [token.dep_ for token in doc],
        heads,
        children,
    )


def way(tree: Tree, first: int, last: int) -> Way | None:
    """The way from one word to another; None where they stand in two parts that nothing joins."""
    above_first, above_last = _above(tree, first), _above(tree, last)
    where = {word: place for place, word in enumerate(above_last)}
    for place, word in enumerate(above_first):
        if word in where:
            return Way(above_first[1:place], word, above_last[1 : where[word]][::-1], first, last)
    return None


def _above(tree: Tree, at: int) -> list[int]:
    """The word and everything above it, from the bottom up."""
    found = [at]
    while tree.heads[at] != at:
        at = tree.heads[at]
        found.append(at)
    return found
