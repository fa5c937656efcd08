"""Parts of speech and dictionary forms, worked out once for every word, tag and relation instead of once a token.

spaCy's attribute ruler and rule lemmatizer tell both from a word's form, tag and relation alone, but for a handful of
rules of several words. Their answers for a lone word are therefore kept, and only a sentence that one of those rules
may fit is given to them whole. The answers are spaCy's own, with the lexicon's verbs mended (``lemmas``).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
from spacy.attrs import DEP, LEMMA, LOWER, ORTH, POS, TAG
from spacy.language import Language
from spacy.tokens import Doc

from pipelines.extract.lemmas import mend

_MOST_KEPT = 200_000  # words in one tag and relation; more than that are names and numbers, met once
_KEY = [ORTH, TAG, DEP]
_FORM = [TAG, DEP, POS, LEMMA]
_OF_SEVERAL = [LOWER, DEP]

Form = tuple[int, ...]  # the values of _FORM: the ruler corrects tag and relation too


class Forms:
    """Takes ruler and lemmatizer out of a pipeline and gives parses what the two would have given."""

    def __init__(self, nlp: Language) -> None:
        ruler: Any = nlp.get_pipe("attribute_ruler")
        self._ruler, self._lemmatizer = nlp.remove_pipe(ruler.name)[1], nlp.remove_pipe("lemmatizer")[1]
        self._vocab = nlp.vocab
        self._known: dict[tuple[int, ...], Form] = {}
        self._of_several = frozenset(map(nlp.vocab.strings.add, _signs_of_several(ruler.patterns)))

    def give(self, doc: Doc) -> Doc:
        """The same parse, each token with its part of speech and dictionary form."""
        if not self._of_several.isdisjoint(doc.to_array(_OF_SEVERAL).ravel().tolist()):
            return self._in_full(doc)
        if len(self._known) > _MOST_KEPT:
            self._known.clear()
        forms = [self._known.get(key) or self._alone(key) for key in map(tuple, doc.to_array(_KEY).tolist())]
        return doc.from_array(_FORM, _values(forms))

    def _alone(self, key: tuple[int, ...]) -> Form:
        """The form of one word in one tag and relation."""
        word, *parsed = key
        lone = Doc(self._vocab, words=[self._vocab.strings[word]])
        lone.from_array([TAG, DEP], _values([parsed]))
        self._known[key] = form = tuple(self._in_full(lone).to_array(_FORM)[0].tolist())
        return form

    def _in_full(self, doc: Doc) -> Doc:
        return mend(self._lemmatizer(self._ruler(doc)))


def _values(rows: Sequence[Sequence[int]]) -> Any:
    """Attribute values as spaCy takes them, a row a token; its annotations know signed ones only."""
    return np.array(rows, dtype=np.uint64)


def _signs_of_several(rules: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """For every rule of several words one word or relation without which it fits nothing."""
    for rule in rules:
        for pattern in rule["patterns"]:
            if len(pattern) > 1:
                yield from next(filter(None, map(_signs, pattern)))


def _signs(token: Mapping[str, Any]) -> list[str]:
    """The words or relations, one of which the token of a rule must have; [] where neither is asked for by name."""
    for asked in (token.get("LOWER"), token.get("DEP")):
        if isinstance(asked, str):
            return [asked]
        if isinstance(asked, Mapping) and "IN" in asked:
            return list(asked["IN"])
    return []
