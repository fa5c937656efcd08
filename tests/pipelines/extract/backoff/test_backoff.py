"""The second reader: what stands between two parties, and what it makes of that."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.extract.backoff.features import features
from pipelines.extract.backoff.hints import types_by_hints, types_by_rows
from pipelines.extract.backoff.model import NOTHING, is_likely, load
from pipelines.extract.backoff.parties import ways
from pipelines.extract.backoff.tree import Tree, way
from pipelines.extract.extractor import Extractor
from pipelines.extract.model import Article, Extraction
from pipelines.extract.ontology import ontology

# "Chad rebuked the Libyan envoy": rebuked is the top, Chad and envoy hang on it, Libyan on envoy.
TREE = Tree(
    ["<name>", "rebuke", "the", "libyan", "envoy"],
    ["PROPN", "VERB", "DET", "ADJ", "NOUN"],
    ["nsubj", "ROOT", "det", "amod", "dobj"],
    [1, 1, 4, 4, 1],
    [[], [0, 4], [], [], [2, 3]],
)


def read(text: str) -> Extraction:
    return next(iter(Extractor.load().extract([Article("1", text)])))


def test_the_way_between_two_words_goes_over_what_stands_above_both() -> None:
    found = way(TREE, 0, 4)
    assert found is not None
    assert (found.up, found.apex, found.down, found.inner) == ([], 1, [], [1])


def test_words_of_two_separate_trees_have_no_way_between_them() -> None:
    split = Tree(["a", "b"], ["NOUN", "NOUN"], ["ROOT", "ROOT"], [0, 1], [[], []])
    assert way(split, 0, 1) is None


def test_the_same_pair_the_other_way_round_shows_other_features() -> None:
    there, back = way(TREE, 0, 4), way(TREE, 4, 0)
    assert there is not None and back is not None
    assert {"before", "from:nsubj", "to:dobj", "way:rebuke"} <= features(TREE, there)
    assert {"after", "from:dobj", "to:nsubj", "way:rebuke"} <= features(TREE, back)


def test_names_are_no_features() -> None:
    found = way(TREE, 0, 4)
    assert found is not None
    assert not any("chad" in one for one in features(TREE, found))


def test_parts_of_one_phrase_are_no_pair() -> None:
    assert [(one.first, one.last) for one in ways(TREE, [3, 4])] == []


@given(st.lists(st.integers(0, 7), min_size=8, max_size=8), st.integers(0, 7), st.integers(0, 7))
def test_a_way_never_passes_a_word_twice(above: list[int], first: int, last: int) -> None:
    heads = [min(head, at) for at, head in enumerate(above)]  # heads stand before, so there is no circle
    children = [[at for at, head in enumerate(heads) if head == word and at != word] for word in range(8)]
    found = way(Tree(["x"] * 8, ["NOUN"] * 8, ["dep"] * 8, heads, children), first, last)
    if found is not None:
        assert len(set(found.inner)) == len(found.inner)
        assert not {first, last} & set(found.inner)


def test_the_thesaurus_and_the_rows_know_types_of_the_ontology() -> None:
    assert "ACCUSE" in types_by_rows("condemn", "VERB")
    assert "ACCUSE" in types_by_hints("lambast")
    assert types_by_hints("teaspoon") == frozenset()


def test_the_model_knows_every_type_and_nothing_else() -> None:
    assert set(load().types) == {*ontology().types, NOTHING}


def test_probabilities_are_the_same_to_the_last_bit_whatever_the_order_of_features() -> None:
    model = load()
    features = list(model.rows)[1:2000:37]
    expected = model.probabilities(features).tolist()
    for turn in range(1, len(features)):
        assert model.probabilities(features[turn:] + features[:turn]).tolist() == expected


def test_probabilities_sum_to_one_whatever_the_features() -> None:
    chances = load().probabilities(["way:rebuke", "a feature that nobody ever saw"])
    assert np.isclose(chances.sum(), 1)
    assert (chances >= 0).all()


@pytest.mark.parametrize(("chance", "public", "stands"), [(0.99, 0, False), (0.5, 1, False), (0.5, 2, True)])
def test_a_guess_must_be_surer_the_fewer_sides_are_public(
    chance: float, public: int, *, stands: bool
) -> None:
    assert is_likely(chance, public) is stands


def test_a_guess_says_so_in_its_rule_and_names_both_parties(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipelines.extract.reading.find_told", lambda doc, is_who: [])  # no row reads it
    text = "Kenya's foreign minister condemned the Ugandan government on Monday."
    (mention,) = read(text).mentions
    assert (mention.type, mention.rule) == ("ACCUSE", "model:accuse")
    assert text[mention.trigger_start : mention.trigger_end] == mention.trigger == "condemned"
    assert [one.country for one in (*mention.actors, *mention.recipients)] == ["KEN", "UGA"]
    assert mention.evidence is not None and mention.evidence.guessed >= 0.4


def test_what_a_row_of_the_lexicon_reads_is_not_guessed_at() -> None:
    (mention,) = read("Kenya condemned Uganda.").mentions
    assert not mention.rule.startswith("model:")


def test_two_states_in_one_sentence_are_no_event() -> None:
    assert read("Kenya has a longer coast than Somalia thinks.").mentions == ()
