"""Read an expression again, now that a parse tells whether its clause lies ahead or behind.

``tense`` guesses from the nearest words; who knows the clause can do better. Also counts lengths of time from a
known day. Never makes up a year: only values that were counted from a day of publication are moved.
"""

from __future__ import annotations

from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from pipelines.extract.model import Time
from pipelines.extract.times.context import WEEKDAYS
from pipelines.extract.times.find import find_times
from pipelines.extract.times.grammar import Expression, find_expressions
from pipelines.extract.times.lexer import lex
from pipelines.extract.times.values import Value, from_date, make_month

_DIRECTED = ("dir", "past", "shift", "year", "year_unit", "week_unit", "month_unit", "that", "same")
_SAFELY_PAST = 15  # days: a plan for a day so shortly past was for that day, not for the one a year later
_WEEK = timedelta(days=7)


def leaning(time: Time, published: str | None, lean: int) -> Time:
    """The bare weekday, day or month of ``time`` on the side of publication that ``lean`` says (1 ahead, -1 behind).

    Anything else, and everything where there is no day of publication, comes back as it is.
    """
    expression = _bare(time)
    if not lean or expression is None or time.start_date is None or time.end_date is None:
        return time
    try:
        written = date.fromisoformat(published or "")
    except ValueError:
        return time
    first, last = date.fromisoformat(time.start_date), date.fromisoformat(time.end_date)
    wrong = last < written if lean > 0 else first > written
    if not wrong:
        return time
    if expression.kind == "weekday":
        return _with(time, from_date(first + lean * _WEEK))
    if lean > 0 and expression.kind == "date" and (written - last).days < _SAFELY_PAST:
        return time
    moved = first + relativedelta(years=lean)
    return _with(
        time, make_month(moved.year, moved.month) if expression.kind == "month" else from_date(moved)
    )


def _bare(time: Time) -> Expression | None:
    """The expression of the time, where it is a single weekday, day or month that names no direction and no year."""
    if time.method != "relative" or time.precision not in ("day", "month"):
        return None
    found = list(
        find_expressions(lex(f"in {time.text}"))
    )  # a month by its name alone is only read after "in"
    if len(found) != 1 or found[0].has(*_DIRECTED):
        return None
    one = found[0]
    if one.kind == "weekday":
        return one if one.has(*WEEKDAYS) else None
    return one if one.kind in ("date", "month") and not one.has("numeric") else None


def _with(time: Time, value: Value) -> Time:
    if value.first is None or value.last is None:
        raise ValueError("a value counted from a day has a year")
    return Time(time.text, time.start, time.end, value.edtf, value.first.isoformat(), value.last.isoformat(),
                value.precision, time.method)  # fmt: skip


def counted_back(length: str, base: str, step: int) -> Time | None:
    """The time a stated length ("two weeks") before (``step`` -1) or after (1) an EDTF day; None if it says none."""
    found = find_times(f"{length} {'ago' if step < 0 else 'from now'}", base)
    if len(found) != 1 or found[0].edtf is None or found[0].start != 0:
        return None
    one = found[0]
    return Time(length, 0, len(length), one.edtf, one.start_date, one.end_date, one.precision, "relative")
