"""Grammar: which words tell of an event, and whose it is."""

from collections.abc import Callable

import pytest

from pipelines.extract.model import Mention


def told(found: list[Mention]) -> list[tuple[str, list[str], list[str]]]:
    return [(one.type, [a.text for a in one.actors], [r.text for r in one.recipients]) for one in found]


@pytest.mark.parametrize(
    ("text", "type_", "actor"),
    [
        ("Turkish fighter jets were scrambled over Izmir.", "MOBILIZE", "Turkish fighter jets"),
        (
            "A battalion of Kenyan marines was stationed on Lamu island.",
            "MOBILIZE",
            "Kenyan marines",
        ),
        ("The deployment of Polish troops to the Latvian border began in May.", "MOBILIZE", "Polish troops"),
    ],
)
def test_moved_forces_stand_for_their_mover(mentions: Callable, text: str, type_: str, actor: str) -> None:
    (found,) = [mention for mention in mentions(text) if mention.type == type_]
    (mover,) = found.actors
    assert mover.text.endswith(actor)


def test_soldiers_not_sent_are_a_deployment_denied(mentions: Callable) -> None:
    (found,) = mentions("Danish soldiers were not deployed to Mali in 2019.")
    assert (found.type, found.status) == ("MOBILIZE", "denied")


def test_the_doer_is_found_behind_the_one_it_was_done_to(mentions: Callable) -> None:
    (found,) = mentions("The detention of a Tibetan monk by Nepalese police angered nobody.")
    assert told([found]) == [("COERCE", ["Nepalese police"], ["a Tibetan monk"])]


def test_both_sides_of_a_hyphenated_pair_meet(mentions: Callable) -> None:
    (found,) = mentions("The Peru-Chile talks ended in Lima without result.")
    assert {one.country for one in found.actors} == {"PER", "CHL"}


def test_sides_that_hang_on_an_empty_verb_belong_to_the_noun(mentions: Callable) -> None:
    (found,) = mentions("Talks were held between Peru and Chile in Lima.")
    assert {one.country for one in found.actors} == {"PER", "CHL"}


def test_a_strike_is_theirs_who_called_it(mentions: Callable) -> None:
    found = mentions("A general strike called by the Tunisian labour union shut Sfax.")
    assert ("PROTEST", ["the Tunisian labour union"], []) in told(found)


def test_a_purpose_is_no_event_of_its_own(mentions: Callable) -> None:
    found = mentions("Hundreds of Chileans took to the streets of Arica to protest against a tax.")
    assert [mention.type for mention in found] == ["PROTEST"]
