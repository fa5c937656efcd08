"""Whom a pronoun means in its document."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from spacy.tokens import Token

from pipelines.extract.cast import Cast
from pipelines.extract.model import Actor
from pipelines.extract.who.member import Member
from pipelines.extract.who.vocabulary import vocabulary

_SAY = vocabulary("say")
_HE, _SHE = vocabulary("masculine"), vocabulary("feminine")
_ONE_PERSON = ("person", "group")
_BODIES = ("country", "body", "organization", "armed_group")
_MANY = ("group", "body", "organization", "armed_group", "country")
_SUBJECTS = ("nsubj", "nsubjpass")
_OBJECTS = ("dobj", "dative")
_CLAUSES = 8  # clauses climbed from a pronoun
_IT, _THEY, _WE = vocabulary("neuter"), vocabulary("plural"), vocabulary("speaker")


class Reads(Protocol):
    """What this module needs of the actor reader."""

    def read(self, head: Token, cast: Cast, *, base: int) -> list[Actor]:
        """Who the phrase of ``head`` is."""


def resolve(token: Token, cast: Cast, base: int, reader: Reads) -> list[Member]:
    """The members of ``cast`` that the pronoun ``token`` stands for; [] if the text does not tell."""
    word, at = token.lower_, base + token.idx
    if word in _HE or word in _SHE:
        member = cast.nearest_person(at, "m" if word in _HE else "f")
        return [member] if member else []
    if word in _IT:
        if _empty(token):
            return []
        member = cast.nearest_body(at)
        return [member] if member else []
    if word == "both":
        return cast.pair(at)
    if word in _THEY:
        return cast.nearest_several(at)
    if word in _WE:
        return _speaker(token, cast, base, reader)
    return []


def antecedents(token: Token, cast: Cast, base: int, reader: Reads) -> list[Actor]:
    """Whom a third-person pronoun means in its own sentence: the subject of a clause above it or before it.

    The actors are those of the antecedent's own phrase, so that their text names them. [] if none fits.
    """
    word = token.lower_
    kinds: tuple[str, ...]
    if word in _HE or word in _SHE:
        kinds = _ONE_PERSON
    elif word in _IT and not _empty(token):
        kinds = _BODIES
    elif word in _THEY:
        kinds = _MANY
    else:
        return []
    after = _subject_after(token)
    if after is not None and token.tag_ == "PRP$":
        found = reader.read(after, cast, base=base)
        if found and all(one.kind in kinds for one in found):
            return found
    itself = _own_subject(token)
    others = _objects_before(token, itself) if itself is not None and kinds == _ONE_PERSON else ()
    barred = reader.read(itself, cast, base=base) if itself is not None and itself.pos_ != "PRON" else []
    for noun in (*others, *_subjects_before(token)):
        found = [] if noun.pos_ == "PRON" or _holds(noun, token) else reader.read(noun, cast, base=base)
        fits = found and all(one.kind in kinds for one in found) and found[0].end <= base + token.idx
        if fits and not {one.name for one in found} & {one.name for one in barred}:
            return found
    return []


def _own_subject(token: Token) -> Token | None:
    """The subject of the verb that a pronoun is an object of, whom the pronoun cannot mean: "Lee met Ito and urged him"."""
    verb = token.head
    if token.dep_ not in _OBJECTS or verb.pos_ != "VERB":
        return None
    for _ in range(_CLAUSES):
        for child in verb.lefts:
            if child.dep_ in _SUBJECTS:
                return child
        if verb.dep_ != "conj":
            return None
        verb = verb.head
    return None


def _objects_before(token: Token, subject: Token) -> Iterator[Token]:
    """Objects of the verbs that a pronoun's own verb is coordinated with: whom its subject has dealt with already."""
    verb = token.head
    while verb.dep_ == "conj":
        verb = verb.head
        for child in verb.rights:
            if child.dep_ in _OBJECTS and child.i > subject.i:
                yield child
            elif child.dep_ == "prep" and child.lower_ in ("with", "to"):
                yield from (noun for noun in child.children if noun.dep_ == "pobj")


def _subjects_before(token: Token) -> Iterator[Token]:
    """Subjects before ``token``: of the clauses it stands in, innermost first, then of the whole sentence."""
    seen: set[int] = set()
    verb = token.head
    for _ in range(_CLAUSES):
        for child in verb.lefts:
            if child.dep_ in _SUBJECTS and child.i < token.i and child.i not in seen:
                seen.add(child.i)
                yield child
        if verb.head is verb:
            break
        verb = verb.head
    for other in token.doc[: token.i]:
        if other.dep_ in _SUBJECTS and other.i not in seen:
            yield other


def _subject_after(token: Token) -> Token | None:
    """The subject of the main clause that a phrase before it points on to: "During her visit, Queen Maud …"."""
    node = token
    for _ in range(_CLAUSES):
        if node.head == node:
            return None
        if node.dep_ in ("prep", "advcl") and node.head.dep_ == "ROOT" and node.i < node.head.i:
            return next((c for c in node.head.lefts if c.dep_ in _SUBJECTS and c.i > token.i), None)
        node = node.head
    return None


def _holds(noun: Token, token: Token) -> bool:
    """Whether the phrase of ``noun`` holds ``token`` itself, as in "some of them"."""
    return noun.left_edge.i <= token.i <= noun.right_edge.i


def _empty(token: Token) -> bool:
    """Whether "it" stands for a clause: "it was noted that", "it is planned to"."""
    if token.dep_ == "expl":
        return True
    verb = token.head
    clause = any(c.dep_ in ("ccomp", "xcomp", "advcl", "csubj") and c.i > verb.i for c in verb.children)
    passive = any(c.dep_ == "auxpass" for c in verb.children)
    return clause and (passive or verb.lemma_ == "be" or verb.lemma_ in ("seem", "appear"))


def _speaker(token: Token, cast: Cast, base: int, reader: Reads) -> list[Member]:
    """Who says "we": the subject of the sentence's verb of saying, else the last person named."""
    for verb in token.doc:
        if verb.lemma_ in _SAY and verb.pos_ == "VERB":
            for child in verb.children:
                if child.dep_ == "nsubj" and child.lower_ not in _WE and not _holds(child, token):
                    found = reader.read(child, cast, base=base)
                    return [_member(a) for a in found]
    member = cast.nearest_person(base + token.idx)
    return [member] if member else []


def _member(actor: Actor) -> Member:
    return Member(actor.name, actor.kind, actor.country, actor.sector, actor.title, actor.cameo_code)
