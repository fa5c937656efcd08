"""Who says so: the source of a statement, kept apart from who did it."""

from __future__ import annotations

from spacy.tokens import Token

from pipelines.extract.cues import cues
from pipelines.extract.roles import logical_subjects
from pipelines.extract.status import clause_of

_MAX_CLIMB = 10
_ACCORDING = {"according", "citing", "quoting"}


def source_of(trigger: Token) -> Token | None:
    """Head of the phrase that names the source of the trigger's clause, or None where the text itself tells it."""
    node = clause_of(trigger)
    for _ in range(_MAX_CLIMB):
        if found := _according_to(node):
            return found
        for child in node.children:  # "They met, the ministry said": the parser may hang the teller below
            if child.dep_ == "parataxis" and _tells(child) and (subjects := logical_subjects(child)):
                return subjects[0]
        head = node.head
        if head == node:
            return None
        if node.dep_ in ("ccomp", "parataxis", "xcomp") and _tells(head):
            subjects = logical_subjects(head)
            if subjects and trigger not in subjects:
                return subjects[0]
        node = head
    return None


def _tells(verb: Token) -> bool:
    known = cues()
    return verb.pos_ == "VERB" and (
        verb.lemma_ in known.asserting or verb.lemma_ in known.doubting or verb.lemma_ in known.warning
    )


def _according_to(node: Token) -> Token | None:
    for child in node.children:
        if child.lower_ not in _ACCORDING:
            continue
        below = [one for one in child.subtree if one.dep_ in ("pobj", "dobj") and one.i > child.i]
        if below:
            return below[0]
    return None
