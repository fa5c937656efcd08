"""The roles that the lexicon speaks of, by name: what fills ``subj``, ``obj`` or ``from`` of a word."""

from __future__ import annotations

from spacy.tokens import Token

from pipelines.extract.roles.active import separable, small_clauses, things_given
from pipelines.extract.roles.complements import complements, infinitives
from pipelines.extract.roles.coordination import expand
from pipelines.extract.roles.nouns import NOUN_MODIFIERS
from pipelines.extract.roles.objects import objects
from pipelines.extract.roles.phrases import governed
from pipelines.extract.roles.prepositions import prepositional
from pipelines.extract.roles.subjects import logical_subjects, surface_subjects
from pipelines.extract.roles.voice import SUBJECTS
from pipelines.extract.wordlists import words


def fill(token: Token, path: tuple[str, ...]) -> list[Token]:
    """The heads that fill a role of the word; a path goes on from each of them."""
    heads = _fill_one(token, path[0])
    for role in path[1:]:
        heads = [deeper for head in heads for deeper in _fill_one(head, role)]
    return heads


def _fill_one(token: Token, role: str) -> list[Token]:
    verbal = token.pos_ in ("VERB", "AUX")
    match role:
        case "subj":
            return logical_subjects(token) if verbal else _predicate_subjects(token)
        case "obj":
            return objects(token)
        case "iobj":
            given = [one for one in token.children if things_given(one)]
            return given or [
                one for child in token.children if child.dep_ == "dative" for one in _dative(child)
            ]
        case "prt":
            return separable(token) + [
                child for child in token.children if child.dep_ in ("prt", "advmod") or _is_particle(child)
            ]
        case "comp":
            return complements(token)
        case "inf":
            return infinitives(token)
        case "attr":
            return [
                one
                for child in token.children
                if child.dep_ in ("attr", "acomp", "oprd") or _is_depictive(child)
                for one in expand(child)
            ] + small_clauses(token)
        case "mod":
            return [one for child in token.children if child.dep_ in NOUN_MODIFIERS for one in expand(child)]
        case "poss":
            return [one for child in token.children if child.dep_ == "poss" for one in expand(child)]
        case "by" if verbal:
            return [
                one for child in token.children if child.dep_ == "agent" for one in governed(child)
            ] or prepositional(token, "by")
        case _:
            return prepositional(token, role)


def _is_particle(child: Token) -> bool:
    """ "Handed him over to Kuwait": the parser takes a particle before another preposition for a preposition."""
    return (
        child.dep_ == "prep"
        and child.lower_ in words("particles")
        and not any(c.dep_ == "pobj" for c in child.children)
    )


def _is_depictive(child: Token) -> bool:
    """An adjective that the parser hangs as a clause: "set the captives free", "came away empty-handed"."""
    return (
        child.dep_ == "advcl"
        and child.tag_ == "JJ"
        and child.i > child.head.i
        and child.nbor(-1).text != ","
        and not any(child.children)
    )


def counted(head: Token) -> list[Token]:
    """The head, and what it counts where it is a quantity: "dozens of prisoners", "some of its troops"."""
    if head.lemma_.lower() not in words("quantities"):
        return [head]
    return [head, *prepositional(head, "of")]


def _dative(child: Token) -> list[Token]:
    return governed(child) if child.pos_ == "ADP" else expand(child)


def _predicate_subjects(token: Token) -> list[Token]:
    """The subject that an adjective or noun is said of: "Minsk is ready to …"; else the noun it modifies."""
    head = token.head
    if token.dep_ in ("acomp", "attr", "oprd", "xcomp", "conj", "advcl", "ccomp") and head.pos_ in (
        "VERB",
        "AUX",
        "ADJ",
    ):
        return surface_subjects(head) if head.pos_ in ("VERB", "AUX") else _predicate_subjects(head)
    own = [child for child in token.children if child.dep_ in SUBJECTS]
    if own:
        return [one for subject in own for one in expand(subject)]
    if token.dep_ == "amod":
        return [head]
    return []
