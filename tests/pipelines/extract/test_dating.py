"""Which time belongs to which event of a sentence."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from pipelines.extract.dating import publication_time
from pipelines.extract.extractor import Extractor
from pipelines.extract.model import Article, Mention, Sentence, Time
from pipelines.extract.times import find_times
from pipelines.extract.times.leaning import counted_back, leaning
from pipelines.extract.times.series import joined

WEDNESDAY = "2019-05-15"


def told(text: str, published: str | None = WEDNESDAY) -> dict[str, Mention]:
    """The mentions of a text by their triggers."""
    (found,) = Extractor.load().extract([Article("a", text, published)])
    return {mention.trigger: mention for mention in found.mentions}


def when(text: str, trigger: str, published: str | None = WEDNESDAY) -> tuple[str | None, str] | None:
    """EDTF and method of the mention with this trigger."""
    time = told(text, published)[trigger].time
    return None if time is None else (time.edtf, time.method)


def test_a_relative_clause_keeps_its_time_to_itself() -> None:
    text = (
        "Two soldiers who had been captured in Goma in 2016 were freed by Rwandan rebels in Kigali on Monday."
    )
    assert when(text, "captured") == ("2016", "explicit")
    assert when(text, "freed") == ("2019-05-13", "relative")


def test_a_length_of_time_before_an_after_clause_dates_that_clause() -> None:
    text = "Serbia withdrew its troops from Pristina on Sunday, two days after NATO jets bombed Novi Sad."
    assert when(text, "withdrew") == ("2019-05-12", "relative")
    assert when(text, "bombed") == ("2019-05-10", "relative")


def test_coordinated_verbs_of_different_tense_have_their_own_times() -> None:
    text = "Norway's prime minister visited Tbilisi on Friday and will visit Baku on Tuesday."
    assert when(text, "visited") == ("2019-05-10", "relative")
    assert when(text, "visit") == ("2019-05-21", "relative")


def test_coordinated_days_are_one_interval() -> None:
    text = "Japan and Vietnam held talks in Hanoi on 9 and 10 May 2011."
    assert when(text, "held") == ("2011-05-09/2011-05-10", "explicit")


def test_the_day_of_the_dateline_does_not_beat_the_weekday() -> None:
    text = "NAIROBI, May 15 - Kenyan police arrested a Somali trader in Mombasa on Monday."
    assert when(text, "arrested") == ("2019-05-13", "relative")


def test_since_dates_no_event() -> None:
    text = "Egypt and Sudan have been holding talks in Cairo since March 2018."
    assert when(text, "holding") == (WEDNESDAY, "published")


def test_the_year_of_an_agreement_is_not_the_date_of_what_is_said_of_it() -> None:
    text = "Bolivia accused Chile of violating the 2015 agreement on the Silala river."
    assert when(text, "accused") == (WEDNESDAY, "published")


def test_the_period_of_a_plan_is_not_its_date() -> None:
    assert when("Japan and Vietnam signed a cooperation plan for 2020 in Hanoi.", "signed", None) is None


def test_what_has_happened_is_not_dated_after_publication() -> None:
    text = "Poland threatened to close its border with Belarus by Friday."
    assert when(text, "threatened") == (WEDNESDAY, "published")


@pytest.mark.parametrize(
    ("text", "trigger", "published", "expected"),
    [
        (
            "Peru's president will meet his Chilean counterpart in Arica in December.",
            "meet",
            "2019-01-03",
            "2019-12",
        ),
        (
            "Peru's president met his Chilean counterpart in Arica in December.",
            "met",
            "2019-01-03",
            "2018-12",
        ),
        (
            "Peru's president will meet his Chilean counterpart in Arica on Monday.",
            "meet",
            WEDNESDAY,
            "2019-05-20",
        ),
        ("Peru's president met his Chilean counterpart in Arica on Monday.", "met", WEDNESDAY, "2019-05-13"),
    ],
)
def test_a_bare_time_lies_where_its_clause_lies(
    text: str, trigger: str, published: str, expected: str
) -> None:
    assert when(text, trigger, published) == (expected, "relative")


def only_time(text: str, published: str | None) -> Time:
    (time,) = find_times(text, published)
    return time


def test_leaning_moves_a_weekday_by_a_week() -> None:
    past = only_time("They met on Monday.", WEDNESDAY)
    assert leaning(past, WEDNESDAY, 1).edtf == "2019-05-20"
    assert leaning(past, WEDNESDAY, -1) == past


@pytest.mark.parametrize("text", ["They met last Monday.", "They met on 13 May 2019.", "They met last week."])
def test_leaning_leaves_what_says_its_side_itself(text: str) -> None:
    time = only_time(text, WEDNESDAY)
    assert leaning(time, WEDNESDAY, 1) == time


def test_leaning_needs_a_day_of_publication() -> None:
    time = only_time("They met on Monday.", WEDNESDAY)
    assert leaning(time, None, 1) == time
    assert leaning(time, "2019-05", 1) == time


def test_a_plan_for_a_month_just_past_is_for_the_next_one() -> None:
    time = only_time("They met in April.", WEDNESDAY)
    assert leaning(time, WEDNESDAY, 1).edtf == "2020-04"


def test_a_plan_for_a_day_just_past_is_not_put_off_by_a_year() -> None:
    time = only_time("They met on 10 May.", WEDNESDAY)
    assert leaning(time, WEDNESDAY, 1) == time


def test_a_length_is_counted_from_the_given_day() -> None:
    counted = counted_back("three days", "2011-03-02", -1)
    assert counted is not None
    assert (counted.edtf, counted.method) == ("2011-02-27", "relative")


def test_what_is_no_length_counts_nothing() -> None:
    assert counted_back("several shots", "2011-03-02", -1) is None


def joined_times(text: str, published: str | None = None) -> Sequence[str | None]:
    return [time.edtf for time in joined(find_times(text, published), Sentence(0, 0, len(text), text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("on 9 and 10 August 2016", ["2016-08-09/2016-08-10"]),
        ("on 9 and 12 August 2016", ["2016-08-09", "2016-08-12"]),
        ("in June and July 2016", ["2016-06/2016-07"]),
        ("on 9 August 2016 in Riga and on 10 August 2016 in Narva", ["2016-08-09", "2016-08-10"]),
    ],
)
def test_only_neighbouring_days_of_a_list_join(text: str, expected: list[str]) -> None:
    assert joined_times(text) == expected


def test_joined_times_stand_for_the_whole_stretch() -> None:
    text = "They met on 9 and 10 August 2016."
    (time,) = joined(find_times(text, None), Sentence(0, 0, len(text), text))
    assert text[time.start : time.end] == time.text
    assert (time.start_date, time.end_date, time.precision) == ("2016-08-09", "2016-08-10", "interval")


@pytest.mark.parametrize(
    ("published", "bounds"),
    [
        ("2019-05-15", ("2019-05-15", "2019-05-15")),
        ("2020-02", ("2020-02-01", "2020-02-29")),
        ("2020", ("2020-01-01", "2020-12-31")),
    ],
)
def test_publication_covers_all_that_is_known_of_it(published: str, bounds: tuple[str, str]) -> None:
    time = publication_time(published)
    assert time is not None
    assert (time.start_date, time.end_date) == bounds
    assert time.method == "published"


@pytest.mark.parametrize("published", [None, "XXXX-05-15", "soon"])
def test_no_publication_time_is_made_up(published: str | None) -> None:
    assert publication_time(published) is None
