"""The places lexicon is well formed."""

from __future__ import annotations

import pytest

from pipelines.extract.places.fold import key_of
from pipelines.extract.places.gazetteer import load_gazetteer
from pipelines.extract.places.lexicon import read_lists, read_phrases, read_table, read_words

TABLES = ["countries.csv", "regions.csv", "us_states.csv", "areas.csv"]


@pytest.mark.parametrize("table", TABLES)
def test_coordinates_are_on_the_globe(table: str) -> None:
    for row in read_table(table):
        assert -90 <= float(row["latitude"]) <= 90, row
        assert -180 <= float(row["longitude"]) <= 180, row
        assert None not in row, row


def test_every_country_is_listed_once() -> None:
    codes = [row["alpha3"] for row in read_table("countries.csv")]
    assert len(codes) == len(set(codes))


@pytest.mark.parametrize("table", ["regions.csv", "areas.csv"])
def test_regions_and_areas_name_known_countries(table: str) -> None:
    known = {row["alpha3"] for row in read_table("countries.csv")} | {""}
    assert {row["country"] for row in read_table(table)} <= known


def test_identifiers_of_areas_are_unique() -> None:
    ids = [row["id"] for row in read_table("areas.csv")]
    assert len(ids) == len(set(ids))
    assert all(i.isdigit() or i.startswith("area:") for i in ids)


@pytest.mark.parametrize("name", ["ordinary_words.txt", "given_names.txt", "surnames.txt"])
def test_word_lists_hold_keys(name: str) -> None:
    assert all(word == key_of(word) for word in read_words(name))


def test_word_tables_hold_keys() -> None:
    for name, words in read_lists("words.toml").items():
        assert all(word == key_of(word) for word in words), name


def test_phrases_are_keys() -> None:
    for phrases in read_phrases("not_places.txt").values():
        assert all("24" in phrase or phrase == key_of(phrase) for phrase in phrases)


def test_regions_with_a_code_hold_towns_of_that_code() -> None:
    gazetteer = load_gazetteer()
    towns = gazetteer.towns
    seen = set(zip(towns.countries, towns.admin1, strict=True))
    assert set(gazetteer.regions) <= seen


def test_codes_of_regions_are_those_of_the_towns_in_them() -> None:
    gazetteer = load_gazetteer()
    towns = gazetteer.towns
    sums: dict[tuple[str, str], list[float]] = {}
    for n, place in enumerate(zip(towns.countries, towns.admin1, strict=True)):
        if place in gazetteer.regions:
            total = sums.setdefault(place, [0.0, 0.0, 0.0])
            total[0] += towns.latitudes[n]
            total[1] += towns.longitudes[n]
            total[2] += 1
    far = {
        region.name
        for place, region in gazetteer.regions.items()
        if abs(sums[place][0] / sums[place][2] - region.latitude) > 12
        or abs(sums[place][1] / sums[place][2] - region.longitude) > 15
    }
    assert far == set()
