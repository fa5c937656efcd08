"""Who takes part in the event of a noun, where the parser hung them on another word, or where a verb carries it."""

from __future__ import annotations

from spacy.tokens import Token

from pipelines.extract.roles.coordination import expand
from pipelines.extract.roles.phrases import governed
from pipelines.extract.roles.subjects import logical_subjects, surface_subjects
from pipelines.extract.roles.voice import is_passive
from pipelines.extract.wordlists import words

_SIDE_PREPOSITIONS = {"between", "with", "from", "to"}
NOUN_MODIFIERS = frozenset(("amod", "compound", "nmod", "npadvmod", "advmod", "nummod"))
_MAX_CLIMB = 8


def light_verb_subjects(noun: Token) -> list[Token]:
    """Whose event it is when a verb only carries the noun: "X launched an attack", "X said at a meeting with Y"."""
    head = noun.head
    if noun.dep_ in ("dobj", "nsubjpass", "attr") and head.pos_ in ("VERB", "AUX"):
        return logical_subjects(head) if head.lemma_ in words("light_verbs") or noun.dep_ == "attr" else []
    if noun.dep_ == "pobj" and head.dep_ == "prep" and head.lower_ in words("circumstance_prepositions"):
        verb = head.head
        for _ in range(_MAX_CLIMB):
            if verb.pos_ in ("VERB", "AUX") or verb.head == verb:
                break
            verb = verb.head
        if (
            verb.pos_ in ("NOUN", "PROPN") and verb != noun
        ):  # a headline without a verb: "Premier in Cairo for talks"
            return expand(verb)
        if verb.pos_ in ("VERB", "AUX"):
            return logical_subjects(verb) or (surface_subjects(verb) if not is_passive(verb) else [])
    return []


def elsewhere(noun: Token, preposition: str) -> list[Token]:
    """What the preposition governs where the parser hung it on another word than the noun that it belongs to."""
    if preposition == "by":
        return _by_after_of(noun) or _by_of_participle(noun)
    if preposition in _SIDE_PREPOSITIONS and noun.dep_ in ("nsubj", "nsubjpass"):
        verb = noun.head  # "talks were held between A and B", "pleas came from A"
        hung = [child for child in verb.children if child.lower_ == preposition]
        if found := [one for prep in hung for one in governed(prep) if verb.lemma_ in words("empty_verbs")]:
            return found
    return _pair(noun) if preposition == "between" else []


def _by_of_participle(noun: Token) -> list[Token]:
    """The doer in "a strike called by the miners"."""
    return [
        one
        for child in noun.children
        if child.dep_ == "acl" and child.tag_ == "VBN" and child.lemma_ in words("light_verbs")
        for agent in child.children
        if agent.dep_ == "agent"
        for one in governed(agent)
    ]


def _by_after_of(noun: Token) -> list[Token]:
    """The doer in "the detention of a singer by the police", which the parser hangs on the singer."""
    return [
        one
        for prep in noun.children
        if prep.dep_ == "prep" and prep.lower_ in ("of", "against", "on")
        for patient in governed(prep)
        for child in patient.children
        if child.lower_ == "by" and child.dep_ in ("prep", "agent")
        for one in governed(child)
    ]


def _pair(noun: Token) -> list[Token]:
    """The sides in "the Peru-Chile talks": the last name of the pair, which the reader of names takes apart."""
    return [
        child
        for child in noun.children
        if child.dep_ in NOUN_MODIFIERS
        and child.pos_ in ("PROPN", "ADJ")
        and child.i > 1
        and child.nbor(-1).text in ("-", "–")
        and child.nbor(-2).pos_ in ("PROPN", "ADJ")
    ]
