"""Dictionary forms that the parser's rules get wrong: "staged" is of "stage", not of "stag".

The rules take a final "e" for part of the ending where the shorter word exists too, and know no new compounds
("relaunched"). The event lexicon says which verbs there are, so their regular forms are looked up before the
rules are believed. Irregular forms are the parser's own business, but where it took one for a bare verb ("forgave")
``lexicon/irregular_verbs.csv`` says whose it is.
"""

from __future__ import annotations

import csv
from functools import cache

from spacy.tokens import Doc

from pipelines.extract.events_lexicon import event_lexicon
from pipelines.extract.ontology import LEXICON

_VOWELS = frozenset("aeiou")
_NEVER_DOUBLED = frozenset("wxy")
_SHORTEST = 3
_INFLECTED = ("VBD", "VBN", "VBG")


@cache
def verb_forms() -> dict[str, str]:
    """Regular past and -ing forms of the lexicon's verbs to the verb; none that two verbs share."""
    verbs = {lemma for pos, lemma in event_lexicon() if pos == "v" and len(lemma) >= _SHORTEST}
    owners: dict[str, set[str]] = {}
    for verb in verbs:
        for form in (*past_forms(verb), *ing_forms(verb)):
            owners.setdefault(form, set()).add(verb)
    return {form: next(iter(one)) for form, one in owners.items() if len(one) == 1 and form not in verbs}


@cache
def irregular_forms() -> dict[str, str]:
    """Irregular past forms to the verb, where the form is no verb of its own."""
    with (LEXICON / "irregular_verbs.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(line for line in file if not line.startswith("#")))
    return {form: row["verb"] for row in rows for form in row["forms"].split("|")}


def mend(doc: Doc) -> Doc:
    """The same parse, with the lexicon's verbs recognised in their regular forms and the common irregular ones."""
    regular, irregular = verb_forms(), irregular_forms()
    for token in doc:
        if token.pos_ != "VERB":
            continue
        form = token.lower_
        if token.tag_ in _INFLECTED and form in regular:
            token.lemma_ = regular[form]
        elif token.lemma_.lower() == form:
            token.lemma_ = irregular.get(form, token.lemma_)
    return doc


def past_forms(verb: str) -> tuple[str, ...]:
    """The past forms that a verb can have by rule: "visited", "banned"; several where the spelling is free."""
    *first, last = verb.split("-")
    if irregular := [form for form, owner in irregular_forms().items() if owner == last]:
        return tuple("-".join([*first, form]) for form in irregular)
    if verb.endswith("ee"):
        return ()  # flee, see: irregular
    if verb.endswith("e"):
        return (verb + "d",)
    if verb.endswith("y") and verb[-2] not in _VOWELS:
        return (verb[:-1] + "ied",)
    return tuple(stem + "ed" for stem in _stems(verb))


def ing_forms(verb: str) -> tuple[str, ...]:
    """The -ing forms that a verb can have by rule."""
    if verb.endswith("ee"):
        return ()
    if verb.endswith("e"):
        return (verb[:-1] + "ing",)
    return tuple(stem + "ing" for stem in _stems(verb))


def _stems(verb: str) -> tuple[str, ...]:
    """What the ending follows: the last consonant is doubled in "rap", may be in "travel", never in "attack"."""
    if verb[-1] in _VOWELS | _NEVER_DOUBLED or verb[-2] not in _VOWELS or verb[-3:-2] in _VOWELS:
        return (verb,)
    short = sum(letter in _VOWELS for letter in verb.split("-")[-1]) == 1
    return (verb + verb[-1],) if short else (verb, verb + verb[-1])
