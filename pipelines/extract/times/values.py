"""Calendar values: what EDTF writes, the first and last day it covers, and how precise it is.

Years may be unknown (None): such a value has an EDTF string with ``XXXX`` and no first and last day.
An ``unsure`` year is one inferred inside the document and is written with a question mark.
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta

from dateutil.easter import easter
from dateutil.relativedelta import relativedelta

from pipelines.extract.times.lexicon import NamedDay

# EDTF level 1 and 2 codes (ISO 8601-2) and the months they cover; winter begins in December.
SEASONS = {"spring": (21, 3), "summer": (22, 6), "autumn": (23, 9), "winter": (24, 12)}
# Years that a text of our time speaks of; other numbers are not read as years.
FIRST_YEAR, LAST_YEAR = 1600, 2099
QUARTER_CODE = 32  # quarter n is code 32 + n


@dataclass(frozen=True, slots=True)
class Value:
    """``edtf`` with the ISO days it covers, inclusive; ``first`` and ``last`` are None without a year."""

    edtf: str
    precision: str
    first: date | None
    last: date | None
    unsure: bool = False


def _year_text(year: int | None, unsure: bool) -> str:
    return "XXXX" if year is None else f"{year:04d}?" if unsure else f"{year:04d}"


def day_exists(year: int | None, month: int, day: int) -> bool:
    """Tell whether there is such a day; without a year, 29 February is one."""
    if not 1 <= month <= 12 or (year is not None and not 1 <= year <= 9999):
        return False
    return 1 <= day <= calendar.monthrange(2000 if year is None else year, month)[1]


def make_day(year: int | None, month: int, day: int, unsure: bool = False) -> Value | None:
    """Make a day, or None when the calendar has no such day."""
    if not day_exists(year, month, day):
        return None
    on = None if year is None else date(year, month, day)
    return Value(f"{_year_text(year, unsure)}-{month:02d}-{day:02d}", "day", on, on, unsure)


def from_date(on: date, unsure: bool = False) -> Value:
    """Make a day from a date."""
    return Value(f"{_year_text(on.year, unsure)}{on:-%m-%d}", "day", on, on, unsure)


def make_month(year: int | None, month: int, unsure: bool = False) -> Value:
    """Make a month."""
    edtf = f"{_year_text(year, unsure)}-{month:02d}"
    if year is None:
        return Value(edtf, "month", None, None)
    last = date(year, month, calendar.monthrange(year, month)[1])
    return Value(edtf, "month", date(year, month, 1), last, unsure)


def make_year(year: int, unsure: bool = False) -> Value:
    """Make a year."""
    return Value(_year_text(year, unsure), "year", date(year, 1, 1), date(year, 12, 31), unsure)


def make_interval(left: Value, right: Value) -> Value | None:
    """Make the interval from one value to another, or None when it would end before it begins."""
    if left.first and right.last and right.last < left.first:
        return None
    first, last = (left.first, right.last) if left.first and right.last else (None, None)
    return Value(f"{left.edtf}/{right.edtf}", "interval", first, last, left.unsure or right.unsure)


def make_week(inside: date) -> Value:
    """Make the week, Monday to Sunday, that holds a day."""
    monday = inside - timedelta(days=inside.weekday())
    return _days_interval(monday, monday + timedelta(days=6))


def make_weekend(inside: date) -> Value:
    """Make the Saturday and Sunday of the week that holds a day."""
    saturday = inside + timedelta(days=5 - inside.weekday())
    return _days_interval(saturday, saturday + timedelta(days=1))


def _days_interval(first: date, last: date) -> Value:
    return Value(f"{first.isoformat()}/{last.isoformat()}", "interval", first, last)


def make_season(year: int, season: str) -> Value:
    """Make a season of the northern year; winter is the one that begins in that year."""
    code, month = SEASONS[season]
    first = date(year, month, 1)
    return Value(f"{year:04d}-{code}", "season", first, first + relativedelta(months=3, days=-1))


def make_quarter(year: int, quarter: int) -> Value:
    """Make a quarter of the calendar year."""
    first = date(year, 3 * quarter - 2, 1)
    last = first + relativedelta(months=3, days=-1)
    return Value(f"{year:04d}-{QUARTER_CODE + quarter}", "quarter", first, last)


def make_decade(year: int) -> Value:
    """Make the decade that holds a year."""
    start = year - year % 10
    return Value(f"{start // 10:03d}X", "decade", date(start, 1, 1), date(start + 9, 12, 31))


def make_century(ordinal: int) -> Value | None:
    """Make the nth century of our era; EDTF reads 19XX as 1900 to 1999, and so do we."""
    if not 2 <= ordinal <= 99:
        return None
    start = (ordinal - 1) * 100
    return Value(f"{ordinal - 1:02d}XX", "interval", date(start, 1, 1), date(start + 99, 12, 31))


def named_day_in(day: NamedDay, year: int) -> date:
    """Give the date of a named day in a year."""
    if day.easter is not None:
        return easter(year) + timedelta(days=day.easter)
    month = day.month or 1
    if day.weekday is None:
        return date(year, month, day.day or 1)
    days_in_month = calendar.monthrange(year, month)[1]
    fitting = [d for d in range(1, days_in_month + 1) if date(year, month, d).weekday() == day.weekday]
    return date(year, month, fitting[day.nth if day.nth < 0 else day.nth - 1]) + timedelta(days=day.offset)
