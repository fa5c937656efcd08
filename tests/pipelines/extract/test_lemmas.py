"""Regular forms of the lexicon's verbs."""

from __future__ import annotations

import pytest
from spacy.lang.en import English
from spacy.tokens import Doc

from pipelines.extract.lemmas import ing_forms, irregular_forms, mend, past_forms, verb_forms


@pytest.mark.parametrize(
    ("form", "verb"),
    [
        ("staged", "stage"),
        ("waging", "wage"),
        ("fined", "fine"),
        ("relaunched", "relaunch"),
        ("banned", "ban"),
    ],
)
def test_form_is_of_the_verb_in_the_lexicon(form: str, verb: str) -> None:
    assert verb_forms()[form] == verb


def test_irregular_verbs_are_left_to_the_parser() -> None:
    assert not {"seed", "bed", "seeing"} & verb_forms().keys()


def test_only_verbs_are_mended() -> None:
    doc = Doc(
        English().vocab,
        words=["They", "staged", "staged"],
        tags=["PRP", "VBD", "JJ"],
        pos=["PRON", "VERB", "ADJ"],
        lemmas=["they", "stag", "staged"],
    )
    assert [token.lemma_ for token in mend(doc)] == ["they", "stage", "staged"]


def test_a_form_is_not_shared_where_the_last_consonant_must_be_doubled() -> None:
    assert past_forms("rap") == ("rapped",)
    assert verb_forms()["raped"] == "rape"


def test_the_last_consonant_of_longer_verbs_may_be_doubled() -> None:
    assert set(past_forms("travel")) == {"traveled", "travelled"}
    assert ing_forms("attack") == ("attacking",)


def test_an_irregular_form_taken_for_a_bare_verb_is_undone() -> None:
    doc = Doc(
        English().vocab,
        words=["Ghana", "forgave"],
        tags=["NNP", "VB"],
        pos=["PROPN", "VERB"],
        lemmas=["Ghana", "forgave"],
    )
    assert mend(doc)[1].lemma_ == "forgive"


def test_no_irregular_form_is_a_verb_of_its_own() -> None:
    assert not {"found", "fell", "left", "saw", "wound"} & irregular_forms().keys()
