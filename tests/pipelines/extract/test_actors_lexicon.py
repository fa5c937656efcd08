"""The actor lexicons: every row means something, and says it in the codes of the ontology."""

from __future__ import annotations

from collections import Counter

import pycountry
import pytest

from pipelines.extract.who.lexicon import lexicon
from pipelines.extract.who.lexicon_files import rows
from pipelines.extract.who.vocabulary import vocabulary
from pipelines.extract.who.words import fold, key, split

SECTORS = {
    *("GOV", "JUD", "LEG", "MIL", "PRM", "PTY", "REB", "SPY", "UAF", "UNK", "AGR", "BUS", "CRM", "CVL"),
    *("EDU", "ELI", "JRN", "LAB", "MED", "REF", "OPP", "PRE", "REL", "SOC", "IGO", "NGO", "MNC"),
}
GONE = {"XKX", "SUN", "YUG", "CSK", "DDR"}  # user-assigned or withdrawn codes
COUNTRIES = {country.alpha_3 for country in pycountry.countries} | GONE


@pytest.mark.parametrize(
    "name", ["bodies.csv", "groups.csv", "organizations.csv", "persons.csv", "regions.csv", "titles.csv"]
)
def test_sectors_and_countries_are_codes_of_the_ontology(name: str) -> None:
    for row in rows(name):
        assert None not in row, f"too many cells: {row}"
        assert all(value is not None for value in row.values()), f"too few cells: {row}"
        assert row["sector"] in SECTORS | {""}, row
        assert row.get("country") in COUNTRIES | {"", None}, row


def test_every_state_is_listed_once() -> None:
    listed = Counter(row["alpha3"] for row in rows("countries.csv"))
    assert set(listed) <= COUNTRIES
    assert max(listed.values()) == 1
    assert len(listed) > 200


@pytest.mark.parametrize(
    ("name", "column"),
    [("organizations.csv", "name"), ("bodies.csv", "word"), ("groups.csv", "noun"), ("titles.csv", "title")],
)
def test_no_row_is_given_twice(name: str, column: str) -> None:
    counted = Counter(row[column] for row in rows(name))
    assert [wording for wording, times in counted.items() if times > 1] == []


def test_an_abbreviation_is_matched_as_it_is_written() -> None:
    assert lexicon().mark("They told us who left.").marks == []
    names = [mark.entry.name for mark in lexicon().mark("The US told the WHO.").marks]
    assert names == ["United States", "World Health Organization"]


def test_the_longest_wording_wins() -> None:
    (mark,) = lexicon().mark("South Sudan").marks
    assert mark.entry.country == "SSD"


def test_accents_do_not_hide_a_name() -> None:
    for wording in ("Côte d'Ivoire", "Cote d’Ivoire"):
        assert lexicon().mark(wording).marks[0].entry.country == "CIV"


def test_words_keep_their_offsets() -> None:
    text = "Gen. Smith of the U.S. left St. Paul’s."
    assert all(text[word.start : word.end] == word.text for word in split(text))
    assert "U.S." in [word.text for word in split(text)]


def test_folding_is_stable() -> None:
    assert fold(fold("Erdoğan")) == fold("Erdoğan") == "erdogan"
    assert key("People's Army") == ("people", "'s", "army")


def test_an_unknown_word_list_is_an_error() -> None:
    with pytest.raises(KeyError):
        vocabulary("no such list")
