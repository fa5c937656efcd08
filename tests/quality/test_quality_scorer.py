"""The scorer counts what it says it counts, and the annotations have the form that it relies on."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import Any

import figures
import pytest
from alignment import Answer, answer_document, answer_sentence, check_document, check_sentence, overlap
from annotations import Document, Event, Sentence, Told, read_documents, read_negatives, read_sentences
from make_negatives import generated
from regression import fallen, new_faults

from pipelines.extract.model import Actor, Mention, Place, Time
from pipelines.extract.model import Sentence as TextSentence
from pipelines.extract.ontology import ontology

STATUSES = {"occurred", "ongoing", "planned", "hypothetical", "denied"}


def actor(text: str, country: str | None = None) -> Actor:
    return Actor(text, 0, len(text), text, "country", country)


def mention(type_: str, actors: list[str], recipients: list[str], **changes: Any) -> Mention:
    whole = Mention(
        type=type_, mode=None, contexts=(), cameo_code="", quad_class=1, intensity=0.0, status="occurred", trigger="met",
        trigger_start=0, trigger_end=3, sentence=TextSentence(0, 0, 50, ""), actors=tuple(map(actor, actors)),
        recipients=tuple(map(actor, recipients)), time=None, place=None, agreements=(), reported_by=None, reporter=None,
        confidence=0.8,
    )  # fmt: skip
    return replace(whole, **changes)


def event(type_: str, source: str = "Peru", target: str = "Chile", **changes: Any) -> Event:
    return replace(Event((type_,), ("occurred",), (source,), (target,)), **changes)


def sentence(*events: Event) -> Sentence:
    return Sentence("x", "", None, events, ())


def test_a_phrase_is_overlapped_by_the_share_of_its_words() -> None:
    assert overlap(
        "the foreign minister of Peru", [actor("Peru"), actor("foreign minister")]
    ) == pytest.approx(2 / 3)


def test_right_type_is_paired_before_a_liker_mention_of_another_type() -> None:
    answers = answer_sentence(
        sentence(event("CONSULT")), [mention("ACCUSE", ["Peru"], ["Chile"]), mention("CONSULT", [], [])]
    )
    assert [
        (one.gold is not None, one.mention.type if one.mention else "", one.type_right) for one in answers
    ] == [
        (True, "CONSULT", True),
        (False, "ACCUSE", False),
    ]


def test_a_second_mention_of_the_same_event_is_spurious() -> None:
    same = mention("CONSULT", ["Peru"], ["Chile"])
    pairs = figures.labels(answer_sentence(sentence(event("CONSULT")), [same, same]))
    assert pairs == [("CONSULT", "CONSULT"), ("NONE", "CONSULT")]


def test_an_optional_event_counts_neither_found_nor_missed() -> None:
    optional = sentence(event("ASSAULT", optional=True))
    assert answer_sentence(optional, [mention("ASSAULT", [], [])]) == []
    assert answer_sentence(optional, []) == []


def test_a_second_right_type_counts_as_the_first() -> None:
    open_type = event("CONCEDE", types=("CONCEDE", "RETREAT"))
    assert figures.labels(answer_sentence(sentence(open_type), [mention("RETREAT", ["Peru"], [])])) == [
        ("CONCEDE", "CONCEDE")
    ]


def test_a_wrong_type_of_other_actors_is_both_missed_and_spurious() -> None:
    pairs = figures.labels(answer_sentence(sentence(event("AID")), [mention("ACCUSE", ["Japan"], ["Laos"])]))
    assert sorted(pairs) == [("AID", "NONE"), ("NONE", "ACCUSE")]


def test_where_nobody_leads_the_target_is_looked_for_among_the_actors() -> None:
    checks = {
        one.name: one.passed
        for one in check_sentence(event("CONSULT"), mention("CONSULT", ["Peru", "Chile"], []))
    }
    assert checks == {"status": True, "actor": True, "recipient": True}


def test_an_actor_with_the_recipients_is_not_the_actor() -> None:
    checks = {
        one.name: one.passed for one in check_sentence(event("AID"), mention("AID", ["Chile"], ["Peru"]))
    }
    assert checks == {"status": True, "actor": False, "recipient": False}


def test_date_and_place_are_asked_only_where_annotated() -> None:
    dated = event("AID", time="2001-05-04", place=("Lima", "PER"))
    found = mention(
        "AID", ["Peru"], ["Chile"],
        time=Time("4 May", 0, 5, "XXXX-05-04"), place=Place("Lima", 0, 4, "Lima", "PER", None, None, None),
    )  # fmt: skip
    checks = {one.name: one.passed for one in check_sentence(dated, found)}
    assert (checks["date"], checks["place"]) == (False, True)


def test_an_unfound_event_of_a_document_fails_every_question() -> None:
    told = Told(
        0, ("AID",), ("occurred",), ({"country": "PER"},), ({"country": "CHL"},), ("2001",), ("Lima", "PER")
    )
    assert [one.passed for one in check_document(told, None)] == [False] * 5


def test_a_documents_event_is_answered_only_from_its_own_sentence() -> None:
    told = Told(60, ("AID",), ("occurred",), (), ())
    answers = answer_document(Document("d", " " * 99, None, None, (told,)), [mention("AID", [], [])])
    assert [(one.gold is None, one.mention is None) for one in answers] == [(False, True), (True, False)]


def test_further_mentions_in_a_tolerated_sentence_are_no_fault() -> None:
    document = Document("d", " " * 99, None, None, (), tolerated=(10,))
    assert answer_document(document, [mention("AID", [], [])]) == []


def test_f1_counts_both_kinds_of_error() -> None:
    assert figures.f1([("AID", "AID"), ("AID", "NONE"), ("NONE", "AID")], "AID") == 50.0


def test_none_is_no_type_of_its_own() -> None:
    assert figures.macro_f1([("AID", "AID"), ("NONE", "AID"), ("ACCUSE", "NONE")]) == pytest.approx(
        33.4, abs=0.1
    )


def test_reliability_sorts_certainty_into_the_last_bin() -> None:
    rows = figures.reliability([(1.0, True), (0.95, False), (0.05, False)])
    assert (rows[9]["mentions"], rows[9]["right"], rows[0]["mentions"]) == (2, 50.0, 1)


def test_relevance_leaves_out_texts_with_only_tolerated_events() -> None:
    one = mention("AID", [], [])
    table = [
        (sentence(event("AID", optional=True)), [one]),
        (sentence(), [one]),
        (sentence(event("AID")), [one]),
    ]
    assert figures.relevance(table) == (50.0, 100.0)


def test_labels_of_a_missed_event() -> None:
    assert figures.labels([Answer(event("AID"), None)]) == [("AID", "NONE")]


def test_a_figure_may_fall_by_its_tolerance_and_no_further() -> None:
    before = {"type_macro_f1": 80.0, "document_date": 60.0}
    assert fallen(before, {"type_macro_f1": 79.5, "document_date": 58.5}) == []
    assert fallen(before, {"type_macro_f1": 79.4, "document_date": 58.4}) == [
        "type_macro_f1: 80.0 -> 79.4",
        "document_date: 60.0 -> 58.4",
    ]


def test_only_new_faults_are_told() -> None:
    assert new_faults({"a": ["actor"], "b": ["date"]}, {"a": ["actor", "place"], "c": ["missed AID"]}) == [
        "a: place",
        "c: missed AID",
    ]


def test_faultless_share_is_told_by_construction() -> None:
    first, second = (
        replace(sentence(), tags=("passive",)),
        replace(sentence(), id="y", tags=("passive", "headline")),
    )
    assert figures.faultless_by_tag([first, second], {"y"}) == {"headline": (1, 0.0), "passive": (2, 50.0)}


def test_annotations_use_the_ontologys_words() -> None:
    types = ontology().types
    for one in read_sentences():
        for told in one.events:
            assert set(told.types) <= types.keys(), one.id
            assert set(told.statuses) <= STATUSES, one.id
            assert told.mode is None or told.mode in types[told.types[0]].modes, one.id
    for document in read_documents():
        for one_told in document.events:
            assert set(one_told.types) <= types.keys() and set(one_told.statuses) <= STATUSES, document.id


def test_annotated_phrases_stand_in_the_text() -> None:
    for one in read_sentences():
        for told in one.events:
            for phrase in (*told.source, *told.target, *([told.reported_by] if told.reported_by else [])):
                assert phrase.lower() in one.text.lower(), one.id


def test_every_type_has_at_least_fifteen_events() -> None:
    counts = Counter(told.types[0] for one in read_sentences() for told in one.expected)
    assert {name: counts[name] for name in ontology().types if counts[name] < 15} == {}


def test_no_text_stands_twice() -> None:
    texts = Counter([one.text for one in read_sentences()] + [*read_negatives()[0], *read_negatives()[1]])
    assert [text for text, times in texts.items() if times > 1] == []
    assert max(Counter(one.id for one in read_sentences()).values()) == 1


def test_generated_negatives_are_what_the_script_writes() -> None:
    assert read_negatives()[1] == generated()
