"""Dates as pages write them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.clean.calendars import gregorian
from pipelines.clean.date_values import read_iso
from pipelines.clean.dates import find_dates, find_yearless

DAYS = st.dates(min_value=date(1970, 1, 1), max_value=date(2050, 12, 31))


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("7 March 2031", "2031-03-07"),
        ("March 7, 2031 4:12 pm", "2031-03-07"),
        ("Mar. 7th 2031", "2031-03-07"),
        ("on the 7th of March, 2031", "2031-03-07"),
        ("07-Mar-2031", "2031-03-07"),
        ("31. Dezember 2031, 08:00 Uhr", "2031-12-31"),
        ("le 1er février 2031", "2031-02-01"),
        ("7 de diciembre de 2031", "2031-12-07"),
        ("7 marzo 2031", "2031-03-07"),
        ("7 marca 2031 r.", "2031-03-07"),
        ("7 марта 2031 года", "2031-03-07"),
        ("7 березня 2031", "2031-03-07"),
        ("7 Mart 2031", "2031-03-07"),
        ("2031. március 7.", "2031-03-07"),
        ("2031年3月7日", "2031-03-07"),
        ("2031년 3월 7일", "2031-03-07"),
        ("07.03.2031", "2031-03-07"),
        ("27/03/2031", "2031-03-27"),
        ("03/27/2031", "2031-03-27"),
        ("2031-03-07T09:30+0000", "2031-03-07"),
        ("2031/03/07", "2031-03-07"),
        ("27.03.31", "2031-03-27"),
        ("7 March 20317 March 2031", "2031-03-07"),
        ("Jane RoeMarch 7, 2031", "2031-03-07"),
        ("March 2031", "2031-03"),
    ],
)
def test_written_form_is_read(text: str, edtf: str) -> None:
    assert find_dates(text)[0].edtf == edtf


@pytest.mark.parametrize(
    "text", ["31.02.2031", "2031-13-01", "45 March 2031", "page 3 of 2031", "12:31", "v1.2.3", "9.5.1-rc2"]
)
def test_what_the_calendar_does_not_have_is_no_day(text: str) -> None:
    assert [found for found in find_dates(text) if found.day] == []


def test_language_decides_a_name_that_means_two_months() -> None:
    assert find_dates("5 listopada 2031", "pl")[0].edtf == "2031-11-05"
    assert find_dates("5 listopada 2031", "hr")[0].edtf == "2031-10-05"
    assert find_dates("5 listopada 2031") == []


def test_numbers_that_could_change_places_are_marked() -> None:
    assert find_dates("03/07/2031")[0].swapped
    assert not find_dates("03/27/2031")[0].swapped
    assert find_dates("03/27/2031")[0].month_leads
    assert not find_dates("03.07.2031")[0].swapped


def test_day_without_year_stays_without() -> None:
    found = find_yearless("May 3")
    assert found is not None
    assert (found.edtf, found.on) == ("XXXX-05-03", None)


@given(DAYS)
def test_iso_days_are_read_back(day: date) -> None:
    found = read_iso(day.isoformat())
    assert found is not None
    assert found.on == day


@given(DAYS, st.text(alphabet="abc ,()", max_size=8), st.text(alphabet="abc ,()", max_size=8))
def test_offsets_point_at_the_date(day: date, before: str, after: str) -> None:
    text = f"{before} {day.day}.{day.month}.{day.year} {after}"
    (found,) = find_dates(text)
    assert text[found.start : found.end] == f"{day.day}.{day.month}.{day.year}"
    assert found.on == day


@given(st.text(max_size=120))
def test_any_text_can_be_searched(text: str) -> None:
    for found in find_dates(text):
        assert 0 <= found.start < found.end <= len(text)


@pytest.mark.parametrize(
    ("language", "text", "edtf"),
    [
        ("th", "17 เมษายน 2574", "2031-04-17"),
        ("th", "๑๗ เม.ย. ๒๕๗๔", "2031-04-17"),
        ("th", "17/04/2574", "2031-04-17"),
        ("ar", "١٧ أبريل ٢٠٣١", "2031-04-17"),
        ("ar", "17 كانون الثاني 2031", "2031-01-17"),
        ("ar", "17 نيسان/أبريل 2031", "2031-04-17"),
        ("fa", "۲۸ فروردین ۱۴۱۰", "2031-04-17"),
        ("fa", "1410/01/28", "2031-04-17"),
        ("ur", "17 اپریل، 2031", "2031-04-17"),
        ("hi", "१७ अप्रैल २०३१", "2031-04-17"),
        ("ta", "ஏப்ரல் 17, 2031", "2031-04-17"),
        ("ja", "令和13年4月17日", "2031-04-17"),
        ("zh", "民國120年4月17日", "2031-04-17"),
        ("vi", "ngày 17 tháng 4 năm 2031", "2031-04-17"),
        ("mn", "2031 оны 4 сарын 17", "2031-04-17"),
        ("lv", "2031. gada 17. aprīlis", "2031-04-17"),
        ("ka", "17 აპრილი 2031", "2031-04-17"),
        ("eu", "2031ko apirilaren 17a", "2031-04-17"),
        ("ha", "17 ga Afrilu 2031", "2031-04-17"),
        ("en", "Thu Apr 17 20:19:24 +0000 2031", "2031-04-17"),
        ("en", "17-Apr-31", "2031-04-17"),
        ("en", "Apr 17th, '31", "2031-04-17"),
    ],
)
def test_the_worlds_ways_of_writing_a_day_are_read(language: str, text: str, edtf: str) -> None:
    assert [found.edtf for found in find_dates(text, language)] == [edtf]


@pytest.mark.parametrize(
    "text", ["5 May 20 people", "in 2574 houses", "R 12 年金", "1399/01/29", "17-Foo-31"]
)
def test_what_only_looks_like_another_calendar_is_no_day(text: str) -> None:
    assert [found for found in find_dates(text, "en") if found.day] == []


@pytest.mark.parametrize(
    ("year", "month", "day", "on"),
    [
        (1399, 12, 30, date(2021, 3, 20)),
        (1400, 1, 1, date(2021, 3, 21)),
        (1403, 12, 30, date(2025, 3, 20)),
        (1357, 11, 22, date(1979, 2, 11)),
    ],
)
def test_the_persian_calendar_is_counted_with_its_leap_years(
    year: int, month: int, day: int, on: date
) -> None:
    assert gregorian(year, month, day) == on


@pytest.mark.parametrize(
    ("value", "edtf"),
    [
        ("1949313600", "2031-10-09"),
        ("1949313600.0", "2031-10-09"),
        ("1949313600123", "2031-10-09"),
        ("20311010", "2031-10-10"),
        ("2031101008", "2031-10-10"),
        ("20311010083000", "2031-10-10"),
    ],
)
def test_fields_of_digits_are_times_as_databases_write_them(value: str, edtf: str) -> None:
    found = read_iso(value)
    assert found is not None
    assert found.edtf == edtf


def test_short_numbers_are_no_times() -> None:
    assert read_iso("20311") is None
    assert read_iso("77123") is None
