"""Regular forms of the lexicon's verbs."""

from __future__ import annotations

import pytest
from spacy.lang.en import English
from spacy.tokens import Doc

from pipelines.extract.lemmas import mend, verb_forms


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
        lemmas=["they", "stag", "staged"],
    )
    assert [token.lemma_ for token in mend(doc)] == ["they", "stage", "staged"]
