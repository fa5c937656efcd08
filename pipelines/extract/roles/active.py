"""What stands as the object of a verb in the active voice, borrowed through relative clauses and coordination."""

from __future__ import annotations

from spacy.tokens import Token

from pipelines.extract.roles.coordination import between_comma, expand
from pipelines.extract.roles.voice import RELATIVE, SUBJECTS, has_no_subject
from pipelines.extract.wordlists import words


def active_objects(verb: Token) -> list[Token]:
    """To what an active verb does something."""
    own = [child for child in verb.children if child.dep_ in ("dobj", "obj", "oprd")]
    if own:
        found = [one for child in own for one in _object_antecedent(child, verb)]
        return found + [thing for one in found for thing in things_given(one)]
    if small := [one for clause in small_clauses(verb) for one in _subjects(clause)]:
        return small
    if behind := [
        child for particle in separable(verb) for child in particle.children if child.dep_ == "pobj"
    ]:
        return [one for child in behind for one in expand(child)]
    clause = verb.head if verb.dep_ == "conj" and not has_no_subject(verb) else verb
    if clause.dep_ == "relcl" and not has_no_subject(clause) and not _subject_is_relative(clause):
        return [clause.head]
    shared = [
        child for child in verb.conjuncts if child.i > verb.i and child.dep_ == "conj" and child.head == verb
    ]
    for later in shared[:1]:  # "signed and ratified the treaty": the object hangs on the last verb
        if later.pos_ == "VERB" and has_no_subject(later) and not between_comma(verb, later):
            return [one for child in later.children if child.dep_ == "dobj" for one in expand(child)]
    return []


def small_clauses(verb: Token) -> list[Token]:
    """What is said of the verb's object without a verb: "found Smith guilty", "made the consul a hostage"."""
    return [
        child
        for child in verb.children
        if child.dep_ in ("ccomp", "oprd", "xcomp")
        and child.pos_ in ("ADJ", "NOUN", "PROPN")
        and any(one.dep_ == "nsubj" for one in child.children)
        and not any(one.dep_ in ("aux", "auxpass", "mark", "cop") for one in child.children)
    ]


def _subjects(clause: Token) -> list[Token]:
    return [one for child in clause.children if child.dep_ == "nsubj" for one in expand(child)]


def separable(verb: Token) -> list[Token]:
    """Particles that the parser takes for prepositions of the verb's object: "cordoned off the square"."""
    return [
        child
        for child in verb.children
        if child.dep_ == "prep"
        and child.i == verb.i + 1
        and (
            child.lower_ in words("separable_particles")
            or (child.lower_ == "in" and verb.lemma_ in words("verbs_with_in") and _is_common(child))
        )
    ]


def _is_common(prep: Token) -> bool:
    """Whether what follows is no name of a place: "called in the envoy", not "called in Lima"."""
    return any(child.dep_ == "pobj" and child.pos_ == "NOUN" for child in prep.children)


def things_given(person: Token) -> list[Token]:
    """What somebody is given, where the parser took it for another word for him: "showed the envoy the door"."""
    verb = person.head
    if person.dep_ != "dobj" or verb.lemma_ not in words("giving_verbs"):
        return []
    return [
        child
        for child in person.children
        if child.dep_ == "appos"
        and child.i > person.i
        and not any(token.is_punct for token in child.doc[person.i : child.i])
    ]


def _object_antecedent(child: Token, verb: Token) -> list[Token]:
    if child.lower_ in RELATIVE and verb.dep_ == "relcl":
        return [verb.head]
    return expand(child)


def _subject_is_relative(verb: Token) -> bool:
    return any(child.dep_ in SUBJECTS and child.lower_ in RELATIVE for child in verb.children)
