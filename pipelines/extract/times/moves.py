"""Arithmetic on calendar values: the day, week, month, quarter or year some steps away from another."""

from __future__ import annotations

from datetime import timedelta

from dateutil.relativedelta import relativedelta

from pipelines.extract.times.values import (
    Value,
    from_date,
    make_month,
    make_quarter,
    make_week,
    make_weekend,
    make_year,
)

_YEARS = {"year": 1, "decade": 10}
_LONGEST_STEP = 2000  # of any unit; longer ones leave the calendar


def move(base: Value, unit: str | None, step: int) -> Value | None:
    """Give the unit of time ``step`` units from the one ``base`` is in, or None if that is not known."""
    first = base.first
    if base.unsure and unit in ("week", "weekend", "quarter"):
        return None  # EDTF has no way to mark the year of these as unsure
    years = step * _YEARS.get(unit or "", 0)
    if first is None or abs(step) > _LONGEST_STEP or first.year + years < 1:
        return None
    if unit in ("day", "week", "weekend"):
        if base.precision != "day":
            return None
        if unit == "day":
            return move_days(base, step)
        inside = first + timedelta(weeks=step)
        return make_week(inside) if unit == "week" else make_weekend(inside)
    if unit == "month" and base.precision in ("day", "month"):
        moved = first + relativedelta(months=step)
        return make_month(moved.year, moved.month, base.unsure)
    if unit == "quarter" and base.precision in ("day", "month"):
        moved = first + relativedelta(months=3 * step)
        return make_quarter(moved.year, (moved.month + 2) // 3)
    return make_year(first.year + years, base.unsure) if unit in _YEARS else None


def move_days(base: Value, days: int) -> Value | None:
    """Give the day some days from the first one of ``base``."""
    return None if base.first is None else from_date(base.first + timedelta(days=days), base.unsure)
