"""Who takes part in what an article tells, from its text to its participants."""

from __future__ import annotations

from functools import cache

import pytest

from pipelines.extract.casting import distinct
from pipelines.extract.extractor import Extractor
from pipelines.extract.model import Actor, Article, Mention


@cache
def mentions(text: str) -> tuple[Mention, ...]:
    (extraction,) = Extractor.load().extract([Article("x", text, "2024-05-15")])
    return extraction.mentions


def countries(actors: tuple[Actor, ...]) -> set[str | None]:
    return {one.country for one in actors}


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("Rwanda accepted a Ghanaian proposal to move the talks to Accra.", "GHA"),
        ("Lawmakers in Riga approved the airport deal with Moldova.", "MDA"),
        ("Iceland supported a Faroese bid for membership.", "FRO"),
        ("Oman agreed to lend Yemen two ferries.", "YEM"),
    ],
)
def test_an_act_is_directed_at_whom_its_object_names(text: str, country: str) -> None:
    assert any(country in countries(mention.recipients) for mention in mentions(text))


def test_what_is_sent_is_not_whom_it_is_sent_to() -> None:
    for mention in mentions("Nepal promised to send a battalion in August."):
        assert mention.recipients == ()


def test_nobody_directs_an_act_at_himself() -> None:
    for mention in mentions("Egypt accepted a plan to reform the Egyptian army."):
        assert "EGY" not in countries(mention.recipients)


def test_they_are_those_who_acted_before() -> None:
    text = (
        "Kazakh Minister Daniyar Seitov and Mongolian Minister Bat Ganz signed a plan in Astana on Monday. "
        "They also signed a memorandum on old books."
    )
    later = [one for one in mentions(text) if one.sentence.index == 1]
    assert later
    assert {actor.name for actor in later[0].actors} == {"Daniyar Seitov", "Bat Ganz"}


def test_every_participant_is_an_exact_stretch_of_the_article() -> None:
    text = "Peru’s “government” said it had arrested Chile’s envoy.\nIts police denied that."
    for mention in mentions(text):
        for actor in (*mention.actors, *mention.recipients):
            assert text[actor.start : actor.end] == actor.text


def test_an_actor_named_twice_stands_where_it_was_named_first() -> None:
    first, second = Actor("A", 0, 1, "A", "country", "AAA"), Actor("B", 2, 3, "B", "country", "BBB")
    again = Actor("A again", 9, 16, "A", "country", "AAA")
    assert distinct([first, second, again]) == (first, second)


def test_what_happens_abroad_is_done_to_those_whose_place_it_is() -> None:
    (aid,) = mentions("Germany gave 30 million euros to build bridges in Benin.")
    assert countries(aid.recipients) == {"BEN"}


def test_what_two_states_agree_on_is_not_directed_at_the_place_where_it_is() -> None:
    (agreed,) = mentions("Norway and Chile agreed to open a joint office in Punta Arenas.")
    assert countries(agreed.actors) == {"NOR", "CHL"}
    assert agreed.recipients == ()


def test_he_who_is_urged_is_not_he_who_urges() -> None:
    told = mentions("Kenyan President Tom Otieno met Ugandan President Paul Okello and thanked him.")
    thanked = next(one for one in told if one.type == "SUPPORT")
    assert [countries(thanked.actors), countries(thanked.recipients)] == [{"KEN"}, {"UGA"}]


@pytest.mark.parametrize(
    ("text", "actor"),
    [
        ("Prison wardens in Peru detained two inspectors.", "Prison wardens in Peru"),
        ("Border patrols in Oman detained two smugglers.", "Border patrols in Oman"),
        ("Libyan government gunboats shelled the harbour.", "Libyan government gunboats"),
    ],
)
def test_unnamed_professions_and_forces_act(text: str, actor: str) -> None:
    assert [one.text for one in mentions(text)[0].actors] == [actor]


def test_what_an_untold_addressee_shall_do_names_others_than_him() -> None:
    (request,) = [
        one for one in mentions("Peru urged both sides to free a Danish nurse.") if one.type == "REQUEST"
    ]
    assert "DNK" not in countries(request.recipients)
