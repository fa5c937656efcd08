"""Calendar expressions in news sentences: what is found, what value it has, and what is left alone."""

from __future__ import annotations

import pytest
from edtf import parse_edtf

from pipelines.extract.model import Sentence, Time
from pipelines.extract.times import find_times

WEDNESDAY = "2022-10-19"


def values(text: str, published: str | None = WEDNESDAY) -> list[str | None]:
    return [t.edtf for t in find_times(text, published)]


def only(text: str, published: str | None = WEDNESDAY) -> Time:
    (time,) = find_times(text, published)
    return time


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("The pact dates from 23 October 2014.", "2014-10-23"),
        ("Signed October 23rd, 2014, in Riga.", "2014-10-23"),
        ("Signed on the 5th of May, 2021.", "2021-05-05"),
        ("A report of 5 october 2020", "2020-10-05"),
        ("OCTOBER 5, 2020", "2020-10-05"),
        ("Filed 23-Oct-2014", "2014-10-23"),
        ("Updated 09.10.2021", "2021-10-09"),
        ("Updated 2014-10-23T12:31+0000", "2014-10-23"),
        ("Updated 2014/10/23", "2014-10-23"),
        ("Updated 10/23/2014", "2014-10-23"),
        ("Updated 23/10/2014", "2014-10-23"),
        ("They spoke in October 2016.", "2016-10"),
        ("They spoke in April, 2017.", "2017-04"),
        ("Work began in mid-2019.", "2019"),
        ("Work began at the end of July 2018.", "2018-07"),
        ("The plan runs until 2031.", "2031"),
        ("It held in nineteen ninety-four", "1994"),
        ("It held in the year two thousand and five", "2005"),
        ("Trade fell in Q3 2019.", "2019-35"),
        ("Trade fell in the third quarter of 2019.", "2019-35"),
        ("Trade fell in the first half of 2019.", "2019-01/2019-06"),
        ("Troops left in the spring of 2019.", "2019-21"),
        ("Ties cooled in the 1990s.", "199X"),
        ("Ties cooled in the '90s.", "199X"),
        ("Ties cooled in the late nineties", "199X"),
        ("Borders drawn in the 19th century", "18XX"),
        ("The September 11 attacks changed that.", "2001-09-11"),
        ("Shops close on New Year's Day 2020.", "2020-01-01"),
        ("Voters were called for Election Day 2016.", "2016-11-08"),
    ],
)
def test_date_with_a_year_needs_no_publication_date(text: str, edtf: str) -> None:
    for published in (None, WEDNESDAY):
        time = only(text, published)
        assert (time.edtf, time.method) == (edtf, "explicit")


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("They met on October, 20 in Riga.", "2022-10-20"),
        ("They met on December 30.", "2022-12-30"),
        ("They met on Oct. 5th.", "2022-10-05"),
        ("They met in early March.", "2022-03"),
        ("They met in December.", "2021-12"),
        ("They will meet in May.", "2023-05"),
        ("They met last November.", "2021-11"),
        ("They met last September.", "2021-09"),
        ("They met in June last year.", "2021-06"),
        ("They will meet in April next year.", "2023-04"),
        ("The minister spoke today.", "2022-10-19"),
        ("The minister spoke yesterday.", "2022-10-18"),
        ("The minister spoke last night.", "2022-10-18"),
        ("The minister spoke the day before yesterday.", "2022-10-17"),
        ("The minister leaves tomorrow.", "2022-10-20"),
        ("The minister spoke this morning.", "2022-10-19"),
        ("They arrived on Wednesday.", "2022-10-19"),
        ("They arrived on Friday.", "2022-10-14"),
        ("They will arrive on Friday.", "2022-10-21"),
        ("They arrived last Wednesday.", "2022-10-12"),
        ("They leave next Wednesday.", "2022-10-26"),
        ("They met on Friday last week.", "2022-10-14"),
        ("They meet on Monday of next week.", "2022-10-24"),
        ("They meet on the 20th of this month.", "2022-10-20"),
        ("Aid has flowed since Monday.", "2022-10-17"),
        ("They must decide by Monday.", "2022-10-24"),
        ("Campaigning ahead of Sunday's vote was quiet.", "2022-10-23"),
        ("Prices rose last year.", "2021"),
        ("Prices rose earlier this year.", "2022"),
        ("Prices rose last month.", "2022-09"),
        ("Prices rose last week.", "2022-10-10/2022-10-16"),
        ("Rain fell over the weekend.", "2022-10-15/2022-10-16"),
        ("A deal is due by the end of the year.", "2022"),
        ("A deal is due by year-end.", "2022-12-31"),
        ("He resigned two days ago.", "2022-10-17"),
        ("He resigned three months ago.", "2022-07"),
        ("He resigned about 40 years ago.", "1982"),
        ("He resigned twenty-five years ago.", "1997"),
        ("Floods came last spring.", "2022-21"),
        ("Floods came last fall.", "2021-23"),
        ("Sales fell in the third quarter.", "2022-35"),
        ("They met on Thanksgiving.", "2022-11-24"),
        ("They met last Christmas.", "2021-12-25"),
    ],
)
def test_relative_date_counts_from_the_publication_date(text: str, edtf: str) -> None:
    time = only(text)
    assert (time.edtf, time.method) == (edtf, "relative")


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("From 5 to 8 October 2021, envoys met.", "2021-10-05/2021-10-08"),
        ("Talks: 5-8 October", "2022-10-05/2022-10-08"),
        ("Talks: Oct. 5–8, 2021", "2021-10-05/2021-10-08"),
        ("It ran between August 3 and September 2.", "2022-08-03/2022-09-02"),
        ("It ran October 5 - November 2", "2022-10-05/2022-11-02"),
        ("It ran 30 December – 2 January 2022", "2021-12-30/2022-01-02"),
        ("It ran from March to May 2021.", "2021-03/2021-05"),
        ("It ran from mid-May to late June.", "2022-05/2022-06"),
        ("Drills ran from Monday to Wednesday.", "2022-10-17/2022-10-19"),
        ("A programme for 2025-2027", "2025/2027"),
        ("A programme for 2025-27", "2025/2027"),
        ("A programme from 2011 to 2013", "2011/2013"),
    ],
)
def test_interval_is_one_value(text: str, edtf: str) -> None:
    time = only(text)
    assert (time.edtf, time.precision) == (edtf, "interval")


