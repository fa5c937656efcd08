"""Dictionary forms that the parser's rules get wrong: "staged" is of "stage", not of "stag".

The rules take a final "e" for part of the ending where the shorter word exists too, and know no new compounds
("relaunched"). The event lexicon says which verbs there are, so their regular forms are looked up before the
rules are believed. Irregular forms are the parser's own business.
"""

from __future__ import annotations

from functools import cache

from spacy.tokens import Doc

from pipelines.extract.events_lexicon import event_lexicon

_VOWELS = frozenset("aeiou")
_SHORTEST = 3


@cache
def verb_forms() -> dict[str, str]:
    """Regular past and -ing forms of the lexicon's verbs to the verb; none that two verbs share."""
    verbs = {lemma for pos, lemma in event_lexicon() if pos == "v" and len(lemma) >= _SHORTEST}
    owners: dict[str, set[str]] = {}
    for verb in verbs:
        for form in _regular_forms(verb):
            owners.setdefault(form, set()).add(verb)
    return {form: next(iter(one)) for form, one in owners.items() if len(one) == 1 and form not in verbs}


def mend(doc: Doc) -> Doc:
    """The same parse, with the lexicon's verbs recognised in their regular forms."""
    forms = verb_forms()
    for token in doc:
        if token.tag_ in ("VBD", "VBN", "VBG") and (verb := forms.get(token.lower_)):
            token.lemma_ = verb
    return doc


def _regular_forms(verb: str) -> tuple[str, ...]:
    if verb.endswith("ee"):
        return ()  # flee, see: irregular
    if verb.endswith("e"):
        return verb + "d", verb[:-1] + "ing"
    if verb.endswith("y") and verb[-2] not in _VOWELS:
        return verb[:-1] + "ied", verb + "ing"
    forms = [verb + "ed", verb + "ing"]
    if verb[-1] not in _VOWELS and verb[-2] in _VOWELS:
        forms += [verb + verb[-1] + "ed", verb + verb[-1] + "ing"]
    return tuple(forms)
