"""Whose a phrase is when its own words name no country: a possessive, the place of its clause, who cannot be meant."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from pipelines.extract.cast import Cast
from pipelines.extract.model import Actor
from pipelines.extract.who.datelines import dateline_end
from pipelines.extract.who.marks import Marked
from pipelines.extract.who.sides import place_of
from pipelines.extract.who.vocabulary import vocabulary

_OBJECTS = ("dobj", "pobj", "dative", "prep", "agent", "conj", "compound", "poss", "nmod", "appos", "amod")
_SUBJECTS = ("nsubj", "nsubjpass")
_LOCATIVE = vocabulary("locative")
_SPEAKER = vocabulary("speaker")
_SAY = vocabulary("say")
_MOVING = vocabulary("moving")
_OTHERS = vocabulary("owned_by_others")
_CLIMB = 8


def possessive(head: Token) -> Token | None:
    """The possessive pronoun of a phrase that makes it belong to its owner's country: "its army", not "its allies"."""
    if head.lemma_.lower() in _OTHERS:
        return None
    return next((c for c in head.lefts if c.dep_ == "poss" and c.tag_ == "PRP$"), None)


def owners(pronoun: Token, found: list[Actor], cast: Cast, at: int) -> list[str]:
    """The countries of whom a possessive pronoun means; for "our", where nobody says it, the text's own country."""
    countries = list(dict.fromkeys(one.country for one in found if one.country))
    if pronoun.lower_ in _SPEAKER and not (countries and any(t.lemma_ in _SAY for t in pronoun.doc)):
        home = cast.home(at) or cast.scene(at, later=False)
        return [home] if home else []
    return countries


def clause_place(head: Token, marked: Marked) -> str | None:
    """The country of the place where the clause of ``head`` happens: "the army seized power in Bamako"."""
    verb = _verb(head)
    if verb is None:
        return None
    for prep in _prepositions(verb):
        if prep.lower_ not in _LOCATIVE:
            continue
        for noun in prep.children:
            mark = marked.covering(noun.idx) if noun.dep_ == "pobj" else None
            place = place_of(mark) if mark is not None else None
            if place is not None and place.country:
                return place.country
    return None


def rivals(head: Token, marked: Marked) -> set[str]:
    """The countries that the subject of a clause names, which its object is not: "Chad warned the government"."""
    if head.dep_ not in _OBJECTS:
        return set()
    verb = _verb(head)
    if verb is None:
        return set()
    named: set[str] = set()
    for subject in verb.children:
        if subject.dep_ in _SUBJECTS and subject.i < head.i:
            left, right = subject.left_edge, subject.right_edge
            start = left.idx or dateline_end(marked)  # the parser hangs a dateline on the first subject
            for mark in marked.inside(start, right.idx + len(right)):
                place = place_of(mark)
                if place is not None and place.country:
                    named.add(place.country)
    return named


def sender(head: Token, marked: Marked) -> str | None:
    """The country of the subject that sends or calls up the forces of ``head``, which are its own then."""
    verb = _verb(head) if head.dep_ in ("dobj", "conj", "pobj") else None
    if verb is None or verb.lemma_ not in _MOVING:
        return None
    named = rivals(head, marked)
    return named.pop() if len(named) == 1 else None


def _verb(head: Token) -> Token | None:
    node = head
    for _ in range(_CLIMB):
        if node.pos_ in ("VERB", "AUX"):
            return node
        if node.head == node:
            return None
        node = node.head
    return None


def _prepositions(verb: Token) -> Iterator[Token]:
    for child in verb.children:
        if child.dep_ == "prep":
            yield child
        elif child.dep_ == "dobj":
            yield from (inner for inner in child.children if inner.dep_ == "prep")