def test_interval_covers_its_last_day() -> None:
    time = only("A programme for 2025-2027")
    assert (time.start_date, time.end_date) == ("2025-01-01", "2027-12-31")


def test_listed_days_are_values_of_their_own() -> None:
    times = find_times("Polls open on April 24, 25 and 26, 2021.", None)
    assert [(t.text, t.edtf) for t in times] == [
        ("April 24", "2021-04-24"),
        ("25", "2021-04-25"),
        ("26, 2021", "2021-04-26"),
    ]


def test_listed_months_share_their_year() -> None:
    assert values("Strikes hit ports in June and July 2019.", None) == ["2019-06", "2019-07"]


@pytest.mark.parametrize(
    "text",
    [
        "As he put it today, November 22, ties are firm.",
        "On Tuesday, November 22, ties were firm.",
        "On Tuesday (22 November) ties were firm.",
        "Early on Tuesday, 22 November, ties were firm.",
    ],
)
def test_weekday_and_date_are_one_value(text: str) -> None:
    assert only(text, None).edtf == "XXXX-11-22"


def test_weekday_chooses_the_year_it_fits() -> None:
    # 5 May was a Wednesday in 2021
    assert only("They met on Wednesday, 5 May.").edtf == "2021-05-05"


def test_year_is_never_taken_from_the_clock() -> None:
    time = only("They met on October, 20 in Riga.", None)
    assert (time.edtf, time.start_date, time.end_date) == ("XXXX-10-20", None, None)
    assert values("They met in April.", None) == ["XXXX-04"]
    assert values("Talks on 5-8 October", None) == ["XXXX-10-05/XXXX-10-08"]


@pytest.mark.parametrize(
    "phrase", ["today", "on Friday", "last month", "two years ago", "this summer", "next week"]
)
def test_relative_date_has_no_value_without_publication_date(phrase: str) -> None:
    time = only(f"The envoy travelled {phrase}.", None)
    assert (time.edtf, time.precision, time.method) == (None, "none", "none")


def test_relative_date_is_not_counted_from_inferred_evidence() -> None:
    assert values("The pact of 3 March 2019 stands. The envoy spoke today.", None) == ["2019-03-03", None]


def test_month_of_publication_places_what_it_can() -> None:
    assert values("A visit today, after one on October 5 and last year.", "2019-10") == [
        "2019-10",
        "2019-10-05",
        "2018",
    ]
    assert values("He spoke yesterday.", "2019-10") == [None]


def test_published_time_of_day_is_ignored() -> None:
    assert values("He spoke yesterday.", "2022-10-19T08:15") == ["2022-10-18"]


@pytest.mark.parametrize("published", ["", "unknown", "XXXX-11-22", "2022-13-45", "0000"])
def test_publication_date_without_a_year_counts_as_unknown(published: str) -> None:
    assert values("He spoke on May 5.", published) == ["XXXX-05-05"]


def test_unsure_publication_year_stays_unsure() -> None:
    text = "He spoke yesterday, on Monday and on May 5."
    assert values(text, "2016?-10-20") == ["2016?-10-19", "2016?-10-17", "2016?-05-05"]


def test_full_date_lends_its_year_as_a_guess() -> None:
    times = find_times("Envoys met on 5 October 2021. On 7 October they signed.", None)
    assert [(t.edtf, t.method) for t in times] == [("2021-10-05", "explicit"), ("2021?-10-07", "inferred")]
    assert times[1].start_date == "2021-10-07"


def test_old_date_lends_no_year_to_a_text_that_names_a_later_one() -> None:
    text = "The treaty of 8 December 1999 was renewed in 2016. On October 20 the sides met."
    assert values(text, None) == ["1999-12-08", "2016", "XXXX-10-20"]


