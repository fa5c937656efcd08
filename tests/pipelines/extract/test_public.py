"""Tests of the outlook of a sentence: whether it is worth a parse where its words are not of politics."""

from __future__ import annotations

import pytest

from pipelines.extract.model import Sentence
from pipelines.extract.public import Outlook


def _open(text: str, types: set[str], *, after: str = "") -> bool:
    outlook = Outlook(f"{after} {text}".strip())
    if after:
        outlook.hear(Sentence(0, 0, len(after), after))
    start = len(after) + 1 if after else 0
    return outlook.is_open(Sentence(1, start, start + len(text), text), types)


@pytest.mark.parametrize(
    "text",
    [
        "The striker praised the goalkeeper after the second leg.",
        "The bakery agreed to open an hour earlier.",
        "A cold front met warm air over the valley.",
    ],
)
def test_private_life_without_a_public_party_is_closed(text: str) -> None:
    assert not _open(text, {"SUPPORT", "AGREE", "CONSULT"} - {"AGREE" if "front" in text else ""})


def test_words_of_politics_open_any_sentence() -> None:
    assert _open("The parliament met on Tuesday.", {"CONSULT"})


def test_a_country_opens_a_sentence_of_daily_life() -> None:
    assert _open("Ghana agreed to share the bakery.", {"AGREE"})


def test_a_country_is_only_a_team_in_sport() -> None:
    assert not _open("Ghana met Togo in the semi-final.", {"CONSULT"})


def test_an_event_that_a_field_leaves_alone_opens_a_sentence() -> None:
    assert _open("Two men robbed the bakery.", {"ASSAULT"})


def test_a_pronoun_opens_a_sentence_once_somebody_public_was_named() -> None:
    assert not _open("They praised the new bread.", {"SUPPORT"})
    assert _open("They praised the new bread.", {"SUPPORT"}, after="Two ministers came to the bakery.")
