"""Who a noun phrase names."""

from __future__ import annotations

from functools import cache

import pytest
from cast_reading import parser, reader
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc, Token

from pipelines.extract.actors import names_somebody
from pipelines.extract.cast import Cast
from pipelines.extract.model import Actor


@cache
def parsed(text: str) -> Doc:
    return parser()(text)


def token(text: str, word: str) -> Token:
    return next(t for t in parsed(text) if t.text == word)


def read(text: str, word: str, publisher: str | None = None) -> list[Actor]:
    cast = Cast(publisher)
    cast.scan(text, 0)
    return reader().read(token(text, word), cast, base=0)


def behind(text: str, word: str) -> list[Actor]:
    cast = Cast()
    cast.scan(text, 0)
    return reader().behind(token(text, word), cast, base=0)


def test_a_country_is_itself_under_any_of_its_names() -> None:
    for text, word in (
        ("Kenya opened a port.", "Kenya"),
        ("The Republic of Kenya opened a port.", "Republic"),
    ):
        (actor,) = read(text, word)
        assert (actor.name, actor.kind, actor.country, actor.cameo_code) == ("Kenya", "country", "KEN", "KEN")


def test_a_capital_that_acts_is_its_government() -> None:
    (actor,) = read("Warsaw rejected the proposal.", "Warsaw")
    assert (actor.name, actor.country, actor.kind) == ("Poland", "POL", "country")


def test_a_titled_name_is_a_person_with_office_and_country() -> None:
    text = "Norway's Foreign Minister Ingrid Solberg praised the fishermen."
    (actor,) = read(text, "Solberg")
    assert actor.text == "Norway's Foreign Minister Ingrid Solberg"
    assert (actor.name, actor.kind, actor.country) == ("Ingrid Solberg", "person", "NOR")
    assert (actor.title, actor.sector, actor.cameo_code) == ("Foreign Minister", "GOV", "NORGOV")


def test_an_apposition_belongs_to_the_person() -> None:
    text = "They received Paul Hartwell, the Canadian Deputy Minister of Defence, on Monday."
    (actor,) = read(text, "Hartwell")
    assert actor.text == "Paul Hartwell, the Canadian Deputy Minister of Defence"
    assert (actor.country, actor.title) == ("CAN", "Deputy Minister of Defence")


def test_an_office_before_a_comma_belongs_to_the_name_after_it() -> None:
    text = "The Minister of Defence of the Republic of Latvia, Major General Janis Ozols arrived in Tallinn."
    (actor,) = read(text, "Ozols")
    assert (actor.name, actor.country, actor.sector) == ("Janis Ozols", "LVA", "GOV")
    assert actor.text.startswith("The Minister of Defence")


def test_a_namesake_of_a_country_is_a_person() -> None:
    (actor,) = read("Yesterday Stephen Jordan sued the publisher.", "Jordan")
    assert (actor.kind, actor.country) == ("person", None)


def test_a_relative_of_a_leader_is_not_the_leader() -> None:
    (actor,) = read("Critics said Tatiana Putin visited Oslo.", "Putin")
    assert actor.name == "Tatiana Putin"


def test_a_ministry_is_one_body_in_any_order_of_words() -> None:
    first = read("The Chilean Defence Ministry bought radars.", "Ministry")
    second = read("The Ministry of Defense of Chile bought radars.", "Ministry")
    assert first[0].name == second[0].name == "Ministry of Defence of Chile"
    assert first[0].country == second[0].country == "CHL"


def test_of_two_countries_gives_two_actors() -> None:
    found = read("The foreign ministries of Peru and Ecuador exchanged notes.", "ministries")
    assert [a.country for a in found] == ["PER", "ECU"]
    assert {a.text for a in found} == {"The foreign ministries of Peru and Ecuador"}


def test_two_joined_adjectives_give_two_actors() -> None:
    found = read("Indian and Nepalese officials reopened the crossing.", "officials")
    assert [a.country for a in found] == ["IND", "NPL"]


def test_a_meeting_names_its_joined_countries() -> None:
    found = read("A Japan-Mongolia summit approved the loan.", "summit")
    assert [a.name for a in found] == ["Japan", "Mongolia"]


