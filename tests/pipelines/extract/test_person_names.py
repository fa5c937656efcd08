"""Personal names with their offices in running words; datelines, in which nobody acts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.extract.cast import Cast
from pipelines.extract.who.datelines import dateline_country, dateline_end
from pipelines.extract.who.lexicon import lexicon
from pipelines.extract.who.names import Segment, person_segments


def people(text: str) -> list[Segment]:
    return list(person_segments(lexicon().mark(text), lexicon()))


def test_the_country_after_a_name_is_the_persons() -> None:
    (one,) = people("Police Minister Helen Ward of New Zealand will visit Suva.")
    assert (one.name, one.description.country) == ("Helen Ward", "NZL")


def test_an_office_after_and_is_the_next_persons() -> None:
    first, second = people("Kazakh Minister Daniyar Seitov and Mongolian Minister Bat Ganz signed it.")
    assert (first.name, first.description.country) == ("Daniyar Seitov", "KAZ")
    assert (second.name, second.description.country) == ("Bat Ganz", "MNG")


def test_a_first_name_that_is_a_city_lends_no_country() -> None:
    first, second = people("It was signed by Minister Milan Obren and Minister Andreas Louk.")
    assert (first.name, second.name) == ("Milan Obren", "Andreas Louk")
    assert first.description.country is second.description.country is None


def test_a_plural_office_is_shared() -> None:
    first, second = people("Fisheries ministers Lone Holm and Jon Palsson signed the agreement.")
    assert (first.name, second.name) == ("Lone Holm", "Jon Palsson")
    assert first.description.title == second.description.title == "Fisheries minister"


def test_those_who_share_an_office_keep_their_own_country() -> None:
    found = people("Transport ministers Rodrigo Sanz of Chile and Mariana Bustos of Argentina met.")
    assert [(one.name, one.description.country) for one in found] == [
        ("Rodrigo Sanz", "CHL"),
        ("Mariana Bustos", "ARG"),
    ]


def test_a_name_with_a_hyphened_article_is_whole() -> None:
    (one,) = people("Omani Foreign Minister Salim al-Harth spoke.")
    assert (one.name, one.description.country) == ("Salim al-Harth", "OMN")


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("ARUCAS, Colombia - A rebel group freed four men.", "COL"),
        ("NICOSIA, November 12 (East Med Wire) - Serbian officers came.", "CYP"),
        ("Cairo, 26 May 2021 (Nile Watch): Egypt warned them.", "EGY"),
        ("NAIROBI — Japan promised help.", "KEN"),
    ],
)
def test_a_dateline_ends_before_the_report_and_names_its_country(text: str, country: str) -> None:
    marked = lexicon().mark(text)
    end = dateline_end(marked)
    assert text[:end].rstrip()[-1] in "-—:"
    assert dateline_country(marked, end) == country


@pytest.mark.parametrize(
    "text",
    ["Iran - which denies it - left.", "The ministry said - again - no.", "NATO - the alliance - met.", ""],
)
def test_a_dash_alone_makes_no_dateline(text: str) -> None:
    assert dateline_end(lexicon().mark(text)) == 0


def test_he_is_never_the_agency_of_the_dateline() -> None:
    cast = Cast()
    lead = "NICOSIA (East Med Wire) - Serbian Defence Minister Milan Obren signed a plan."
    cast.scan(lead, 0)
    cast.scan("He thanked Cyprus.", len(lead) + 1)
    found = cast.nearest_person(len(lead) + 1)
    assert found is not None
    assert found.name == "Milan Obren"


def test_an_official_without_a_country_is_the_storys_until_one_is_said() -> None:
    cast = Cast()
    lead = "OSLO - Norway closed a road."
    cast.scan(lead, 0)
    cast.scan("Transport Minister Kari Lund apologised.", 40)
    guessed = cast.person("Kari Lund")
    assert guessed is not None
    assert guessed.country == "NOR"
    cast.scan("Swedish Transport Minister Kari Lund left.", 90)
    said = cast.person("Kari Lund")
    assert said is not None
    assert said.country == "SWE"


@given(st.text(alphabet=st.sampled_from("ABC abc,.()-–—:' OSLO Minister of Chile and"), max_size=80))
def test_names_and_datelines_lie_inside_the_text(text: str) -> None:
    marked = lexicon().mark(text)
    assert 0 <= dateline_end(marked) <= len(text)
    for one in person_segments(marked, lexicon()):
        assert 0 <= one.first <= one.start < one.end <= one.last <= len(text)
