"""Hyphenated words that are kept whole."""

from __future__ import annotations

import pytest

from pipelines.extract.extractor import Extractor


@pytest.mark.parametrize(
    ("text", "verb"),
    [
        ("Oman test-fired two rockets on Friday.", "test-fire"),
        ("Warplanes are carpet-bombing the suburbs.", "carpet-bomb"),
        ("Rebels press-ganged boys into their ranks.", "press-gang"),
    ],
)
def test_a_hyphenated_verb_is_read_as_a_verb(extractor: Extractor, text: str, verb: str) -> None:
    assert verb in [token.lemma_ for token in extractor.parse(text) if token.pos_ == "VERB"]


def test_hyphenated_words_that_the_lexicon_does_not_know_are_split(extractor: Extractor) -> None:
    assert "oak-panelled" not in [
        token.text for token in extractor.parse("They met in an oak-panelled room.")
    ]
