"""What hangs on a word by a preposition, in the places where the parser hangs it."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from pipelines.extract.roles.coordination import expand
from pipelines.extract.roles.voice import is_passive
from pipelines.extract.wordlists import words


def governed(prep: Token) -> list[Token]:
    """What a preposition governs; chained prepositions ("out of Syria") are looked through."""
    found: list[Token] = []
    for child in prep.children:
        if child.dep_ in ("pobj", "pcomp"):
            found += expand(child)
        elif child.dep_ == "prep":
            found += governed(child)
    return found


def hung(token: Token, preposition: str) -> list[Token]:
    """What stands under the named preposition, where it hangs on the word or on what belongs to the word."""
    found: list[Token] = []
    for prep in _prepositions(token):
        if prep.lower_ == preposition:
            found += [one for one in governed(prep) if one not in found]
    return found


def _is_particle(child: Token) -> bool:
    """ "Pulled out of the city", "backed away from the deal": the preposition hangs on the particle."""
    return child.dep_ == "prt" or (child.dep_ == "advmod" and child.lower_ in words("particles"))


def _prepositions(token: Token) -> Iterator[Token]:
    """Prepositions attached to a word, to its object, to its predicate, or shared by a coordination it closes."""
    hosts = [token]
    if token.pos_ in ("VERB", "AUX"):
        hosts += [child for child in token.children if child.dep_ in ("dobj", "attr", "acomp", "oprd")]
        hosts += [child for child in token.children if child.dep_ == "nsubjpass"]
        hosts += [particle for particle in token.children if _is_particle(particle)]
        if token.dep_ in ("acl", "amod") and is_passive(token):
            hosts.append(token.head)
        hosts += [
            later
            for later in token.conjuncts
            if later.head == token and later.i > token.i and later.pos_ == "VERB"
        ][:1]
    elif token.pos_ == "ADJ" and token.dep_ in ("acomp", "attr", "oprd"):
        hosts.append(token.head)
    elif token.dep_ == "conj":
        hosts += [later for later in token.conjuncts if later.i > token.i][-1:]
    else:
        hosts += [
            later for later in token.conjuncts if later.i > token.i and later.pos_ in ("NOUN", "PROPN")
        ][-1:]
    for host in hosts:
        for child in host.children:
            if child.dep_ in ("prep", "dative", "agent") and child.pos_ in (
                "ADP",
                "SCONJ",
                "VERB",
                "PART",
                "ADV",
            ):
                yield child
                yield from (inner for inner in child.children if inner.dep_ == "prep")
