"""Whose a body, a force or an office is when its own words do not say."""

from __future__ import annotations

import pytest
from cast_reading import parser, read_last, reader

from pipelines.extract.cast import Cast

GHANA = "ACCRA (Coast Wire) - Ghana closed its border with Togo on Sunday."


@pytest.mark.parametrize(
    ("sentence", "word"),
    [
        ("The Foreign Ministry summoned the Togolese ambassador.", "Ministry"),
        ("The government rejected Togo's complaint.", "government"),
        ("Parliament debated the quarrel with Lomé.", "Parliament"),
        ("The defence minister telephoned the Togolese president.", "minister"),
        ("Togo asked the government to reopen it.", "government"),
    ],
)
def test_a_body_without_a_country_is_the_storys_not_that_of_its_clause(sentence: str, word: str) -> None:
    (actor,) = read_last([GHANA, sentence], word)
    assert actor.country == "GHA"


def test_the_country_of_an_office_counts_more_than_a_country_only_mentioned() -> None:
    lead = "Denmark flew tents to Peru on Friday."
    second = (
        "Peruvian Health Minister Rosa Quispe thanked Denmark, and the government in Lima lifted the duty."
    )
    (actor,) = read_last([lead, second, "The government expects more rain."], "government")
    assert actor.country == "PER"


def test_a_subject_is_not_the_government_it_urges() -> None:
    sentences = [
        "Nepal's government withdrew a tax on tea.",
        "India and China urged the government to repay it.",
    ]
    (actor,) = read_last(sentences, "government")
    assert actor.country == "NPL"


def test_the_army_is_that_of_the_place_where_it_acts() -> None:
    text = "OTTAWA - Canada recalled its envoy a week after the army seized power in Conakry."
    (actor,) = read_last([text], "army")
    assert actor.country == "GIN"


@pytest.mark.parametrize(
    ("sentence", "word", "country"),
    [
        ("Police dispersed the crowd.", "Police", "GHA"),
        ("Six soldiers were wounded.", "soldiers", "GHA"),
        ("The troops went home.", "troops", "GHA"),
        ("Two Turkish soldiers were wounded.", "soldiers", "TUR"),
        ("Foreign troops went home.", "troops", None),
        ("A soldier was wounded.", "soldier", None),
    ],
)
def test_forces_nobody_says_more_of_are_the_storys_own(sentence: str, word: str, country: str | None) -> None:
    (actor,) = read_last([GHANA, sentence], word)
    assert actor.country == country


def test_a_dateline_is_not_the_subject_it_stands_before() -> None:
    (actor,) = read_last(["NIAMEY - Gunmen attacked an army post on Thursday."], "army")
    assert actor.country == "NER"


def test_whoever_calls_up_reservists_calls_up_its_own() -> None:
    (actor,) = read_last([GHANA, "Benin called up reservists."], "reservists")
    assert actor.country == "BEN"


def test_unnamed_foreign_embassies_are_not_the_speakers() -> None:
    (actor,) = read_last(["Russia accused Western embassies of lying."], "embassies")
    assert (actor.text, actor.country) == ("Western embassies", None)


def test_what_somebody_is_accused_of_is_no_part_of_the_name() -> None:
    (actor,) = read_last(["Chad accused the Sudanese opposition of planning a raid."], "opposition")
    assert actor.text == "the Sudanese opposition"


@pytest.mark.parametrize(
    ("sentence", "word", "country"),
    [
        ("Its prime minister flew to Nairobi.", "minister", "ETH"),
        ("Its army moved to the border.", "army", "ETH"),
    ],
)
def test_a_possessive_pronoun_says_whose_it_is(sentence: str, word: str, country: str) -> None:
    lead = ["Sudan and Eritrea are at odds.", "Ethiopia asked them to be calm."]
    (actor,) = read_last([*lead, sentence], word)
    assert actor.country == country


