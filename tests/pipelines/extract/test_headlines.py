"""Headlines and datelines: what the parser gets to see, and that offsets survive it."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.extract.extractor import Extractor
from pipelines.extract.headlines import is_headline


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Oslo lifts ban on Chadian fish", True),
        ("Oslo lifted the ban.", False),
        ("Is Oslo lifting the ban?", False),
        ("Fish", False),
        ("word " * 40, False),
    ],
)
def test_a_headline_is_short_and_has_no_stop(text: str, expected: bool) -> None:
    assert is_headline(text.strip()) is expected


@pytest.mark.parametrize(
    ("title", "readable"),
    [
        ("Norway Lifts Visa Ban on Chad", "Norway lifts visa ban on Chad"),
        ("Togo To Withdraw Soldiers From Benin", "Togo to withdraw soldiers from Benin"),
        ("Thai Police Detain Five Over Phuket Blast", "Thai police detain five over Phuket blast"),
        ("Premier To Meet Editors in May", "Premier to meet editors in May"),
    ],
)
def test_capitals_of_house_style_are_undone_and_names_keep_theirs(
    extractor: Extractor, title: str, readable: str
) -> None:
    assert extractor._readable(title) == readable


def test_a_sentence_keeps_its_capitals(extractor: Extractor) -> None:
    text = "The Ban on Visas Was Lifted by Norway."
    assert extractor._readable(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "QUITO (AP) — Police freed two men.",
        "HARARE, Zimbabwe - Police freed two men.",
        "ACCRA, May 3 (AFP) - Police freed two men.",
    ],
)
def test_a_dateline_is_no_subject(mentions: Callable, text: str) -> None:
    (release,) = mentions(text)
    assert [actor.text for actor in release.actors] == ["Police"]


@pytest.mark.parametrize(
    ("title", "type_", "actors"),
    [
        ("Macron phones Sisi over Sudan truce", "CONSULT", ["Macron"]),
        ("Latvia to double aid for Haiti", "AGREE", ["Latvia"]),
        ("Peruvian president to visit Quito in June", "AGREE", ["Peruvian president"]),
        ("Peru, Chile sign lithium pact", "SUPPORT", ["Peru", "Chile"]),
        ("Japan, South Korea, China sign trade pact", "SUPPORT", ["Japan", "South Korea", "China"]),
        ("Bolivia Lifts Travel Ban on Paraguay", "CONCEDE", ["Bolivia"]),
    ],
)
def test_headlines_tell_who_does_what(mentions: Callable, title: str, type_: str, actors: list[str]) -> None:
    found = next(mention for mention in mentions(title) if mention.type == type_)
    assert sorted(actor.text for actor in found.actors) == sorted(actors)


def test_the_verb_that_stands_in_is_never_seen_outside(mentions: Callable) -> None:
    title = "Macron phones Sisi over Sudan truce"
    (call,) = mentions(title)
    assert call.trigger == "phones"
    assert title[call.trigger_start : call.trigger_end] == "phones"


@pytest.mark.parametrize("title", ["US drone strikes in Yemen", "Israel strikes kill dozens in Gaza"])
def test_a_noun_is_not_made_a_verb(extractor: Extractor, title: str) -> None:
    doc = extractor._nlp(title)
    assert extractor._checked(doc) is doc


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=80))
def test_readable_text_is_of_the_same_length(extractor: Extractor, text: str) -> None:
    assert len(extractor._readable(text)) == len(text)


@given(
    st.lists(
        st.sampled_from(["NIAMEY", "Ban", "İzmir", "To", "Lifts", ",", "(AP)", "-", "ﬁsh", "STRASSE"]),
        max_size=12,
    )
)
def test_readable_titles_are_of_the_same_length(extractor: Extractor, words: list[str]) -> None:
    text = " ".join(words)
    assert len(extractor._readable(text)) == len(text)
