"""Readers of expressions that count from the publication date or from a date the text has named before."""

from __future__ import annotations

from datetime import date, timedelta

from pipelines.extract.times.anchor import Anchor
from pipelines.extract.times.context import UNITS, UNKNOWN, WEEKDAYS, Context, Reading
from pipelines.extract.times.grammar import Expression
from pipelines.extract.times.moves import move, move_days
from pipelines.extract.times.values import from_date, make_day


def read_deictic(expression: Expression, context: Context) -> Reading | None:
    """Read "today", "yesterday", "tonight", "this morning", "last night", "the day before yesterday"."""
    step = expression.number("today", "today_name", "deictic")
    if step is None:
        step = expression.number("dir") or 0
    step += sum(expression.numbers("before"))
    published = context.published
    if published is None:
        return UNKNOWN
    if published.day is None:
        # within a month or year that is known, today is some day of it; yesterday may be outside
        return Reading(published.value, "relative") if step == 0 else UNKNOWN
    return Reading(move_days(published.value, step), "relative")


def weekday_date(expression: Expression, context: Context, weekday: int) -> date | None:
    """Give the date of a weekday: the last one up to publication, or the next one if the text leans ahead."""
    step = expression.number("dir", "past")
    if expression.has("shift"):
        named = context.named("day", expression.start)
        base, step = (named.first if named else None), expression.number("shift")
    else:
        base = context.published.day if context.published else None
    if base is None:
        return None
    ahead = (weekday - base.weekday()) % 7
    if step is not None and step < 0:
        return base - timedelta(days=(base.weekday() - weekday - 1) % 7 + 1)
    if step is not None and step > 0:
        return base + timedelta(days=ahead or 7)
    lean = context.tense.lean(expression)
    if lean > 0 or (step == 0 and lean == 0):
        return base + timedelta(days=ahead)
    return base - timedelta(days=(base.weekday() - weekday) % 7)


def read_weekday(expression: Expression, context: Context) -> Reading | None:
    """Read "Wednesday", "last Friday", "Thursday night"."""
    weekday = expression.number(*WEEKDAYS)
    if weekday is None:
        return None
    if expression.has("week_unit"):
        week = _counted(context.published, "week", expression.number("dir") or 0).value
        on = week.first + timedelta(days=weekday) if week and week.first else None
    else:
        on = weekday_date(expression, context, weekday)
    unsure = context.published is not None and context.published.value.unsure
    return Reading(from_date(on, unsure), "relative") if on else UNKNOWN


def read_unit(expression: Expression, context: Context) -> Reading | None:
    """Read "last week", "this year", "next month", "the weekend"."""
    unit = expression.name(*UNITS)
    if unit == "day":
        return None
    step = expression.number("dir")
    if step is None:  # "the weekend", "the full year"
        step = _weekend_step(context.published, context.tense.lean(expression)) if unit == "weekend" else 0
    return _counted(context.published, unit, step)


def _weekend_step(published: Anchor | None, lean: int) -> int:
    """Count weekends from the one of the week of writing: the one past, unless it has begun or lies ahead."""
    saturday = 5
    begun = published is not None and published.day is not None and published.day.weekday() >= saturday
    return 0 if begun or lean > 0 else -1


def _counted(anchor: Anchor | None, unit: str | None, step: int) -> Reading:
    value = move(anchor.value, unit, step) if anchor and unit else None
    return Reading(value, "relative") if value else UNKNOWN


def read_offset(expression: Expression, context: Context) -> Reading | None:
    """Read "two days ago", "three years earlier", "a month later", "ten days from now"."""
    count = _count(expression)
    unit = expression.name(*UNITS)
    if count is None or expression.has("vague"):
        return UNKNOWN
    if expression.has("ago"):
        return _counted(context.published, unit, -count)
    if expression.has("now"):
        return _counted(context.published, unit, count)
    direction = expression.number("earlier", "before") or 0
    return _from_named(expression, context, direction * count)


def _count(expression: Expression) -> int | None:
    numbers = expression.numbers("day", "num", "numword", "tens")
    if numbers:
        return sum(numbers)
    return 1 if expression.has("a") else None


def _from_named(expression: Expression, context: Context, step: int) -> Reading:
    """Count from the last date named; steps back may fall back on the publication date."""
    unit = _unit(expression)
    named = context.named(unit, expression.start)
    if named is not None:
        value = move(named, unit, step)
        return Reading(value, "relative") if value else UNKNOWN
    return _counted(context.published, unit, step) if step < 0 else UNKNOWN


def _unit(expression: Expression) -> str:
    return "day" if expression.has("part") else expression.name(*UNITS) or ""


def read_shifted(expression: Expression, context: Context) -> Reading | None:
    """Read "the same day", "that year", "the previous month", "the next morning", "the day before"."""
    unit = _unit(expression)
    step = sum(expression.numbers("shift", "before", "dir"))
    if not expression.has("dir") or unit == "day":
        return _from_named(expression, context, step)
    if step < 0:
        return None  # "the last week", "the last year": how long, not when
    if context.tense.lean(expression) < 0:
        return _from_named(expression, context, step)
    return _counted(context.published, unit, step)


def read_edge_unit(expression: Expression, context: Context) -> Reading | None:
    """Read "the end of the year" as that year; "year-end" as its last day."""
    unit = expression.name(*UNITS)
    if unit in (None, "day"):
        return None
    if expression.has("that", "same", "shift"):
        return _from_named(expression, context, sum(expression.numbers("shift")))
    reading = _counted(context.published, unit, expression.number("dir") or 0)
    if expression.has("of") or reading.value is None or reading.value.last is None:
        return reading
    last = reading.value.last
    return Reading(make_day(last.year, last.month, last.day), reading.method)
