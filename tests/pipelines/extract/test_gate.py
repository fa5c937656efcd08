"""The gate: what it lets through to the parser."""

import pytest

from pipelines.extract.extractor import Extractor
from pipelines.extract.gate import possible_lemmas


@pytest.mark.parametrize(
    ("word", "lemma"),
    [
        ("signed", "sign"),
        ("meets", "meet"),
        ("bodies", "body"),
        ("stopped", "stop"),
        ("using", "use"),
        ("crises", "crisis"),
        ("gunmen", "gunman"),
    ],
)
def test_regular_endings_are_undone(word: str, lemma: str) -> None:
    assert lemma in possible_lemmas(word, {})


def test_irregular_forms_come_from_the_table() -> None:
    assert "meet" in possible_lemmas("met", {"met": ["meet"]})


def test_sentences_with_an_event_pass(extractor: Extractor) -> None:
    for text in (
        "Peru and Chile signed a border treaty.",
        "Rebels shelled the town of Goma.",
        "Kenya's envoy met the premier.",
        "Chad must pay the fine, Niger said.",
        "Oslo would retaliate, the premier said.",
    ):
        assert extractor._gate.admits(text), text


def test_small_talk_does_not_pass(extractor: Extractor) -> None:
    for text in (
        "The soup was warm and the bread fresh.",
        "Her garden is full of tulips.",
        "Bread must rise twice.",
    ):
        assert not extractor._gate.admits(text), text


def test_endless_sentences_do_not_pass(extractor: Extractor) -> None:
    assert not extractor._gate.admits("Peru and Chile signed a treaty " * 200)


def test_a_preposition_of_a_row_must_stand_in_the_sentence(extractor: Extractor) -> None:
    assert extractor._gate.admits("The Danish unions swung behind the premier.")
    assert not extractor._gate.admits("The Danish pendulum swung slowly.")
