"""Whom a pronoun means in its document."""

from __future__ import annotations

from typing import Protocol

from spacy.tokens import Token

from pipelines.extract.cast import Cast
from pipelines.extract.model import Actor
from pipelines.extract.who.member import Member
from pipelines.extract.who.vocabulary import vocabulary

_SAY = vocabulary("say")
_HE, _SHE = vocabulary("masculine"), vocabulary("feminine")
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
                if child.dep_ == "nsubj" and child.lower_ not in _WE and child.i != token.i:
                    found = reader.read(child, cast, base=base)
                    return [_member(a) for a in found]
    member = cast.nearest_person(base + token.idx)
    return [member] if member else []


def _member(actor: Actor) -> Member:
    return Member(actor.name, actor.kind, actor.country, actor.sector, actor.title, actor.cameo_code)
