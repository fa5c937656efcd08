"""How far a noun phrase reaches in the dependency parse: from its determiner to its last complement.

Clauses, coordinated phrases and adverbials stay outside: they are read by whoever walks the sentence.
"""

from __future__ import annotations

from typing import NamedTuple

from spacy.tokens import Token

from pipelines.extract.who.marks import Mark, Marked
from pipelines.extract.who.vocabulary import vocabulary

_LEFT = vocabulary("left_dependents")
_PLACE_PREPOSITIONS = vocabulary("place_prepositions")
_OFFICE_PREPOSITIONS = vocabulary("office_prepositions")
_LOYAL = vocabulary("loyal")
_PEERS = vocabulary("peer_nouns")
_INNER_SIGNS = frozenset("\"'“”‘’«»-–/.&,")
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
            if child.text not in _INNER_SIGNS or _dash(child):
                break
            continue
        if child.dep_ not in _LEFT or (child.dep_ == "advmod" and child.tag_ == "WRB"):
            break
        if child.lower_ == "that":
            break
        edge = child.left_edge.i
        if child.dep_ in ("amod", "poss") and any(t.dep_ in ("relcl", "appos") for t in child.children):
            edge = min(child.i, left_edge(child))
        first = edge
    for sign in head.doc[first : head.i]:
        if (sign.text in "-–—" and _dash(sign)) or sign.is_space:
            first = sign.i + 1
    while first < head.i and head.doc[first].is_punct and head.doc[first].text not in "$#":
        first += 1
    return first


def _dash(sign: Token) -> bool:
    """Whether a dash stands free between two phrases ("PARIS - Rebels")."""
    return sign.text in "-–" and sign.i > 0 and bool(sign.doc[sign.i - 1].whitespace_)


def extent(head: Token, marked: Marked, depth: int = 0) -> Extent:
    """Give the whole phrase of ``head``: modifiers, complements and a naming apposition."""
    first, last, apposition, before = left_edge(head), head.i, None, head.i
    own = marked.covering(head.idx)
    if depth > _DEPTH:
        return Extent(first, last, None, last)
    for child in head.rights:
        if _gap(head, last, child.left_edge.i):
            break
        if child.dep_ in ("punct", "case"):
            continue
        if child.dep_ == "prep" and apposition is None and _belongs(head, own, child, marked):
            last = before = _complement_end(child, marked, depth)
        elif child.dep_ == "appos" and apposition is None and _names(own, child, marked):
            apposition, before = child, last
            last = extent(child, marked, depth + 1).last
        elif child.dep_ in ("nummod", "nmod") and child.i == last + 1:
            last = before = child.i
        elif child.dep_ in ("amod", "acl") and child.lower_ in _LOYAL and child.right_edge.i - child.i < 12:
            last = before = child.right_edge.i
        else:
            break
    far = adopted(head, marked) if apposition is None else None
    if far is not None and far.i == last + 1:
        last = before = _complement_end(far, marked, depth)
    last = _mark_end(head, own, last)
    return Extent(
        first, _acronym_end(head, last), apposition, max(before, last) if apposition is None else before
    )


def adopted(head: Token, marked: Marked) -> Token | None:
    """The preposition right after somebody that the parser gave to the verb: "thanked colleagues at the embassy"."""
    own = marked.covering(head.idx)
    following = head.doc[head.i + 1] if head.i + 1 < len(head.doc) else None
    if own is None or own.of_kind("title", "group") is None or following is None:
        return None
    if following.dep_ != "prep" or following.head == head or following.head != head.head:
        return None
    peer = head.lemma_.lower() in _PEERS
    if following.lower_ != "at" and not (peer and following.lower_ == "from"):
        return None
    for noun in following.children:
        there = marked.covering(noun.idx) if noun.dep_ == "pobj" else None
        if there is not None and (
            there.of_kind("organization", "body") or (peer and there.of_kind(*_PLACES))
        ):
            return following
    return None


def _mark_end(head: Token, own: Mark | None, last: int) -> int:
    """A name of several words is never cut ("Federal Service for Military-Technical Cooperation")."""
    doc = head.doc
    while own is not None and last + 1 < len(doc) and doc[last + 1].idx < own.end:
        last += 1
    return last


def _acronym_end(head: Token, last: int) -> int:
    """Take in the short form in brackets: "World Health Organization (WHO)"."""
    following = [t.text for t in head.doc[last + 1 : last + 4]]
    if following[:1] == [")"] and any(t.text == "(" for t in head.doc[head.i : last]):
        return last + 1
    if len(following) == 3 and following[0] == "(" and following[1].isupper() and following[2] == ")":
        return last + 3
    return last


def _gap(head: Token, last: int, following: int) -> bool:
    """Whether something other than signs stands between the phrase so far and what follows."""
    return any(not (t.is_punct or t.tag_ == "POS") for t in head.doc[last + 1 : following])


def _names(own: Mark | None, child: Token, marked: Marked) -> bool:
    """Whether an apposition names or describes the head; a place takes none ("New York, President X")."""
    if own is not None and own.entry.kind in (*_PLACES, "demonym"):
        return False
    there = marked.covering(child.idx)
    if there is None:
        return child.text[:1].isupper()
    return there.entry.kind not in ("thing", "city", "capital")


def _belongs(head: Token, own: Mark | None, prep: Token, marked: Marked) -> bool:
    word = prep.lower_
    target = next((t for t in prep.children if t.dep_ == "pobj"), None)
    if word == "of":
        return target is not None or not any(t.dep_ == "pcomp" for t in prep.children)
    if target is None:
        return False
    kinds = {e.kind for e in own.entries} if own else set()
    there = marked.covering(target.idx)
    if word in _OFFICE_PREPOSITIONS and kinds & {"title", "body"} and target.pos_ != "NUM":
        return word == "for" or (there is not None and there.entry.kind != "thing")
    if word in _PLACE_PREPOSITIONS and (
        kinds & {"title", "body", "group", "organization"} or head.pos_ == "NOUN"
    ):
        if there is None:
            return word in ("from", "at") and target.pos_ == "PROPN"
        if any(e.kind in _PLACES for e in there.entries):
            return True
        return word in ("from", "at") and any(e.kind in ("organization", "body") for e in there.entries)
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
