"""The voice of a verb, and the words that are its subject on the surface."""

from __future__ import annotations

from spacy.tokens import Token

from pipelines.extract.wordlists import words

SUBJECTS = frozenset(("nsubj", "csubj"))
PASSIVE_SUBJECTS = frozenset(("nsubjpass", "csubjpass"))
RELATIVE = frozenset(("who", "which", "that", "whom"))


def is_passive(verb: Token) -> bool:
    """Whether the verb is in the passive voice, reduced relatives ("the protocol signed by both") included."""
    if any(child.dep_ in ("nsubjpass", "auxpass", "csubjpass") for child in verb.children):
        return True
    if verb.tag_ != "VBN":
        return False
    if verb.dep_ in ("ccomp", "oprd") and verb.head.lemma_ in words("causatives"):
        return not any(child.dep_ == "aux" for child in verb.children)
    if verb.dep_ in ("acl", "advcl", "amod"):
        return not any(child.dep_ in ("aux", "dobj") for child in verb.children)
    return verb.dep_ == "conj" and verb.head.pos_ == "VERB" and has_no_subject(verb) and is_passive(verb.head)


def has_no_subject(verb: Token) -> bool:
    """Whether no subject of its own hangs on the verb, of either voice."""
    return not any(child.dep_ in SUBJECTS | PASSIVE_SUBJECTS for child in verb.children)