def test_her_host_is_of_the_other_country() -> None:
    lead = "The agriculture ministers of Chile and Bolivia met in Arica."
    (actor,) = read_last([lead, "Bolivian minister Ana Mamani thanked her host."], "host")
    assert actor.country == "CHL"


def test_our_delegation_is_the_publishers() -> None:
    sentences = ["President Eleni Stavrou received guests in Nicosia.", "Our delegation toured Larnaca."]
    (actor,) = read_last(sentences, "delegation", publisher="SRB")
    assert actor.country == "SRB"


def test_two_ministries_are_one_of_each_side() -> None:
    lead = "Latvian Minister Anna Krumina met Finnish Minister Aino Virta."
    found = read_last([lead, "The two ministries will share patrol boats."], "ministries")
    assert {a.country for a in found} == {"LVA", "FIN"}


def test_heads_of_two_services_are_one_of_each_side() -> None:
    lead = "Latvia handed a note to Finland."
    found = read_last([lead, "The heads of the two border services spoke by telephone."], "heads")
    assert {a.country for a in found} == {"LVA", "FIN"}


def test_both_sides_are_not_those_who_speak_of_them() -> None:
    lead = "The government of Venezuela and the opposition in Guyana signed a truce."
    found = read_last([lead, "Colombia and Brazil congratulated both sides."], "sides")
    assert {a.country for a in found} == {"VEN", "GUY"}


def test_colleagues_belong_to_where_they_work() -> None:
    lead = "The head of the Ministry of Foreign Affairs of Serbia, Milan Petric, spoke."
    (actor,) = read_last([lead, "He thanked all his colleagues at the Greek Foreign Ministry."], "colleagues")
    assert actor.country == "GRC"


def test_colleagues_from_two_countries_are_two() -> None:
    found = read_last(["Kask met her colleagues from Norway and Iceland in Bergen."], "colleagues")
    assert [a.country for a in found] == ["NOR", "ISL"]


@pytest.mark.parametrize("word", ["Senate", "Congress"])
def test_a_chamber_is_american_only_where_america_is_spoken_of(word: str) -> None:
    (actor,) = read_last(["Paraguay raised its tariffs.", f"The {word} approved them."], word)
    assert actor.country == "PRY"
    (actor,) = read_last(["The United States raised its tariffs.", f"The {word} approved them."], word)
    assert actor.country == "USA"


def test_a_city_of_several_countries_is_the_one_of_the_country_spoken_of() -> None:
    (actor,) = read_last(["Bolivia counted its sick.", "The nurses of Santa Cruz ended a strike."], "nurses")
    assert actor.country == "BOL"


def test_an_office_said_before_without_a_name_is_the_same_one() -> None:
    sentences = ["The Foreign Ministry of Kyrgyzstan handed a note to the ambassador of Tajikistan."]
    cast = Cast()
    cast.scan(sentences[0], 0)
    head = next(t for t in parser()(sentences[0]) if t.text == "ambassador")
    for one in reader().read(head, cast, base=0):
        cast.note(one)
    later = "The ambassador rejected it."
    cast.scan(later, 100)
    (actor,) = reader().read(parser()(later)[1], cast, base=100)
    assert actor.country == "TJK"


def test_the_council_is_the_last_one_named() -> None:
    lead = "In a letter to the Security Council of the United Nations, Eritrea protested."
    (actor,) = read_last([lead, "It asked the Council to act."], "Council")
    assert actor.name == "United Nations Security Council"


def test_no_group_is_nobody() -> None:
    assert read_last(["No group claimed the attack."], "group") == []


def test_an_apposition_says_which_country_a_common_noun_means() -> None:
    (actor,) = read_last(["They were expelled by the island's patron, France."], "patron")
    assert actor.country == "FRA"


def test_a_pronoun_before_its_noun_is_the_subject_of_the_sentence() -> None:
    text = "During her visit to Nicosia, British Defence Secretary Alice Harrow toured the buffer zone."
    (actor,) = read_last([text], "her")
    assert actor.name == "Alice Harrow"
