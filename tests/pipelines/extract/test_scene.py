"""What mentions inherit from the meeting told before them, and what they do not."""

from __future__ import annotations

from pipelines.extract.extractor import Extractor
from pipelines.extract.model import Article, Mention

MEETING = (
    "The Kenyan foreign minister, Amina Odera, met Ethiopian President Abiy Tessema in Addis Ababa on Monday."
)


def told(text: str, published: str | None = "2019-05-15") -> dict[str, Mention]:
    """The mentions of a text by their triggers."""
    (found,) = Extractor.load().extract([Article("a", text, published)])
    return {mention.trigger: mention for mention in found.mentions}


def setting(mention: Mention) -> tuple[str | None, str | None, str | None, str | None]:
    """EDTF day and place, each with its method."""
    time, place = mention.time, mention.place
    return (time and time.edtf, time and time.method, place and place.name, place and place.method)


def test_they_signed_where_and_when_they_met() -> None:
    found = told(f"{MEETING} They signed a trade agreement.")
    assert setting(found["signed"]) == ("2019-05-13", "inherited", "Addis Ababa", "inherited")


def test_inheritance_needs_no_publication_date() -> None:
    text = MEETING.replace("on Monday", "on 3 March 2014") + "\n\nThe two sides signed a trade agreement."
    found = told(text, None)
    assert setting(found["signed"]) == ("2014-03-03", "inherited", "Addis Ababa", "inherited")


def test_a_third_country_takes_no_part_in_the_scene() -> None:
    found = told(f"{MEETING} Uganda condemned the meeting.")
    assert setting(found["condemned"]) == ("2019-05-15", "published", None, None)


def test_an_own_time_keeps_the_place_of_the_scene_away() -> None:
    found = told(f"{MEETING} On Tuesday they signed a trade agreement.")
    assert setting(found["signed"]) == ("2019-05-14", "relative", None, None)


def test_an_own_place_keeps_the_time_of_the_scene_away() -> None:
    found = told(f"{MEETING} They signed a trade agreement in Mombasa.")
    assert setting(found["signed"]) == ("2019-05-15", "published", "Mombasa", "stated")


def test_two_paragraphs_on_nothing_is_inherited() -> None:
    found = told(f"{MEETING}\n\nIt rained all day.\n\nThey signed a trade agreement.")
    assert found["signed"].place is None


def test_what_is_set_before_the_scene_inherits_nothing() -> None:
    found = told(f"{MEETING} The two sides had signed a trade agreement.")
    assert found["signed"].place is None


def test_the_same_day_is_the_day_named_before_even_without_a_year() -> None:
    text = "On 4 June it rained in Riga. On the same day the leaders of Laos and Nepal met in Jaipur."
    assert setting(told(text, None)["met"])[:2] == ("XXXX-06-04", "inherited")


def test_a_deed_goes_on_with_those_who_did_it() -> None:
    found = told("Malian rebels attacked an army post near Mopti on Tuesday. They killed six soldiers.")
    assert setting(found["killed"]) == ("2019-05-14", "inherited", "Mopti", "inherited")


def test_what_only_happened_somewhere_keeps_the_publication_date() -> None:
    assert setting(told("Laos thanked Nepal.")["thanked"]) == ("2019-05-15", "published", None, None)


def test_what_is_planned_is_not_dated_by_publication() -> None:
    assert told("Laos will thank Nepal.")["thank"].time is None


def test_later_in_the_day_is_the_day_named_before() -> None:
    text = "Malian rebels attacked an army post near Mopti on Monday. Later in the day France condemned the killings."
    assert setting(told(text)["condemned"]) == ("2019-05-13", "inherited", None, None)


def test_a_meeting_without_a_date_does_not_take_that_of_another_meeting() -> None:
    other = "In Mombasa, Odera met Tessema again. They signed a trade agreement."
    found = told(f"{MEETING.replace('on Monday', 'on 3 March 2014')} {other}", None)
    assert setting(found["signed"]) == (None, None, "Mombasa", "inherited")
