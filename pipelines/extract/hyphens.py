"""Hyphenated words that are one word: "cease-fire", "test-fired".

The tokenizer splits at every hyphen, and then no row of the lexicon finds its word. The lexicon's own hyphenated
words are kept whole. The parser has never seen most of them; a verb is shown to it in the guise of a common verb in
the same form, so that it knows a verb when it sees one.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from spacy.symbols import NORM, ORTH

from pipelines.extract.events_lexicon import event_lexicon
from pipelines.extract.lemmas import ing_forms, past_forms
from pipelines.extract.wordlists import ordered_words

if TYPE_CHECKING:
    from spacy.language import Language


def keep_hyphenated_words(nlp: Language) -> None:
    """Let the tokenizer keep the lexicon's hyphenated words whole, nouns in their plain plural and verbs in all forms."""
    tokenizer: Any = nlp.tokenizer
    verbs = {lemma for pos, lemma in event_lexicon() if pos == "v" and "-" in lemma}
    for word in sorted(_hyphenated() - verbs):
        for form in (word, word.capitalize(), word + "s"):
            tokenizer.add_special_case(form, [{ORTH: form}])
    for verb in sorted(verbs):
        for form, guise in _forms(verb):
            for spelling in (form, form.capitalize()):
                tokenizer.add_special_case(spelling, [{ORTH: spelling, NORM: guise}])


def _hyphenated() -> set[str]:
    words = {lemma for _, lemma in event_lexicon()}
    words.update(
        word
        for entries in event_lexicon().values()
        for entry in entries
        for slot in entry.slots
        for word in slot.words
    )
    return {word for word in words if "-" in word}


def _forms(verb: str) -> Iterator[tuple[str, str]]:
    """Every form of the verb, with the same form of the verb that stands in for it."""
    base, present, past, ing = ordered_words("stand_in_forms")
    yield verb, base
    yield verb + ("es" if verb.endswith(("s", "sh", "ch", "x", "z")) else "s"), present
    yield from ((form, past) for form in past_forms(verb))
    yield from ((form, ing) for form in ing_forms(verb))
