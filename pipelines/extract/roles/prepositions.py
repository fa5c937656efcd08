"""What a preposition of a verb or noun governs, wherever it stands."""

from __future__ import annotations

from spacy.tokens import Token

from pipelines.extract.roles.nouns import elsewhere
from pipelines.extract.roles.phrases import hung
from pipelines.extract.roles.subjects import surface_subjects
from pipelines.extract.roles.voice import is_passive


def prepositional(token: Token, preposition: str) -> list[Token]:
    """What stands under the named preposition."""
    found = hung(token, preposition)
    if not found and token.pos_ == "VERB" and is_passive(token):
        found = _stranded(token, preposition)
    if not found and token.pos_ in ("NOUN", "PROPN"):
        found = elsewhere(token, preposition)
    return found


def _stranded(verb: Token, preposition: str) -> list[Token]:
    """The subject that a passive verb's last preposition belongs to: "the ships were fired on"."""
    bare = [
        child
        for child in verb.children
        if child.dep_ in ("prep", "prt") and child.lower_ == preposition and not any(child.children)
    ]
    return surface_subjects(verb) if bare else []
