"""What a document remembers of whom it named."""

from __future__ import annotations

import sys

import pytest
from cast_reading import read_last

from pipelines.extract.cast import Cast
from pipelines.extract.model import Actor

LEAD = "Estonian Defence Minister Toomas Kask received Finnish Foreign Minister Aino Virta in Tartu."


def test_a_surname_means_the_person_named_in_full() -> None:
    (actor,) = read_last([LEAD, "Kask promised patrol boats."], "Kask")
    assert (actor.name, actor.country, actor.title) == ("Toomas Kask", "EST", "Defence Minister")
    assert actor.resolved_by == "coreference"


def test_initials_and_surname_mean_the_person_named_in_full() -> None:
    (actor,) = read_last([LEAD, "General T. Kask promised patrol boats."], "Kask")
    assert actor.name == "Toomas Kask"


def test_an_office_alone_means_its_holder() -> None:
    (actor,) = read_last([LEAD, "The Minister of Defence promised patrol boats."], "Minister")
    assert (actor.name, actor.country) == ("Toomas Kask", "EST")


def test_an_office_with_a_country_means_that_countrys_holder() -> None:
    (actor,) = read_last([LEAD, "The Finnish minister promised patrol boats."], "minister")
    assert actor.name == "Aino Virta"


def test_both_ministers_are_two_people() -> None:
    found = read_last([LEAD, "Both ministers inspected the harbour."], "ministers")
    assert {a.name for a in found} == {"Toomas Kask", "Aino Virta"}


@pytest.mark.parametrize("phrase", ["The parties", "The two sides", "Both sides"])
def test_the_parties_are_the_two_that_met(phrase: str) -> None:
    found = read_last([LEAD, f"{phrase} initialled a protocol."], phrase.split()[-1])
    assert {a.country for a in found} == {"EST", "FIN"}


@pytest.mark.parametrize("phrase", ["The two countries", "Both countries", "Our countries"])
def test_two_countries_are_the_countries_of_the_two_sides(phrase: str) -> None:
    found = read_last([LEAD, f"{phrase} share a sea."], "countries")
    assert {(a.name, a.kind) for a in found} == {("Estonia", "country"), ("Finland", "country")}


def test_the_ministries_of_both_countries_are_two_bodies() -> None:
    found = read_last([LEAD, "The defence ministries of both countries will exchange cadets."], "ministries")
    assert {a.name for a in found} == {"Ministry of Defence of Estonia", "Ministry of Defence of Finland"}


def test_he_is_the_first_person_of_the_sentence_before() -> None:
    (actor,) = read_last([LEAD, "He praised the harbour."], "He")
    assert actor.name == "Toomas Kask"


def test_a_counterpart_is_the_official_of_the_country_that_is_said() -> None:
    (actor,) = read_last([LEAD, "Kask thanked his Finnish counterpart."], "counterpart")
    assert actor.name == "Aino Virta"


def test_a_counterpart_nobody_named_still_has_a_country() -> None:
    (actor,) = read_last([LEAD, "Kask will call his Swedish counterpart."], "counterpart")
    assert (actor.country, actor.sector) == ("SWE", "GOV")


def test_our_country_is_the_publishers() -> None:
    (actor,) = read_last([LEAD, "The guests toured our country."], "country", publisher="EST")
    assert actor.country == "EST"


def test_our_country_is_that_of_the_first_official_where_the_publisher_is_unknown() -> None:
    (actor,) = read_last([LEAD, "The guests toured our country."], "country")
    assert actor.country == "EST"


def test_the_government_is_that_of_the_country_spoken_of() -> None:
    (actor,) = read_last(["Floods hit Malawi on Sunday.", "The government sent tents."], "government")
    assert (actor.name, actor.country) == ("Government of Malawi", "MWI")


def test_a_head_of_a_ministry_is_its_minister() -> None:
    lead = "The head of the Ministry of Foreign Affairs of Serbia, Milan Petric, called his counterpart."
    (actor,) = read_last([lead, "The Serbian minister proposed a date."], "minister")
    assert actor.name == "Milan Petric"


def test_a_short_form_in_brackets_is_remembered() -> None:
    lead = "The Union of Alpine Herders (UAH) filed a complaint."
    (actor,) = read_last([lead, "UAH wants compensation."], "UAH")
    assert actor.name == "Union of Alpine Herders"


def test_we_is_whoever_says_the_sentence() -> None:
    (actor,) = read_last([LEAD, "We approved the budget, the Finnish minister said."], "We")
    assert actor.name == "Aino Virta"


def test_an_empty_cast_answers_nobody() -> None:
    cast = Cast()
    assert cast.pair(10) == []
    assert cast.person("Kask") is None
    assert cast.nearest_person(10) is None
    assert cast.scene(10) is None
    assert cast.home(10) is None


def test_what_comes_later_is_not_known_yet() -> None:
    cast = Cast()
    cast.scan("Rain fell.", 0)
    cast.scan(LEAD, 11)
    assert cast.nearest_person(5) is None
    assert cast.pair(5) == []


def test_scanning_in_another_order_gives_the_same_answers() -> None:
    sentences = [(0, LEAD), (len(LEAD) + 1, "Peru sent observers."), (len(LEAD) + 22, "Rain fell.")]
    forward, backward = Cast(), Cast()
    for start, text in sentences:
        forward.scan(text, start)
    for start, text in reversed(sentences):
        backward.scan(text, start)
    at = len(LEAD) + 25
    assert [m.name for m in forward.pair(at)] == [m.name for m in backward.pair(at)]
    assert forward.scene(at) == backward.scene(at)


def test_a_text_nobody_asks_about_is_not_looked_through() -> None:
    calls = 0

    def count(frame: object, event: str, argument: object) -> None:
        nonlocal calls
        calls += event == "call"

    cast = Cast()
    sys.setprofile(count)
    try:
        cast.scan(LEAD * 20, 0)
    finally:
        sys.setprofile(None)
    assert calls < 20


def test_a_noted_actor_can_be_meant_later() -> None:
    cast = Cast()
    cast.scan("Dockers in Chile walked out.", 0)
    cast.note(Actor("Dockers in Chile", 0, 16, "Dockers of Chile", "group", "CHL", "LAB"))
    cast.scan("They want higher pay.", 29)
    assert [m.name for m in cast.nearest_several(29)] == ["Dockers of Chile"]


@pytest.mark.parametrize(
    "text", ["President Adam Bolt of Freedonia, the minister, said ", "Putin ", "the the of "]
)
def test_work_on_one_long_line_grows_with_its_length(text: str) -> None:
    looked_at = []
    for times in (50, 500):
        calls = 0

        def count(frame: object, event: str, argument: object) -> None:
            nonlocal calls
            calls += event == "call"

        sys.setprofile(count)
        try:
            cast = Cast()
            cast.scan(text * times, 0)
            assert cast.alias("X") is None
        finally:
            sys.setprofile(None)
        looked_at.append(calls)
    assert looked_at[1] < 15 * looked_at[0]
