"""Tests of the parse in plain objects: it answers as spaCy's own does."""

from __future__ import annotations

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc, Token

from pipelines.extract.extractor import DEFAULT_MODEL
from pipelines.extract.parse import settled

TEXTS = [
    "Two envoys met in Lima on Monday, and the hosts, who had invited them, signed what both had drafted.",
    '"We shall go," she said. The ministers of Chad, Niger and Mali did not.',
    "   Police fired tear gas",
]
PLAIN = (
    "text", "lower_", "lemma_", "pos_", "tag_", "dep_", "i", "idx", "whitespace_", "is_punct", "is_space", "is_lower",
)  # fmt: skip


@pytest.fixture(scope="module")
def nlp() -> Language:
    """The whole pipeline but names."""
    return spacy.load(DEFAULT_MODEL, exclude=["ner", "senter"])


@pytest.fixture(params=TEXTS)
def both(request: pytest.FixtureRequest, nlp: Language) -> list[tuple[Token, Token]]:
    """Each word as spaCy has it and as the settled parse has it."""
    doc: Doc = nlp(request.param)
    return list(zip(doc, settled(doc), strict=True))


def _where(tokens: object) -> list[int]:
    return [token.i for token in tokens]  # type: ignore[attr-defined]


def test_words_have_the_same_properties(both: list[tuple[Token, Token]]) -> None:
    for parsed, plain in both:
        assert [getattr(plain, name) for name in PLAIN] == [getattr(parsed, name) for name in PLAIN]
        assert (len(plain), plain.sent.start) == (len(parsed), parsed.sent.start)


def test_words_hang_on_the_same_words(both: list[tuple[Token, Token]]) -> None:
    for parsed, plain in both:
        assert plain.head.i == parsed.head.i
        assert (plain.left_edge.i, plain.right_edge.i) == (parsed.left_edge.i, parsed.right_edge.i)
        for name in ("children", "lefts", "rights", "subtree"):
            assert _where(getattr(plain, name)) == _where(getattr(parsed, name))
        assert sorted(_where(plain.conjuncts)) == sorted(_where(parsed.conjuncts))


def test_a_stretch_of_words_has_its_text_and_start(nlp: Language) -> None:
    doc = nlp(TEXTS[0])
    plain = settled(doc)
    assert len(plain) == len(doc) and plain.text == doc.text
    assert (plain[2:5].text, plain[2:5].start_char) == (doc[2:5].text, doc[2:5].start_char)
    assert plain[-1].i == doc[-1].i


def test_neighbours_end_with_the_text(nlp: Language) -> None:
    plain = settled(nlp(TEXTS[2]))
    assert plain[1].nbor(-1).i == 0 and plain[1].nbor().i == 2
    with pytest.raises(IndexError):
        plain[0].nbor(-1)
    with pytest.raises(IndexError):
        plain[-1].nbor()