def test_a_conjunct_of_the_head_is_left_to_the_caller() -> None:
    (actor,) = read("Spain and Portugal closed the border.", "Spain")
    assert (actor.text, actor.country) == ("Spain", "ESP")


def test_an_organisation_has_its_own_code() -> None:
    (actor,) = read("The World Food Programme (WFP) delivered rice.", "Programme")
    assert (actor.name, actor.kind, actor.country, actor.sector) == (
        "World Food Programme",
        "organization",
        None,
        "IGO",
    )
    assert actor.cameo_code == "IGOUNOWFP"


def test_a_national_security_council_is_not_that_of_the_united_nations() -> None:
    (actor,) = read("Ghana's Security Council convened overnight.", "Council")
    assert (actor.country, actor.kind) == ("GHA", "body")


@pytest.mark.parametrize(
    ("text", "word", "kind", "country", "sector"),
    [
        ("Two Turkish soldiers crossed the river.", "soldiers", "group", "TUR", "MIL"),
        ("Dozens of Greek farmers blocked the road.", "farmers", "group", "GRC", "AGR"),
        ("A woman sued the hospital.", "woman", "group", None, "CVL"),
        ("Protesters burned tyres.", "Protesters", "group", None, "CVL"),
        ("A Danish court jailed the smuggler.", "court", "body", "DNK", "JUD"),
        ("Police in Ecuador detained a mayor.", "Police", "body", "ECU", "GOV"),
        ("The mayor of Lyon opened a school.", "mayor", "person", "FRA", "GOV"),
        ("Boko Haram gunmen raided a market.", "gunmen", "group", "NGA", "UAF"),
        ("Hezbollah released a statement.", "Hezbollah", "armed_group", "LBN", "REB"),
        ("The Swedish nurses walked out.", "nurses", "group", "SWE", "MED"),
    ],
)
def test_who_acts_and_for_whom(text: str, word: str, kind: str, country: str | None, sector: str) -> None:
    (actor,) = read(text, word)
    assert (actor.kind, actor.country, actor.sector) == (kind, country, sector)


def test_a_quantity_is_whom_it_counts() -> None:
    (actor,) = read("Dozens of Greek farmers blocked the road.", "Dozens")
    assert (actor.text, actor.country) == ("Dozens of Greek farmers", "GRC")


def test_a_backer_is_not_the_country_of_the_backed() -> None:
    (actor,) = read("The American-backed Libyan government resigned.", "government")
    assert actor.country == "LBY"


def test_a_spokesman_belongs_to_whom_he_speaks_for() -> None:
    (actor,) = read("A spokesman for the Iraqi army denied it.", "spokesman")
    assert (actor.country, actor.sector) == ("IRQ", "MIL")


def test_an_envoy_does_not_belong_to_the_country_he_is_sent_to() -> None:
    (actor,) = read("The Swiss ambassador to Brazil apologised.", "ambassador")
    assert actor.country == "CHE"


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("The ministry announced a decision on Tuesday.", "decision"),
        ("The ministry announced a decision on Tuesday.", "Tuesday"),
        ("It rained and the bridge collapsed.", "bridge"),
        ("The sides initialled the Bilateral Fisheries Agreement.", "Agreement"),
        ("It was noted that trade had doubled.", "It"),
    ],
)
def test_things_and_times_are_nobody(text: str, word: str) -> None:
    assert read(text, word) == []


@pytest.mark.parametrize(
    ("text", "word", "name"),
    [
        ("He attacked a Polish Supreme Court ruling.", "ruling", "Supreme Court of Poland"),
        ("They bought Italian industrial goods.", "goods", "Italy"),
        ("He read the findings of the Kenyan parliament.", "findings", "Parliament of Kenya"),
        ("They condemned a Jordanian army airstrike.", "airstrike", "Army of Jordan"),
    ],
)
def test_somebody_stands_behind_a_thing(text: str, word: str, name: str) -> None:
    assert read(text, word) == []
    assert behind(text, word)[0].name == name


def test_nobody_stands_behind_a_plain_thing() -> None:
    assert behind("The old bridge collapsed.", "bridge") == []


def test_a_relative_pronoun_is_its_noun() -> None:
    text = "They met the Dutch lawmakers who drafted the bill."
    (actor,) = read(text, "who")
    assert (actor.country, actor.sector) == ("NLD", "LEG")


