"""Readers of expressions that cover a span: intervals, quarters, halves and seasons; and lists of days."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import pairwise

from pipelines.extract.times.absolute import read_numeric
from pipelines.extract.times.anchor import Anchor, choose_year
from pipelines.extract.times.context import DAYS, MONTHS, UNKNOWN, WEEKDAYS, Context, Reading
from pipelines.extract.times.grammar import Expression, Piece
from pipelines.extract.times.lexer import Tokens
from pipelines.extract.times.relative import weekday_date
from pipelines.extract.times.values import (
    SEASONS,
    Value,
    from_date,
    make_day,
    make_interval,
    make_month,
    make_quarter,
    make_season,
    make_year,
)

# a list is read as several expressions of a kind, one for each piece of these categories
_LISTS = {"list": ("date", DAYS), "month_list": ("month", MONTHS)}
_CONNECTORS = ("dash", "link", "until", "and", "slash")


@dataclass(frozen=True, slots=True)
class End:
    """One end of an interval, as far as its own words go."""

    day: int | None
    month: int | None
    year: int | None

    def value(self, unsure: bool) -> Value | None:
        """Give the day, month or year that this end names."""
        if self.month is None:
            return make_year(self.year) if self.year is not None else None
        if self.day is None:
            return make_month(self.year, self.month, unsure)
        return make_day(self.year, self.month, self.day, unsure)


def read_interval(expression: Expression, context: Context) -> Reading | None:
    """Read "from 5 to 8 October 2021", "October 5 - November 2", "Monday to Friday": one value."""
    left, right = _split(expression.pieces)
    if left and right and left.has("numeric") and right.has("numeric"):
        values = [read_numeric(side.name("numeric") or "", context.published) for side in (left, right)]
        return _join(values[0], values[1], "explicit")
    if not expression.has(*MONTHS):
        return _weekdays(expression, context)
    ends = _share(_end(left), _end(right))
    if ends[0].year is not None:
        return _join(ends[0].value(False), ends[1].value(False), "explicit")
    if context.anchor is None:
        return _join(ends[0].value(False), ends[1].value(False), "explicit")
    start, stop = _in_chosen_year(ends, context.anchor, context.tense.lean(expression))
    unsure = context.anchor.value.unsure
    method = "inferred" if context.anchor.inferred else "relative"
    return _join(start.value(unsure), stop.value(unsure), method)


def _join(left: Value | None, right: Value | None, method: str) -> Reading:
    value = make_interval(left, right) if left and right else None
    return Reading(value, method) if value else UNKNOWN


def _split(pieces: tuple[Piece, ...]) -> tuple[Expression, Expression]:
    """Split at the connector, which is not the hyphen of "mid-May"."""
    pairs = enumerate(pairwise(pieces), start=1)
    at = next(i for i, (before, p) in pairs if p.category in _CONNECTORS and before.category != "mod")
    return _part(pieces[:at]), _part(pieces[at + 1 :])


def _part(pieces: tuple[Piece, ...]) -> Expression:
    return Expression("end", pieces, 0, 0)


def _end(side: Expression) -> End:
    return End(side.number(*DAYS), side.number(*MONTHS), side.number("year"))


def _share(left: End, right: End) -> tuple[End, End]:
    """Give each end what only the other one states; "30 December - 2 January 2022" crosses the new year."""
    left = replace(left, month=left.month or right.month)
    right = replace(right, month=right.month or left.month)
    crosses = (left.month or 0) > (right.month or 0)
    if left.year is None and right.year is not None:
        left = replace(left, year=right.year - crosses)
    elif right.year is None and left.year is not None:
        right = replace(right, year=left.year + crosses)
    return left, right


def _in_chosen_year(ends: tuple[End, End], anchor: Anchor, lean: int) -> tuple[End, End]:
    left, right = ends
    year = choose_year(left.month or 1, left.day, anchor, lean)
    crosses = (left.month or 0) > (right.month or 0)
    return replace(left, year=year), replace(right, year=year + crosses)


def _weekdays(expression: Expression, context: Context) -> Reading:
    first, last = expression.numbers(*WEEKDAYS)
    on = weekday_date(expression, context, first)
    if on is None:
        return UNKNOWN
    stop = on + timedelta(days=(last - first) % 7)
    unsure = context.published is not None and context.published.value.unsure
    return _join(from_date(on, unsure), from_date(stop, unsure), "relative")


def read_years(expression: Expression, context: Context) -> Reading | None:
    """Read "2025-2027", "2025-27", "from 2011 to 2013"; "2019-10" is a month."""
    first, *rest = expression.numbers("year")
    if rest:
        return _join(make_year(first), make_year(rest[0]), "explicit")
    short = expression.number("year2") or 0
    last = first - first % 100 + short
    if last > first and (last == first + 1 or not 1 <= short <= 12 or expression.has("from")):
        return _join(make_year(first), make_year(last), "explicit")
    if 1 <= short <= 12:
        return Reading(make_month(first, short), "explicit")
    return Reading(make_year(first), "explicit")


def read_quarter(expression: Expression, context: Context) -> Reading | None:
    """Read a quarter; without a year, the last one begun by publication, or the coming one if so leaning."""
    quarter = expression.number("quarter_code", "ordinal")
    if quarter is None or not 1 <= quarter <= 4:
        return None
    year, method = context.stated_year(expression)
    if year is None:
        if context.published is None or context.published.value.unsure or expression.has("dir"):
            return UNKNOWN
        now = context.published.middle
        begun = now.month > 3 * quarter - 3
        ahead = context.tense.lean(expression) > 0
        year, method = now.year + (ahead and now.month > 3 * quarter) - (not begun and not ahead), "relative"
    return Reading(make_quarter(year, quarter), method)


def read_half(expression: Expression, context: Context) -> Reading | None:
    """Read "the first half of 2019" as the interval of its six months."""
    half = expression.number("ordinal") or 0
    year, method = context.stated_year(expression)
    if year is None and context.published is not None and not expression.has("that"):
        year, method = context.published.first.year, "relative"
    if year is None or half not in (1, 2):
        return UNKNOWN
    return _join(make_month(year, 6 * half - 5), make_month(year, 6 * half), method)


def read_season(expression: Expression, context: Context) -> Reading | None:
    """Read "spring 2019", "last fall", "this summer"; a bare season is the nearest fitting one."""
    season = expression.name("season")
    if season is None:
        return None
    if expression.has("year", "year_unit"):
        year, method = context.stated_year(expression)
        return Reading(make_season(year, season), method) if year is not None else UNKNOWN
    if context.published is None or context.published.value.unsure:
        return UNKNOWN
    now, month = context.published.middle, SEASONS[season][1]
    step = expression.number("dir", "past", "shift")
    begun = now.month >= month
    if step is None:
        year = choose_year(
            month + 1 if month < 12 else month, None, context.published, context.tense.lean(expression)
        )
    elif step < 0:
        # the last season is one that is over
        year = now.year - 1 if not now.month > month + 2 else now.year
        year -= season == "winter" and now.month <= 2
    elif step > 0:
        year = now.year + begun
    else:
        year = now.year - (season == "winter" and now.month <= 2)
    return Reading(make_season(year, season), "relative")


def split_lists(expressions: Iterable[Expression], tokens: Tokens) -> Iterator[Expression]:
    """Yield the expressions with each list ("April 24 and 25", "June and July 2019") taken apart.

    Each is given the month and year of the list; only what stands beside it belongs to its span.
    """
    for expression in expressions:
        kind, listed = _LISTS.get(expression.kind, (None, ()))
        if kind is None:
            yield expression
            continue
        others = {
            p for p in expression.pieces if p.category in (*MONTHS, "year") and p.category not in listed
        }
        for group in _group(expression.pieces, listed):
            pieces = tuple(sorted({*group, *others}, key=lambda p: p.index))
            yield Expression(kind, pieces, tokens.starts[group[0].index], tokens.ends[group[-1].index])


def _group(pieces: tuple[Piece, ...], listed: tuple[str, ...]) -> list[list[Piece]]:
    """Cut a list at its commas and conjunctions, but not at the comma before a year."""
    groups: list[list[Piece]] = [[]]
    for piece, following in pairwise((*pieces, None)):
        before_year = following is not None and following.category == "year"
        if (
            piece is None
            or piece.category in ("and", "or")
            or (piece.category == "comma" and not before_year)
        ):
            groups.append([])
        else:
            groups[-1].append(piece)
    return [group for group in groups if any(p.category in listed for p in group)]
