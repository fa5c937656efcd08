"""What counts as a place, which place it is, and that offsets hold."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.extract.model import Place
from pipelines.extract.places import find_places, load_gazetteer


def named(text: str, surface: str, hint: str | None = None) -> Place:
    """Give the first place with that surface; fails when there is none."""
    return next(place for place in find_places(text, country_hint=hint) if place.text == surface)


def surfaces(text: str) -> list[str]:
    return [place.text for place in find_places(text)]


@pytest.mark.parametrize(
    "text",
    [
        "Paris Hilton opened the fair.",
        "Jordan Peterson gave a lecture.",
        "The prize went to Sandra Washington. Washington thanked the jury.",
        "A statement by Mr. London followed.",
        "Police named the driver as Victor N. Burton.",
        "She works for the Toronto Star and banks with Bank of America.",
        "Manchester United lost again.",
        "Researchers at Michigan State University agreed.",
        "The White House declined to comment.",
        "Doctors warned of West Nile virus.",
        "It cost US$400.",
        "Turkish, Dutch and Polish ministers dined together.",
        "The WHO spoke to us about it.",
        "Mobile phones are nice to have. Reading is better.",
    ],
)
def test_names_of_people_bodies_and_things_are_no_places(text: str) -> None:
    assert surfaces(text) == []


@pytest.mark.parametrize(
    ("text", "surface", "country", "admin1"),
    [
        ("Fire broke out in Paris, Texas.", "Paris", "USA", "TX"),
        ("The plant in Springfield, Ill., will close.", "Springfield", "USA", "IL"),
        ("Voters in Portland, Ore., were calm.", "Portland", "USA", "OR"),
        ("LONDON, Ontario — Snow fell on Monday.", "LONDON", "CAN", "08"),
        ("Shops shut in Tripoli, in northern Lebanon.", "Tripoli", "LBN", None),
        ("NAIROBI, Kenya (AP) — Markets opened late.", "NAIROBI", "KEN", None),
    ],
)
def test_a_named_region_decides_between_namesakes(
    text: str, surface: str, country: str, admin1: str | None
) -> None:
    place = named(text, surface)
    assert place.country == country
    assert admin1 is None or place.admin1 == admin1
    assert place.method == "containment"


def test_every_mention_means_the_same_place() -> None:
    text = "A bus overturned near Paris, Texas. Paris firefighters freed the driver."
    assert {p.geonames_id for p in find_places(text) if p.text == "Paris"} == {
        named(text, "Paris").geonames_id
    }
    assert surfaces(text).count("Paris") == 2


def test_the_larger_namesake_stands_without_context() -> None:
    assert named("The delegation landed in London.", "London").country == "GBR"
    assert named("Envoys met in Geneva at the request of the US.", "Geneva").country == "CHE"


def test_a_country_in_the_text_draws_its_towns() -> None:
    text = "Canada sent a plane. Crews from Hamilton and Kitchener joined in Ontario."
    assert named(text, "Hamilton").country == "CAN"


def test_the_publishers_country_tips_the_scale() -> None:
    text = "Work on the bridge in Richmond has begun."
    assert named(text, "Richmond", hint="GBR").country == "GBR"
    assert named(text, "Richmond", hint="USA").country == "USA"


def test_a_state_is_told_from_the_city_of_its_name() -> None:
    assert named("He moved to New York.", "New York").kind == "city"
    assert named("A bill of New York Gov. Jane Doe passed.", "New York").kind == "region"
    assert named("Snow buried Buffalo, New York.", "New York").kind == "region"


def test_lists_of_states_stay_lists() -> None:
    text = "Cases were found in Nevada, Missouri, Indiana, Pennsylvania, Wyoming and Michigan."
    assert {place.kind for place in find_places(text)} == {"region"}
    assert len(find_places(text)) == 6


@pytest.mark.parametrize(
    ("text", "surface", "identifier"),
    [
        ("Shells fell across Donbas.", "Donbas", "area:donbas"),
        ("Trucks entered the Gaza Strip.", "Gaza Strip", "area:gaza-strip"),
        ("Talks on Nagorno-Karabakh resumed.", "Nagorno-Karabakh", "area:nagorno-karabakh"),
        ("Ships left the Black Sea.", "Black Sea", "area:black-sea"),
    ],
)
def test_areas_that_are_no_towns_are_known(text: str, surface: str, identifier: str) -> None:
    place = named(text, surface)
    assert place.geonames_id == identifier
    assert place.kind == "area"


@pytest.mark.parametrize("surface", ["US", "U.S.", "USA", "the UK", "U.K.", "UAE", "DRC"])
def test_abbreviations_of_countries_count(surface: str) -> None:
    place = find_places(f"Officials from {surface} arrived.")[0]
    assert place.kind == "country"
    assert surface.endswith(place.text)


def test_capitals_of_an_acronym_make_no_town() -> None:
    assert surfaces("The IMO and the WHO met the CEO.") == []


def test_an_announced_village_lies_where_the_text_says() -> None:
    place = named("Floods cut off the village of Qwertzal in Bavaria. Qwertzal has one road.", "Qwertzal")
    assert (place.country, place.method, place.geonames_id) == ("DEU", "parent", None)
    assert place.latitude == named("Snow in Bavaria.", "Bavaria").latitude


def test_an_announced_village_without_a_region_is_not_placed() -> None:
    place = named("Floods cut off the village of Qwertzal.", "Qwertzal")
    assert (place.name, place.country, place.latitude) == (None, None, None)


def test_a_county_stands_near_the_towns_named_with_it() -> None:
    place = named("Deputies searched a farm in Laurel County near London, Kentucky.", "Laurel County")
    assert (place.country, place.admin1, place.kind) == ("USA", "KY", "region")
    assert place.method == "towns_nearby"


def test_accents_and_apostrophes_do_not_matter() -> None:
    one, other = "A ship left Côte d’Ivoire.", "A ship left Cote d'Ivoire."
    assert find_places(one)[0].country == find_places(other)[0].country == "CIV"


def test_names_run_over_the_end_of_a_line() -> None:
    place = find_places("They met in New\n          Zealand last week.")[0]
    assert place.country == "NZL"


def test_names_do_not_run_over_an_empty_line() -> None:
    assert "New\n\nZealand" not in surfaces("What is New\n\nZealand won.")


WORDS = ["Paris", "Texas", "U.S.", "St. Petersburg", "al-Minya", "Mr.", "Jordan", "Ill.", "New York", "Gov."]
SIGNS = [
    ",",
    ".",
    "(",
    "\n",
    "\n\n",
    " ",
    "-",
    "$",
    "😀",
    "İ",
    "of",
    "in",
    "village",
    "County",
    "Côte d’Ivoire",
]
PIECES = st.sampled_from(WORDS + SIGNS)


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.text(max_size=200), st.lists(PIECES, max_size=40).map(" ".join)))
def test_offsets_hold_and_places_do_not_overlap(text: str) -> None:
    places = find_places(text)
    assert all(text[place.start : place.end] == place.text for place in places)
    assert all(one.end <= other.start for one, other in pairwise(places))
    assert all((place.latitude is None) == (place.longitude is None) for place in places)


def test_overlong_texts_are_read_in_blocks_with_true_offsets() -> None:
    text = "Rain fell on Ankara. " * 20_000
    places = find_places(text)
    assert len(places) == 20_000
    assert all(text[place.start : place.end] == "Ankara" for place in places)


def test_the_same_text_gives_the_same_places() -> None:
    text = "Envoys flew from Minsk to Ankara; villagers of Brest waved."
    assert find_places(text) == find_places(text)


def test_the_gazetteer_is_read_once() -> None:
    assert load_gazetteer() is load_gazetteer()
