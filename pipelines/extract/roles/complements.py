"""What completes the meaning of a word as a clause of its own."""

from __future__ import annotations

from spacy.tokens import Token

from pipelines.extract.roles.coordination import expand


def complements(token: Token) -> list[Token]:
    """Heads of the infinitives, -ing forms and that-clauses that complete the word's meaning."""
    found = [
        child
        for child in token.children
        if child.dep_ in ("xcomp", "ccomp", "pcomp") and child.pos_ in ("VERB", "AUX")
    ]
    if token.pos_ in ("NOUN", "PROPN", "ADJ"):
        found += [
            child
            for child in token.children
            if child.dep_ in ("acl", "xcomp", "ccomp") and child.tag_ == "VB"
        ]
        found += [
            child
            for child in token.children
            if child.dep_ == "relcl" and child.tag_ == "VB" and _has_to(child)
        ]
    elif not found:  # the parser often hangs "agreed to send" as an adverbial infinitive
        found = [
            child
            for child in token.children
            if child.dep_ == "advcl" and child.tag_ == "VB" and _has_to(child)
        ]
    return [verb for one in found for verb in expand(one)]


def _has_to(verb: Token) -> bool:
    return any(child.dep_ == "aux" and child.lower_ == "to" for child in verb.children)


def infinitives(token: Token) -> list[Token]:
    """Those of the complements that are infinitives: "told Kinshasa to vote", not "told it that he would vote"."""
    return [verb for verb in complements(token) if verb.tag_ == "VB" and _has_to(verb)]
