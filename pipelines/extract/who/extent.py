"""How far a noun phrase reaches in the dependency parse: from its determiner to its last complement.

Clauses, coordinated phrases and adverbials stay outside: they are read by whoever walks the sentence.
"""

from __future__ import annotations

from typing import NamedTuple

from spacy.tokens import Token

from pipelines.extract.who.lexicon import Marked

_LEFT = frozenset(
    "det predet amod compound nmod nummod quantmod poss advmod npadvmod nounmod dep intj neg preconj".split()
)
_PLACE_PREPOSITIONS = frozenset(("in", "from", "at", "inside", "across", "on", "within", "near"))
_OFFICE_PREPOSITIONS = frozenset(("for", "to", "with", "on"))
_QUOTES = frozenset("\"'“”‘’«»-–—/.&")
_PLACES = ("country", "capital", "region", "city")
_DEPTH = 6


class Extent(NamedTuple):
    """Token indices of a phrase, both inclusive, and of its apposition, if any."""

    first: int
    last: int
    apposition: Token | None = None
    before_apposition: int = -1


def left_edge(head: Token) -> int:
    """Index of the first token that belongs to the noun phrase on the left of ``head``."""
    first = head.i
    for child in reversed(list(head.lefts)):
        if child.dep_ == "punct":
            if child.text in _QUOTES or child.text == ",":
                continue
            break
        if child.dep_ not in _LEFT or (child.dep_ == "advmod" and child.tag_ == "WRB"):
            break
        edge = child.left_edge.i
        if child.dep_ in ("amod", "poss") and any(t.dep_ in ("relcl", "appos") for t in child.children):
            edge = min(child.i, left_edge(child))
        first = edge
    while first < head.i and head.doc[first].is_punct and head.doc[first].text not in "$#":
        first += 1
    return first


def extent(head: Token, marked: Marked, depth: int = 0) -> Extent:
    """Give the whole phrase of ``head``: modifiers, complements and a naming apposition."""
    last, apposition, before = head.i, None, head.i
    if depth > _DEPTH:
        return Extent(left_edge(head), last, None, last)
    for child in head.rights:
        if _gap(head, last, child.left_edge.i):
            break
        if child.dep_ in ("punct", "case"):
            continue
        if child.dep_ == "prep" and _belongs(head, child, marked):
            last = _complement_end(child, marked, depth)
            before = last
        elif child.dep_ == "appos" and apposition is None and _names(child):
            apposition, before = child, last
            last = extent(child, marked, depth + 1).last
        elif child.dep_ in ("nummod", "nmod") and child.i == last + 1:
            last = child.i
            before = last
        else:
            break
    return Extent(left_edge(head), last, apposition, before)


def _gap(head: Token, last: int, following: int) -> bool:
    """Whether something other than signs stands between the phrase so far and what follows."""
    return any(not (t.is_punct or t.tag_ == "POS") for t in head.doc[last + 1 : following])


def _names(child: Token) -> bool:
    return child.pos_ in ("PROPN", "NOUN", "ADJ", "X")


def _belongs(head: Token, prep: Token, marked: Marked) -> bool:
    word = prep.lower_
    if word == "of":
        return True
    target = next((t for t in prep.children if t.dep_ == "pobj"), None)
    if target is None:
        return False
    own = marked.covering(head.idx)
    kinds = {e.kind for e in own.entries} if own else set()
    if word in _OFFICE_PREPOSITIONS and kinds & {"title", "body"} and target.pos_ != "NUM":
        there = marked.covering(target.idx)
        if word == "for" or (there is not None and there.entry.kind != "thing"):
            return True
    if word in _PLACE_PREPOSITIONS and (
        kinds & {"title", "body", "group", "organization"} or head.pos_ == "NOUN"
    ):
        there = marked.covering(target.idx)
        return there is not None and any(e.kind in _PLACES for e in there.entries)
    return False


def _complement_end(prep: Token, marked: Marked, depth: int) -> int:
    last = prep.i
    for child in prep.rights:
        if child.dep_ not in ("pobj", "pcomp", "prep"):
            break
        if child.dep_ == "prep":
            return _complement_end(child, marked, depth + 1) if depth < _DEPTH else last
        last = _chain_end(child, marked, depth)
    return last


def _chain_end(noun: Token, marked: Marked, depth: int) -> int:
    """The end of "A, B and C" below a preposition."""
    last = extent(noun, marked, depth + 1).last
    for child in noun.rights:
        if child.dep_ == "conj" and child.pos_ in ("PROPN", "NOUN", "ADJ") and depth < _DEPTH:
            last = max(last, _chain_end(child, marked, depth + 1))
    return last
