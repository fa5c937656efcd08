"""Which place of a sentence is where its event happened."""

from __future__ import annotations

import pytest

from pipelines.extract.extractor import Extractor
from pipelines.extract.model import Article


def where(text: str) -> dict[str, str | None]:
    """The places of a text's mentions by trigger."""
    (found,) = Extractor.load().extract([Article("a", text, "2019-05-15")])
    return {mention.trigger: mention.place.name if mention.place else None for mention in found.mentions}


@pytest.mark.parametrize(
    ("text", "trigger", "place"),
    [
        ("Norway's prime minister visited Tbilisi on Friday.", "visited", "Tbilisi"),
        ("Norway's prime minister will visit Baku on Tuesday.", "visit", "Baku"),
        ("Serbia withdrew its troops from Pristina on Sunday.", "withdrew", "Pristina"),
        ("The shelling of Kharkiv by Russian forces lasted for hours.", "shelling", "Kharkiv"),
        ("Attacks by Boko Haram on Maiduguri have forced thousands to flee.", "Attacks", "Maiduguri"),
        ("Turkish jets bombed the town of Novi Sad on Monday.", "bombed", "Novi Sad"),
    ],
)
def test_what_is_visited_left_or_attacked_is_the_place(text: str, trigger: str, place: str) -> None:
    assert where(text)[trigger] == place


def test_a_town_at_the_end_of_a_title_is_where_it_was_signed() -> None:
    assert where("Laos and Nepal signed a trade agreement in Kathmandu.")["signed"] == "Kathmandu"


def test_a_country_in_a_title_is_what_the_paper_is_about() -> None:
    assert where("Laos and Nepal signed an agreement on mining in Mongolia.")["signed"] is None


def test_speech_acts_do_not_happen_where_their_topic_is() -> None:
    text = "France condemned the coup in Bamako and offered to fly its citizens to Dakar."
    assert where(text) == {"condemned": None, "offered": None}


def test_a_recall_does_not_happen_at_the_envoys_post() -> None:
    assert where("Turkey recalled its ambassador from Vienna.")["recalled"] is None


def test_a_speech_act_happens_where_its_speaker_speaks() -> None:
    assert where("Speaking in Lisbon, the Angolan president praised Portugal.")["praised"] == "Lisbon"


def test_where_the_news_was_told_is_not_where_it_happened() -> None:
    assert (
        where("Israel bombed Damascus on Saturday, Syrian officials said in Aleppo.")["bombed"] == "Damascus"
    )


def test_each_coordinated_visit_has_its_own_place() -> None:
    found = where("Norway's prime minister visited Tbilisi on Friday and will visit Baku on Tuesday.")
    assert found == {"visited": "Tbilisi", "visit": "Baku"}


def test_a_relative_clause_has_its_own_place() -> None:
    text = "Two soldiers who had been captured in Goma were freed by Rwandan rebels in Kigali."
    assert where(text) == {"captured": "Goma", "freed": "Kigali"}


def test_what_happened_where_carries_on_from_the_place() -> None:
    text = "The ambassadors of Chad and Niger signed a treaty in Niamey, where they also met President Issa Moussa."
    assert where(text)["met"] == "Niamey"


def test_a_town_beats_the_country_around_it() -> None:
    assert where("Indian and Dutch officials met in Jaipur in India.")["met"] == "Jaipur"


def test_the_first_of_two_hosts_is_the_place() -> None:
    assert where("Vienna and Graz hosted talks between Laos and Nepal.")["hosted"] == "Vienna"
