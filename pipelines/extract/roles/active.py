"""What stands as the object of a verb in the active voice, borrowed through relative clauses and coordination."""

from __future__ import annotations

from spacy.tokens import Token

from pipelines.extract.roles.coordination import between_comma, expand
from pipelines.extract.roles.voice import RELATIVE, SUBJECTS, has_no_subject


def active_objects(verb: Token) -> list[Token]:
    """To what an active verb does something."""
    own = [child for child in verb.children if child.dep_ in ("dobj", "obj", "oprd")]
    if own:
        return [one for child in own for one in _object_antecedent(child, verb)]
    small = [child for child in verb.children if _is_small_clause(child)]
    if small:
        return [
            one
            for clause in small
            for child in clause.children
            if child.dep_ == "nsubj"
            for one in expand(child)
        ]
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


def _is_small_clause(child: Token) -> bool:
    """ "Found Smith guilty", "held Rome responsible": what follows is said of the verb's object."""
    return (
        child.dep_ in ("ccomp", "oprd", "xcomp")
        and child.pos_ == "ADJ"
        and any(one.dep_ == "nsubj" for one in child.children)
        and not any(one.dep_ in ("aux", "mark") for one in child.children)
    )


def _object_antecedent(child: Token, verb: Token) -> list[Token]:
    if child.lower_ in RELATIVE and verb.dep_ == "relcl":
        return [verb.head]
    return expand(child)


def _subject_is_relative(verb: Token) -> bool:
    return any(child.dep_ in SUBJECTS and child.lower_ in RELATIVE for child in verb.children)
