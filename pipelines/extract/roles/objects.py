"""To what something is done: the object of an active, the subject of a passive verb."""

from __future__ import annotations

from spacy.tokens import Token

from pipelines.extract.roles.active import active_objects
from pipelines.extract.roles.subjects import surface_subjects
from pipelines.extract.roles.voice import has_no_subject, is_passive


def objects(verb: Token) -> list[Token]:
    """To what it is done: the object of an active, the subject of a passive verb."""
    if is_passive(verb):
        if verb.dep_ in ("acl", "amod") and has_no_subject(verb):
            return [verb.head]
        return surface_subjects(verb)
    return active_objects(verb)