def test_the_base_moves_every_offset() -> None:
    text = "Two Turkish soldiers crossed the river."
    (actor,) = reader().read(token(text, "soldiers"), Cast(), base=700)
    assert (actor.start, actor.end) == (700, 700 + len("Two Turkish soldiers"))


def test_a_curly_apostrophe_does_not_hide_the_minister() -> None:
    (actor,) = read("Cyprus’ Foreign Minister Andreas Petrou met reporters.", "Petrou")
    assert (actor.name, actor.country) == ("Andreas Petrou", "CYP")


@settings(max_examples=40, deadline=None)
@given(
    st.text(
        alphabet=st.sampled_from("Rebels of the U.S. and Iran’s Gen. é-(,) ministers said he"), max_size=80
    )
)
def test_every_actor_is_an_exact_stretch_of_the_text(text: str) -> None:
    cast = Cast()
    cast.scan(text, 0)
    for one in parser()(text):
        for actor in reader().read(one, cast, base=0) + reader().behind(one, cast, base=0):
            assert actor.text
            assert text[actor.start : actor.end] == actor.text


@pytest.mark.parametrize(
    "text", ["Rebels shot at a convoy.", "They left.", "the army fired", "In May Zorblax won."]
)
def test_the_gate_lets_through_whoever_could_act(text: str) -> None:
    assert names_somebody(text)


@pytest.mark.parametrize("text", ["", "rain fell all night long.", "12 + 30 = 42"])
def test_the_gate_stops_what_names_nobody(text: str) -> None:
    assert not names_somebody(text)


def test_a_very_long_line_is_read_in_linear_steps() -> None:
    assert names_somebody("-" * 1_000_000 + " Rebels")
    assert not names_somebody("x" * 1_000_000)


@pytest.mark.parametrize(
    ("text", "word", "antecedent"),
    [
        ("The Turkish navy said it had rescued two sailors.", "it", "The Turkish navy"),
        ("President Mateo Rojas said he would resign.", "he", "President Mateo Rojas"),
        ("Haitian dockers said they wanted higher pay.", "they", "Haitian dockers"),
    ],
)
def test_a_pronoun_takes_the_words_of_its_antecedent_in_the_sentence(
    text: str, word: str, antecedent: str
) -> None:
    (actor,) = read(text, word)
    assert (actor.text, actor.resolved_by) == (antecedent, "coreference")


def test_he_is_no_country() -> None:
    assert read("Denmark said he would resign.", "he") == []


def test_a_dateline_is_nobody() -> None:
    text = "BELGRADE, Serbia -- Croatian officials closed the crossing."
    assert read(text, "BELGRADE") == []
    (actor,) = read(text, "officials")
    assert (actor.text, actor.country) == ("Croatian officials", "HRV")


def test_where_somebody_is_is_no_part_of_the_office() -> None:
    (actor,) = read("The Irish president in Galway thanked the crew.", "president")
    assert actor.title == "president"


def test_a_bracket_is_closed_where_it_was_opened() -> None:
    (actor,) = read("The Congress of Rural Teachers (CRT) called a strike.", "Congress")
    assert actor.text == "The Congress of Rural Teachers (CRT)"


@pytest.mark.parametrize(
    ("text", "word"), [("Some of them said they left.", "Some"), ("Many of us said so.", "Many")]
)
def test_a_pronoun_inside_its_own_phrase_is_not_chased_for_ever(text: str, word: str) -> None:
    assert read(text, word) == []


def test_pronouns_that_point_at_each_other_end() -> None:
    from pipelines.extract.extractor import Extractor
    from pipelines.extract.model import Article

    text = (
        "When his editors asked him, he would respond, “My minister met us.” “My family met them,” she said."
    )
    assert next(Extractor.load().extract([Article("ring", text, "2024-05-15")])).id == "ring"


def test_cameo_has_its_own_letters_for_health_and_the_press() -> None:
    from pipelines.extract.who.member import cameo_code

    assert cameo_code("KEN", "MED", None, "group") == "KENHLH"
    assert cameo_code("PER", "JRN", None, "group") == "PERMED"
    assert cameo_code("PER", "MIL", None, "group") == "PERMIL"