def test_future_goal_does_not_unsettle_the_year() -> None:
    text = "On 8 December 2019 they set goals for 2030. On December 9 the sides met."
    assert values(text, None) == ["2019-12-08", "2030", "2019?-12-09"]


def test_session_of_the_general_assembly_tells_the_year() -> None:
    text = "On September 25 she addressed the 74th session of the UN General Assembly. They had met in May."
    assert values(text, None) == ["2019?-09-25", "2019?-05"]


def test_plan_for_a_year_was_made_late_in_the_one_before() -> None:
    text = "The ministries agreed a joint exercise plan for 2018. They met on November 3."
    assert values(text, None) == ["2018", "2017?-11-03"]


def test_two_plans_for_different_years_tell_nothing() -> None:
    text = "The plan for 2018 follows the plan for 2015. They met on November 3."
    assert values(text, None)[-1] == "XXXX-11-03"


def test_ambiguous_digits_give_only_their_year() -> None:
    assert values("Updated 05/10/2014", None) == ["2014"]


def test_publication_date_settles_ambiguous_digits() -> None:
    assert values("Updated 05/10/2022") == ["2022-10-05"]


def test_day_that_no_calendar_has_gets_no_value() -> None:
    assert values("The form said February 30.") == [None]


def test_text_counts_on_from_the_date_it_named() -> None:
    text = "On 24 February 2014 guns spoke. The next day aid came. Three days later they spoke again."
    assert values(text) == ["2014-02-24", "2014-02-25", "2014-02-28"]


def test_same_day_month_and_year_refer_back() -> None:
    assert values("On 3 May 2014 he left. He returned the same day.") == ["2014-05-03", "2014-05-03"]
    assert values("War came in 2014. A truce came later that year.") == ["2014", "2014"]
    assert values("War came in 2014. A truce came a year later.") == ["2014", "2015"]


def test_far_off_date_is_not_referred_to() -> None:
    text = (
        "On 3 May 2014 he left. "
        + "The harbour stayed calm and the markets open. " * 20
        + "He returned the next day."
    )
    assert values(text) == ["2014-05-03", None]


def test_tense_of_the_nearest_verb_decides() -> None:
    assert values("He said on Monday that talks will resume on Friday.") == ["2022-10-17", "2022-10-21"]


def test_tense_of_another_sentence_is_not_asked() -> None:
    text = "They will fight on. Friday brought rain."
    assert values(text) == ["2022-10-14"]


def test_given_sentences_bound_the_search_for_tense() -> None:
    text = "they will fight on Friday brought rain"
    cut = text.index("Friday")
    sentences = [Sentence(0, 0, cut, text[:cut]), Sentence(1, cut, len(text), text[cut:])]
    assert [t.edtf for t in find_times(text, WEDNESDAY, sentences)] == ["2022-10-14"]
    assert [t.edtf for t in find_times(text, WEDNESDAY)] == ["2022-10-21"]


@pytest.mark.parametrize(
    "text",
    [
        "They talked for three days and two weeks.",
        "A two-day visit and a 16-hour flight.",
        "The 44-year-old colonel, 44 years old, retired.",
        "Over the last three years prices rose.",
        "They meet every Friday and each year.",
        "The march went on; they may go; we sat in the sun.",
        "Theresa May greeted April Jones.",
        "May we ask for a second opinion?",
        "He was promoted after reading Russia Today.",
        "They counted 1,987 people, then 1987 people.",
        "About 2000 troops and 1945 soldiers arrived.",
        "It cost $2020 or 1999 euros.",
        "At 12:31 or 1500 GMT the siren rang.",
        "Resolution 1701 and Boeing 1900",
        "The score was 3-2 and then 10:5.",
        "Black Friday sales and the Prague Spring",
        "See https://example.org/2024/10/23/story-2019.html",
        "Call +15551234567 or 2024555",
        "Turnover rose 2010 percent.",
        "The Sunday Times said so.",
        "We were second.",
    ],
)
def test_what_only_looks_like_a_date_is_left_alone(text: str) -> None:
    assert values(text) == []


def test_month_before_counted_people_is_only_a_month() -> None:
    assert values("In October, 20 people fled.") == ["2022-10"]


def test_vague_time_is_reported_without_a_value() -> None:
    assert values("It began several years ago.") == [None]


def test_empty_text_has_no_times() -> None:
    assert find_times("", None) == []


def test_blank_line_ends_an_expression() -> None:
    assert values("Posted on October 5\n\n2019 was a hard year.", None) == ["XXXX-10-05", "2019"]
    assert values("Posted on October 5\n2019", None) == ["2019-10-05"]


def test_every_kind_of_value_is_edtf() -> None:
    text = (
        "On 3 May 2014, in May 2014, in 2014, in the 1990s, the 19th century, spring 2019, Q3 2019, "
        "2025-2027, the first half of 2019, last week, 5-8 October, the weekend, on June 4."
    )
    for published in (WEDNESDAY, "2016?-10-20", "2019-10", "2019", None):
        for time in find_times(text, published):
            assert time.edtf is None or parse_edtf(time.edtf)
