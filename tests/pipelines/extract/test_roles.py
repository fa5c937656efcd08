"""Roles: the same arguments whatever the construction."""

from collections.abc import Callable

import pytest

from pipelines.extract import roles


def found(parse: Callable, text: str, lemma: str, role: str) -> list[str]:
    token = next(token for token in parse(text) if token.lemma_ == lemma)
    return [one.text for one in roles.fill(token, tuple(role.split(".")))]


@pytest.mark.parametrize(
    ("text", "lemma", "subject", "object_"),
    [
        ("Chile expelled the envoy.", "expel", ["Chile"], ["envoy"]),
        ("The envoy was expelled by Chile.", "expel", ["Chile"], ["envoy"]),
        ("The envoy, who was expelled by Chile, left.", "expel", ["Chile"], ["envoy"]),
        ("Chile, which expelled the envoy, closed its embassy.", "expel", ["Chile"], ["envoy"]),
        ("The envoy expelled by Chile left.", "expel", ["Chile"], ["envoy"]),
        ("Chile agreed to expel the envoy.", "expel", ["Chile"], ["envoy"]),
        ("Chile and Peru expelled the envoy.", "expel", ["Chile", "Peru"], ["envoy"]),
        ("Chile arrested and expelled the envoy.", "expel", ["Chile"], ["envoy"]),
        ("Chile had the envoy expelled.", "expel", ["Chile"], ["envoy"]),
        ("The envoy whom Chile and Peru expelled left.", "expel", ["Chile", "Peru"], ["envoy"]),
    ],
)
def test_voice_control_relatives_and_coordination_are_undone(
    parse: Callable, text: str, lemma: str, subject: list[str], object_: list[str]
) -> None:
    assert found(parse, text, lemma, "subj") == subject
    assert found(parse, text, lemma, "obj") == object_


def test_object_control_gives_the_infinitive_the_object_as_subject(parse: Callable) -> None:
    assert found(parse, "Kenya urged Uganda to withdraw its troops.", "withdraw", "subj") == ["Uganda"]


def test_prepositions_under_the_object_count_for_the_verb(parse: Callable) -> None:
    assert found(parse, "Canada imposed sanctions on Haiti.", "impose", "on") == ["Haiti"]


def test_a_path_goes_through_the_object(parse: Callable) -> None:
    assert found(parse, "Norway voiced support for Ghana.", "voice", "obj.for") == ["Ghana"]


def test_the_carrier_verb_lends_its_subject_to_the_noun(parse: Callable) -> None:
    noun = next(
        token for token in parse("The army launched an attack on the town.") if token.lemma_ == "attack"
    )
    assert [one.text for one in roles.light_verb_subjects(noun)] == ["army"]


def test_the_doer_hangs_on_the_patient_of_a_noun(parse: Callable) -> None:
    assert found(parse, "The arrest of a singer by soldiers shocked Lima.", "arrest", "by") == ["soldiers"]


def test_the_subject_of_a_passive_fills_its_last_preposition(parse: Callable) -> None:
    assert found(parse, "The ships were fired on.", "fire", "on") == ["ships"]


def test_a_predicate_adjective_leaves_its_subject_to_the_verb(parse: Callable) -> None:
    assert found(parse, "The jury found Jensen guilty of fraud.", "find", "obj") == ["Jensen"]


def test_names_listed_before_the_subject_belong_to_it(parse: Callable) -> None:
    assert found(parse, "Nauru and Taiwan reached an understanding on visas.", "reach", "subj") == [
        "Nauru",
        "Taiwan",
    ]


def test_an_apposition_does_not_hide_the_next_in_the_row(parse: Callable) -> None:
    text = "The negotiator, Ben Aron, and his host, Selim Kaya, shook hands."
    assert "host" in found(parse, text, "shake", "subj")


def test_the_quoted_say_what_they_are_quoted_with(parse: Callable) -> None:
    assert found(parse, "Papers quoted the mayor as saying so.", "say", "subj") == ["mayor"]


@pytest.mark.parametrize(
    ("text", "lemma", "role", "filler"),
    [
        ("Peru set the captives free.", "set", "attr", ["free"]),
        ("Soldiers made the consul a hostage.", "make", "attr", ["hostage"]),
        ("Soldiers made the consul a hostage.", "make", "obj", ["consul"]),
        ("Troops closed off the Danish school.", "close", "obj", ["school"]),
        ("Troops closed off the Danish school.", "close", "prt", ["off"]),
        ("Peru called in the Chilean ambassador.", "call", "obj", ["ambassador"]),
        ("Peru called in Lima for calm.", "call", "obj", []),
        ("Iran backed away from the deal.", "back", "from", ["deal"]),
        ("Ghana was the last country to recognise Kosovo.", "country", "comp", ["recognise"]),
    ],
)
def test_objects_and_what_is_said_of_them_are_found_where_the_parser_hangs_them(
    parse: Callable, text: str, lemma: str, role: str, filler: list[str]
) -> None:
    assert found(parse, text, lemma, role) == filler


def test_the_doer_of_an_infinitive_stands_behind_by_at_its_noun(parse: Callable) -> None:
    assert found(parse, "An attempt by mobs to burn down a hotel failed.", "burn", "subj") == ["mobs"]


def test_infinitives_are_told_from_other_complements(parse: Callable) -> None:
    assert found(parse, "Lima told Quito to vote.", "tell", "inf") == ["vote"]
    assert found(parse, "Lima told Quito that it would vote.", "tell", "inf") == []
