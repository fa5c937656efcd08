"""The calendar lexicon: every pattern compiles, names what exists, and can be told apart."""

from __future__ import annotations

from datetime import date

import pytest

from pipelines.extract.times import grammar, lexicon
from pipelines.extract.times.find import READERS
from pipelines.extract.times.lexer import lex
from pipelines.extract.times.tense import word_lean
from pipelines.extract.times.values import named_day_in


def test_every_kind_of_pattern_has_a_reader() -> None:
    kinds = set(grammar.load_grammar().kinds) - {grammar.SKIP}
    assert kinds - set(READERS) == {"list", "month_list"}
    assert set(READERS) <= kinds


def test_pattern_with_an_unknown_word_is_refused() -> None:
    with pytest.raises(ValueError, match="fortnight"):
        grammar.compile_form("a fortnight ago", {})


def test_no_word_list_uses_the_name_of_a_token_category() -> None:
    assert len(set(lexicon.load_words().categories)) == len(lexicon.load_words().categories)


def test_two_categories_cannot_claim_one_spelling(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lexicon, "read_data", lambda name: {"cases": {}, "x": {"dawn": 0}, "y": {"dawn": 1}})
    lexicon.load_words.cache_clear()
    with pytest.raises(ValueError, match="dawn"):
        lexicon.load_words()
    monkeypatch.undo()
    lexicon.load_words.cache_clear()


def test_cue_lists_do_not_contradict_each_other() -> None:
    cues = lexicon.load_cues()
    assert not cues.future & cues.past
    assert not cues.future_before & (cues.future | cues.past)


@pytest.mark.parametrize(
    ("word", "lean"), [("will", 1), ("said", -1), ("invaded", -1), ("united", 0), ("harbour", 0)]
)
def test_word_leans_as_the_cues_say(word: str, lean: int) -> None:
    assert word_lean(word) == lean


@pytest.mark.parametrize(
    ("name", "year", "on"),
    [
        ("easter", 2024, date(2024, 3, 31)),
        ("good friday", 2024, date(2024, 3, 29)),
        ("thanksgiving", 2023, date(2023, 11, 23)),
        ("memorial day", 2023, date(2023, 5, 29)),
        ("election day", 2022, date(2022, 11, 8)),
        ("may day", 2023, date(2023, 5, 1)),
    ],
)
def test_named_day_falls_where_the_calendar_puts_it(name: str, year: int, on: date) -> None:
    assert named_day_in(lexicon.load_phrases().days[name], year) == on


def test_named_day_is_one_token() -> None:
    tokens = lex("on New Year’s  Eve they sang")
    assert [tokens.word(i) for i in range(len(tokens.categories))] == [
        "on",
        "New Year’s  Eve",
        "they",
        "sang",
    ]
    assert tokens.category(1) == "holiday"
