"""Tests of the word forms that are worked out once a word: they are what spaCy itself would give."""

from __future__ import annotations

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc

from pipelines.extract.extractor import DEFAULT_MODEL
from pipelines.extract.forms import Forms
from pipelines.extract.lemmas import mend


@pytest.fixture(scope="module")
def whole() -> Language:
    """The pipeline with its own ruler and lemmatizer."""
    return spacy.load(DEFAULT_MODEL, exclude=["ner", "senter"])


@pytest.fixture(scope="module")
def bare() -> tuple[Language, Forms]:
    """The pipeline without them, and what stands in for them."""
    nlp = spacy.load(DEFAULT_MODEL, exclude=["ner", "senter"])
    return nlp, Forms(nlp)


def _forms(doc: Doc) -> list[tuple[str, str, str, str]]:
    return [(token.pos_, token.lemma_, token.tag_, token.dep_) for token in doc]


@pytest.mark.parametrize(
    "text",
    [
        "Two envoys met in Lima on Monday and signed what they had drafted.",
        "There is no plan that anyone has agreed to, he said.",
        "Let's go: they ain't gonna wait for y'all.",
        "    Troops staged an attack; the gunmen were seen leaving.",
        "She gets what she got, and hasn't done her worst.",
    ],
)
def test_forms_are_those_of_the_whole_pipeline(
    text: str, whole: Language, bare: tuple[Language, Forms]
) -> None:
    nlp, forms = bare
    for _ in range(2):  # worked out first, then looked up
        assert _forms(forms.give(nlp(text))) == _forms(mend(whole(text)))


def test_ruler_and_lemmatizer_leave_the_pipeline(bare: tuple[Language, Forms]) -> None:
    assert not {"attribute_ruler", "lemmatizer"} & set(bare[0].pipe_names)
