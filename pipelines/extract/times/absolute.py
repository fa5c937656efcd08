"""Readers of expressions that name their date: days, months, years and the named days of the calendar.

Each reader takes an expression and the context; None means that it is no calendar expression after all.
"""

from __future__ import annotations

import re
from datetime import date

from pipelines.extract.times.anchor import Anchor
from pipelines.extract.times.context import DAYS, MONTHS, UNKNOWN, Context, Reading
from pipelines.extract.times.grammar import Expression
from pipelines.extract.times.lexer import normal_phrase
from pipelines.extract.times.lexicon import load_phrases
from pipelines.extract.times.moves import move
from pipelines.extract.times.values import (
    FIRST_YEAR,
    LAST_YEAR,
    Value,
    day_exists,
    from_date,
    make_century,
    make_day,
    make_decade,
    make_week,
    make_year,
    named_day_in,
)

_SEPARATOR = re.compile(r"[./-]")
_RECENT_DAYS = 45  # how far before publication one reading of 10/05/2024 must lie to be preferred


def read_numeric(text: str, published: Anchor | None) -> Value | None:
    """Read a date in digits; where day and month could change places, only the year is certain."""
    first, second, third = (int(part) for part in _SEPARATOR.split(text))
    if text[:4].isdigit():
        return _day_in_range(first, second, third)
    year = third
    if "." in text or first == second or not day_exists(year, first, second):
        return _day_in_range(year, second, first)
    if not day_exists(year, second, first):
        return _day_in_range(year, first, second)
    readings = [date(year, first, second), date(year, second, first)]
    if published and published.day:
        fitting = [d for d in readings if 0 <= (published.day - d).days <= _RECENT_DAYS]
        if len(fitting) == 1:
            return from_date(fitting[0])
    return make_year(year) if FIRST_YEAR <= year <= LAST_YEAR else None


def _day_in_range(year: int, month: int, day: int) -> Value | None:
    return make_day(year, month, day) if FIRST_YEAR <= year <= LAST_YEAR else None


def read_date(expression: Expression, context: Context) -> Reading | None:
    """Read a day of a month, in words or digits, with or without its year."""
    digits = expression.name("numeric")
    if digits is not None:
        value = read_numeric(digits, context.published)
        return Reading(value, "explicit") if value else UNKNOWN
    month, day = expression.number(*MONTHS), expression.number(*DAYS)
    if day is not None and expression.has("month_unit"):
        return _day_of_month_counted(expression, context, day)
    if month is None or day is None:
        return None
    return _in_stated_year(expression, context, month, day)


def _day_of_month_counted(expression: Expression, context: Context, day: int) -> Reading:
    """Read "the 20th of this month"."""
    if context.published is None:
        return UNKNOWN
    month = move(context.published.value, "month", expression.number("dir") or 0)
    if month is None or month.first is None:
        return UNKNOWN
    value = make_day(month.first.year, month.first.month, day, month.unsure)
    return Reading(value, "relative") if value else UNKNOWN


def read_month(expression: Expression, context: Context) -> Reading | None:
    """Read a month: "October 2016", "June last year", "last October", "early March"."""
    month = expression.number(*MONTHS)
    if month is None:
        return None
    step = expression.number("dir", "past", "shift")
    if step is not None and not expression.has("year_unit"):
        return _month_in_direction(expression, context, month, step)
    return _in_stated_year(expression, context, month, None)


def _in_stated_year(expression: Expression, context: Context, month: int, day: int | None) -> Reading:
    year, method = context.stated_year(expression) if _names_year(expression) else (None, "none")
    if year is not None and method == "relative":
        reading = context.anchored(month, day, year)
        return Reading(reading.value, "relative") if reading.value else UNKNOWN
    return context.complete(expression, month, day, year)


def _names_year(expression: Expression) -> bool:
    return expression.has("year", "year_unit")


def _month_in_direction(expression: Expression, context: Context, month: int, step: int) -> Reading:
    if context.published is None:
        return context.complete(expression, month, None, None)
    if step == 0:
        return context.anchored(month, None, context.published.first.year)
    now = context.published.middle
    # "last October" in October or November is that of the year before: the one just gone is "last month"
    if step < 0:
        return context.anchored(month, None, now.year - (month >= now.month - 1))
    return context.anchored(month, None, now.year + (month <= now.month))


def read_week_of(expression: Expression, context: Context) -> Reading | None:
    """Read "the week of March 6" as that week, Monday to Sunday."""
    reading = read_date(expression, context)
    if reading is None or reading.value is None or reading.value.first is None:
        return UNKNOWN
    return UNKNOWN if reading.value.unsure else Reading(make_week(reading.value.first), reading.method)


def read_year(expression: Expression, context: Context) -> Reading | None:
    """Read a year in digits or in words ("nineteen eighty-four", "the year two thousand")."""
    year = expression.number("year")
    if year is None and expression.has("nineteen"):
        year = 1900 + sum(expression.numbers("tens", "numword"))
    elif year is None and expression.has("thousand"):
        thousands, *rest = expression.numbers("numword")
        year = 1000 * thousands + sum(rest)
    return Reading(make_year(year), "explicit") if year is not None and year <= LAST_YEAR else None


def read_decade(expression: Expression, context: Context) -> Reading | None:
    """Read "the 1990s", "the '90s" (of the last century) or "the nineties"."""
    digits = expression.name("decade")
    if digits is None:
        year = expression.number("decade_word") or 0
    else:
        year = int(digits[:-1]) if len(digits) > 3 else 1900 + int(digits[:-1])
    return Reading(make_decade(year), "explicit")


def read_century(expression: Expression, context: Context) -> Reading | None:
    """Read "the 20th century"."""
    value = make_century(expression.number("dayord", "ordinal", "ordinal_more") or 0)
    return Reading(value, "explicit") if value else UNKNOWN


def read_holiday(expression: Expression, context: Context) -> Reading | None:
    """Read a named day; without a year, the nearest one, or the last or next one where the text says so."""
    day = load_phrases().days[normal_phrase(expression.name("holiday") or "")]
    if day.year is not None and day.month is not None and day.day is not None:
        return Reading(make_day(day.year, day.month, day.day), "explicit")
    year, method = context.stated_year(expression) if _names_year(expression) else (None, "none")
    if year is not None:
        return Reading(from_date(named_day_in(day, year)), method)
    if context.published is None:
        value = make_day(None, day.month, day.day) if day.month and day.day else None
        return Reading(value, "explicit") if value else UNKNOWN
    now = context.published.middle
    around = [named_day_in(day, y) for y in range(now.year - 1, now.year + 2)]
    step = expression.number("dir", "past", "shift") or 0
    if step:
        around = [d for d in around if (d - now).days * step > 0]
    nearest = min(around, key=lambda d: abs((d - now).days))
    return Reading(from_date(nearest, context.published.value.unsure), "relative")
