"""Fields of life in which words of politics and war mean something else."""

from __future__ import annotations

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.extract.domain import article_domain, domain_of, domains, is_silent
from pipelines.extract.model import Actor
from pipelines.extract.ontology import LEXICON, ontology


def actor(text: str, kind: str, sector: str | None, name: str | None = None) -> Actor:
    return Actor(text=text, start=0, end=len(text), name=name or text, kind=kind, country=None, sector=sector)


@pytest.mark.parametrize(
    ("sentence", "domain"),
    [
        ("The Kenyan midfielder attacked down the left wing.", "sport"),
        ("Norway won 3-1 after a late attack.", "sport"),
        ("In the video game, tanks roll into Paris.", "games"),
        ("The soprano stormed off the stage.", "arts"),
        ("The insurer struck a deal with a retailer.", "business"),
        ("Lightning struck a chapel.", "weather"),
        ("A heart attack killed the conductor.", "nature"),
        ("He met his wife in Lima.", "home"),
        ("A man was charged with murder after a burglary.", "crime"),
    ],
)
def test_vocabulary_tells_the_field(sentence: str, domain: str) -> None:
    assert domain_of(sentence) == domain


@pytest.mark.parametrize(
    "sentence",
    [
        "The minister met the midfielder.",
        "Rebels attacked the film festival.",
        "Police arrested an airline pilot.",
    ],
)
def test_public_words_make_it_politics(sentence: str) -> None:
    assert domain_of(sentence) is None


def test_police_do_not_make_private_crime_political() -> None:
    assert domain_of("Police say the homicide victim knew the burglar.") == "crime"


def test_team_named_by_its_country_does_not_attack() -> None:
    assert is_silent("sport", "ASSAULT", [actor("Norway", "country", "GOV")])


def test_captain_is_no_officer_in_sport() -> None:
    assert is_silent("sport", "ACCUSE", [actor("The captain", "person", "MIL")])


def test_minister_is_heard_in_every_field() -> None:
    for field in domains().fields:
        assert not is_silent(field, "ACCUSE", [actor("Minister Ana Diaz", "person", "GOV")])


def test_country_buys_but_its_adjective_does_not() -> None:
    assert not is_silent("business", "AGREE", [actor("Ghana", "country", "GOV")])
    assert is_silent("business", "AGREE", [actor("The Danish", "country", "GOV", "Denmark")])


def test_strike_at_a_firm_stays_a_protest() -> None:
    assert not is_silent("business", "PROTEST", [actor("Pilots", "group", "LAB")])


def test_politics_is_never_silent() -> None:
    assert not is_silent(None, "AGREE", [actor("A bank", "organization", "BUS")])


def test_article_of_one_field_lends_it_to_its_sentences() -> None:
    article = "The goalkeeper saved a penalty. The midfielder hit the bar. The winger missed. A qualifier to forget."
    assert article_domain(article) == "sport"
    assert domain_of("Norway attacked again in the second half.", "sport") == "sport"


def test_article_of_politics_keeps_its_sentences() -> None:
    article = "The president told parliament that the army and the rebels would respect the ceasefire. " * 3
    assert article_domain(article) == "politics"
    assert domain_of("He was shot in his kitchen.", "politics") is None


@given(st.text(max_size=400))
def test_any_text_has_a_known_field_or_none(text: str) -> None:
    assert domain_of(text, article_domain(text)) in {None, *domains().fields}


def test_file_names_types_and_sectors_of_the_ontology() -> None:
    data = tomllib.loads((LEXICON / "domains.toml").read_text("utf-8"))
    for field in data["field"].values():
        assert set(field.get("types", ())) <= set(ontology().types)
        assert field["countries"] in {"never", "named", "always"}
        assert not set(field["strong"]) & set(field["weak"])
        for word in (*field["strong"], *field["weak"]):
            assert word == word.lower()
