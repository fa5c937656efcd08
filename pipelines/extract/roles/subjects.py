"""Who does what a verb says: subjects, borrowed through coordination, control, participles and the passive voice."""

from __future__ import annotations

from spacy.tokens import Token

from pipelines.extract.roles.active import active_objects
from pipelines.extract.roles.coordination import expand, is_listed, listed_before
from pipelines.extract.roles.phrases import governed, hung
from pipelines.extract.roles.voice import (
    PASSIVE_SUBJECTS,
    RELATIVE,
    SUBJECTS,
    is_passive,
)
from pipelines.extract.wordlists import words

_COMPLEMENTS = {"xcomp", "ccomp"}
_MAX_CLIMB = 8


def surface_subjects(verb: Token) -> list[Token]:
    """What stands as the verb's subject, borrowed through coordination, control and participles."""
    seen = 0
    node = verb
    while seen < _MAX_CLIMB:
        seen += 1
        own = [child for child in node.children if child.dep_ in SUBJECTS | PASSIVE_SUBJECTS]
        if own:
            listed = listed_before(own[0], node)
            if len(own) > 1:
                listed += [child for child in own[0].children if is_listed(child)]
            return listed + [one for subject in own for one in _antecedents(subject, node)]
        head = node.head
        if head == node:
            return []
        if node.dep_ == "prep" and node.lower_ == "as" and head.lemma_ in words("quoting_verbs"):
            if not is_passive(head):
                return active_objects(head)
            node = head
            continue
        if node.dep_ in ("conj", "advcl", "prep", "pcomp") or (node.dep_ == "advmod" and node.pos_ == "ADV"):
            node = head
        elif node.dep_ in _COMPLEMENTS:
            controllers = _object_controllers(head)
            if controllers:
                return controllers
            node = head
        elif node.dep_ in ("acl", "relcl"):
            if node.tag_ in ("VBG", "VBN") and node.dep_ == "acl":
                return expand(head)
            return _owner_of_noun(head)
        else:
            return []
    return []


def logical_subjects(verb: Token) -> list[Token]:
    """Who does it: the subject of an active, the by-phrase of a passive verb."""
    if is_passive(verb):
        agents = [one for child in verb.children if child.dep_ == "agent" for one in governed(child)]
        return agents or hung(verb, "by") or _causers(verb)
    return surface_subjects(verb)


def _causers(participle: Token) -> list[Token]:
    """Who has something done: "prosecutors had two editors arrested"."""
    if participle.dep_ not in ("acl", "ccomp", "oprd") or participle.tag_ != "VBN":
        return []
    verb = participle.head if participle.dep_ != "acl" else participle.head.head
    if verb.pos_ != "VERB" or verb.lemma_ not in words("causatives"):
        return []
    return surface_subjects(verb)


def _antecedents(subject: Token, verb: Token) -> list[Token]:
    """The subject, or what a relative pronoun stands for."""
    if subject.lower_ in RELATIVE and verb.dep_ == "relcl" and subject.dep_ != "csubj":
        return [verb.head]
    return expand(subject)


def _object_controllers(matrix: Token) -> list[Token]:
    """Whom the matrix verb makes do what its complement says."""
    if matrix.lemma_ not in words("object_control"):
        return []
    objects = [one for child in matrix.children if child.dep_ in ("dobj", "dative") for one in expand(child)]
    if objects or is_passive(matrix):
        return objects
    return [
        one
        for child in matrix.children
        if child.dep_ == "prep"
        for one in governed(child)
        if one.pos_ != "VERB"
    ]


def _owner_of_noun(noun: Token) -> list[Token]:
    """Who stands behind a noun that governs an infinitive: "Iran's decision to sign"."""
    owners = [child for child in noun.children if child.dep_ == "poss"]
    if owners:
        return owners
    if doers := hung(noun, "by"):  # "an attempt by rebels to take the town"
        return doers
    if noun.dep_ == "ROOT":  # a headline: "Ghana to host summit"
        return [*expand(noun), *(child for child in noun.children if is_listed(child))]
    verb = noun.head
    if noun.dep_ in ("dobj", "attr", "pobj"):
        while verb.pos_ not in ("VERB", "AUX") and verb.head != verb:
            verb = verb.head
        if verb.pos_ in ("VERB", "AUX"):
            return logical_subjects(verb)
    return []
