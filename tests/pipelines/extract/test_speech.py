"""Speech: what somebody does by saying something."""

from collections.abc import Callable

import pytest

from pipelines.extract.model import Mention


def names(mention: Mention) -> tuple[list[str], list[str]]:
    return [one.text for one in mention.actors], [one.text for one in mention.recipients]


def only(found: list[Mention], type_: str) -> Mention:
    (mention,) = [one for one in found if one.type == type_]
    return mention


@pytest.mark.parametrize(
    ("text", "speaker", "addressee"),
    [
        (
            "Chad must hand over its records to the court, the Swedish foreign minister said.",
            "the Swedish foreign minister",
            ["Chad"],
        ),
        ("The Kenyan president said Uganda should withdraw its troops.", "The Kenyan president", ["Uganda"]),
        ("Rome would like Tunis to take back its migrants, an Italian official said.", "Rome", ["Tunis"]),
        (
            '"Free the nurses at once," the Malian governor told the rebels.',
            "the Malian governor",
            ["the rebels"],
        ),
        ('"The siege must end," said Chilean senator Maria Lopez.', "Chilean senator Maria Lopez", []),
        ("Warsaw insisted that Minsk release the journalists.", "Warsaw", ["Minsk"]),
    ],
)
def test_to_say_what_another_must_do_is_to_demand_it(
    mentions: Callable, text: str, speaker: str, addressee: list[str]
) -> None:
    demand = only(mentions(text), "REQUEST")
    assert names(demand) == ([speaker], addressee)
    assert demand.status == "occurred"


def test_what_is_demanded_has_not_happened(mentions: Callable) -> None:
    found = mentions("The Kenyan president said Uganda must withdraw its troops.")
    assert [mention.type for mention in found] == ["REQUEST"]


@pytest.mark.parametrize(
    "text",
    [
        "Doctors in Lima said patients must wash their hands.",
        "Kenya said it must protect its forests.",
        "The Danish coach said his players must run more.",
    ],
)
def test_advice_and_own_duties_are_no_demands(mentions: Callable, text: str) -> None:
    assert all(mention.type != "REQUEST" for mention in mentions(text))


@pytest.mark.parametrize(
    ("text", "speaker", "target"),
    [
        ("Hanoi said it would retaliate if Manila sent more ships.", "Hanoi", ["Manila"]),
        ("Moscow promised to answer in kind.", "Moscow", []),
        (
            "Ethiopia will not hesitate to use force against Eritrea, its premier said.",
            "Ethiopia",
            ["Eritrea"],
        ),
        (
            '"They will regret it," Peru\'s defence minister said of the Chilean army.',
            "Peru's defence minister",
            ["the Chilean army"],
        ),
    ],
)
def test_to_announce_revenge_is_to_threaten(
    mentions: Callable, text: str, speaker: str, target: list[str]
) -> None:
    threat = only(mentions(text), "THREATEN")
    assert names(threat) == ([speaker], target)
    assert threat.status == "occurred"


def test_revenge_that_was_taken_is_no_threat(mentions: Callable) -> None:
    assert all(one.type != "THREATEN" for one in mentions("Hanoi retaliated within a day, Manila said."))


def test_a_misdeed_laid_to_another_is_a_charge(mentions: Callable) -> None:
    charge = only(mentions("The opposition in Zambia said the ruling party had rigged the vote."), "ACCUSE")
    assert names(charge) == (["The opposition in Zambia"], ["the ruling party"])


def test_an_act_laid_to_another_stays_the_act(mentions: Callable) -> None:
    found = mentions("Rebel leaders in Darfur said the army had violated the ceasefire in Nyala.")
    assert [(one.type, one.reported_by) for one in found] == [("ASSAULT", "Rebel leaders in Darfur")]


def test_a_confessed_misdeed_is_no_charge(mentions: Callable) -> None:
    assert all(one.type != "ACCUSE" for one in mentions("The mayor of Lusaka said he had rigged the vote."))


def test_what_nobody_is_said_to_do_is_announced_by_the_speaker(mentions: Callable) -> None:
    refusal = only(mentions("The governor of Puno said that troops would not be withdrawn."), "REJECT")
    assert names(refusal)[0] == ["The governor of Puno"]


def test_quoted_speakers_are_found_behind_who_quotes_them(mentions: Callable) -> None:
    text = "The radio quoted the Zambian premier as saying that troops would not be withdrawn."
    refusal = only(mentions(text), "REJECT")
    assert refusal.reported_by == "the Zambian premier"


def test_what_a_named_state_should_do_is_demanded_of_it(mentions: Callable) -> None:
    found = mentions("The Kenyan foreign minister said Somalia should respect the maritime ruling.")
    assert [(mention.type, mention.recipients[0].country) for mention in found] == [("REQUEST", "SOM")]


def test_a_demand_has_the_mode_of_what_is_demanded(mentions: Callable) -> None:
    demand = only(mentions("Oman said Yemen must withdraw its troops."), "REQUEST")
    assert demand.mode == "yield"


def test_what_somebody_is_prompted_to_do_is_told_and_not_the_prompting(mentions: Callable) -> None:
    found = mentions(
        "Police arrested a Thai judge, prompting the opposition to call for a boycott of the court."
    )
    assert "prompting" not in [one.trigger for one in found]
    assert "COERCE" in [one.type for one in found]
