"""The words of a parse that stand for parties, and the ordered pairs of them worth asking about."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.tokens import Doc, Token

from pipelines.extract.backoff.features import suggestive
from pipelines.extract.backoff.tree import Tree, Way, way
from pipelines.extract.grammar import IsWho

_WORDS = frozenset({"NOUN", "PROPN", "PRON", "ADJ"})
_INSIDE = frozenset({"compound", "amod", "nmod", "flat"})  # parts of a longer name or phrase
_BARE = frozenset({"NOUN", "PROPN", "PRON"})
_MOST_PARTIES = 8
_LONGEST_WAY = 5  # words between the two; what stands further apart is hardly one event


def parties(doc: Doc, is_who: IsWho) -> list[int]:
    """Positions of the heads of phrases that name somebody, in text order, at most eight."""
    found = [token.i for token in doc if may_be_party(token) and is_who(token)]
    return found[:_MOST_PARTIES]


def may_be_party(token: Token) -> bool:
    """Heads of phrases, and the "Russian" of "Russian strikes", whose head is nobody."""
    if token.pos_ not in _WORDS:
        return False
    return token.pos_ in _BARE if token.dep_ not in _INSIDE else True


def ways(tree: Tree, heads: Sequence[int]) -> Iterator[Way]:
    """The ways between every ordered pair of parties with something on them that suggests an event."""
    for first in heads:
        for last in heads:
            if first == last or _belong_together(tree, first, last) or _says_of_itself(tree, last):
                continue
            found = way(tree, first, last)
            if found is not None and len(found.inner) <= _LONGEST_WAY and suggestive(tree, found) is not None:
                yield found


def _belong_together(tree: Tree, one: int, other: int) -> bool:
    """Whether one hangs in the other's own phrase, or the two are coordinated."""
    for inner, outer in ((one, other), (other, one)):
        if tree.heads[inner] == outer and tree.deps[inner] in (
            "compound",
            "amod",
            "nmod",
            "poss",
            "appos",
            "conj",
        ):
            return True
    return False


def _says_of_itself(tree: Tree, last: int) -> bool:
    """Whether the second party is the pronoun of one who acts: "the mayor said he had rigged the vote"."""
    return tree.pos[last] == "PRON" and tree.deps[last] == "nsubj"
