"""From what day a text counts: its publication date, or what the document itself proves about its year.

The clock is never asked. Evidence inside the document only ever gives years that are marked as unsure.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any

from pipelines.extract.times.grammar import Expression
from pipelines.extract.times.lexer import Tokens, category_chars
from pipelines.extract.times.lexicon import read_data
from pipelines.extract.times.values import (
    FIRST_YEAR,
    LAST_YEAR,
    Value,
    day_exists,
    make_day,
    make_month,
    make_year,
)

_PUBLISHED = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?(?:T.*)?", re.DOTALL)
_QUALIFIERS = str.maketrans("", "", "?~%")
# Words before a year that make it a goal or a term rather than the time of writing.
_AHEAD_OF_YEAR = ("by", "until", "prep", "link", "dash")
_NEAR = 6  # words after "71st session" in which the body must be named


@dataclass(frozen=True, slots=True)
class Anchor:
    """``value`` is the day, month or year a text was written; ``inferred`` when only evidence says so."""

    value: Value
    inferred: bool = False

    @property
    def day(self) -> date | None:
        """The day of writing, or None when only its month or year is known."""
        return self.value.first if self.value.precision == "day" else None

    @property
    def first(self) -> date:
        """The earliest day of writing."""
        if self.value.first is None:
            raise ValueError("an anchor needs a year")
        return self.value.first

    @property
    def middle(self) -> date:
        """The middle of what is known about the day of writing."""
        last = self.value.last or self.first
        return self.first + (last - self.first) // 2


def read_published(published: str | None) -> Anchor | None:
    """Read a publication date (EDTF day, month or year); None when there is none with a known year."""
    match = _PUBLISHED.fullmatch((published or "").translate(_QUALIFIERS))
    if match is None or published is None:
        return None
    year, month, day = (int(part) if part else None for part in match.groups())
    if year is None or not FIRST_YEAR <= year <= LAST_YEAR or not day_exists(year, month or 1, day or 1):
        return None
    unsure = "?" in published
    if month is None:
        return Anchor(make_year(year, unsure))
    value = make_month(year, month, unsure) if day is None else make_day(year, month, day, unsure)
    return Anchor(value) if value else None


def infer_anchor(
    tokens: Tokens, expressions: Sequence[Expression], stated: Iterable[tuple[Expression, Value]]
) -> Anchor | None:
    """Infer about when a text without a publication date was written, or None without clear evidence.

    ``stated`` are the expressions whose own words give a year. A full date counts unless the text names a
    later year; else a numbered yearly session; else a plan for a coming year.
    """
    on = _latest_full_date(tokens, stated) or _session_date(tokens) or _plan_date(tokens, expressions)
    return (
        Anchor(Value(f"{on.year:04d}?{on:-%m-%d}", "day", on, on, unsure=True), inferred=True) if on else None
    )


def _latest_full_date(tokens: Tokens, stated: Iterable[tuple[Expression, Value]]) -> date | None:
    days: list[date] = []
    latest_year = 0
    for expression, value in stated:
        if value.first is None or value.precision in ("decade", "none"):
            continue
        if value.precision == "day" or (value.precision == "interval" and expression.has("day", "numeric")):
            days.append(value.first)
        elif expression.first == 0 or tokens.category(expression.first - 1) not in _AHEAD_OF_YEAR:
            latest_year = max(latest_year, value.first.year)
    if not days or max(days).year < latest_year:
        return None
    return max(days)


@cache
def _evidence() -> dict[str, Any]:
    return read_data("evidence")


def _session_date(tokens: Tokens) -> date | None:
    chars = category_chars()
    ordinals = re.compile(f"[{chars['ordnum']}{chars['dayord']}]")
    for match in ordinals.finditer(tokens.categories):
        words = _words_after(tokens, match.start(), _NEAR + 1)
        number = int(tokens.word(match.start())[:-2]) if len(tokens.word(match.start())) < 6 else 0
        for session in _evidence()["session"]:
            named = words[:1] == [session["ordinal_noun"]] and not set(session["near"]).isdisjoint(words)
            if named and number <= session["highest"]:
                return date(session["base"] + number, session["month"], session["day"])
    return None


def _words_after(tokens: Tokens, index: int, count: int) -> list[str]:
    stop = min(index + 1 + count, len(tokens.categories))
    return [tokens.word(i).lower() for i in range(index + 1, stop)]


def _plan_date(tokens: Tokens, expressions: Sequence[Expression]) -> date | None:
    plan = _evidence()["plan"]
    years = {
        year
        for e in expressions
        if e.kind in ("year", "years") and (year := e.number("year")) and _is_of_plan(tokens, e.first)
    }
    return date(years.pop() - 1, plan["month"], plan["day"]) if len(years) == 1 else None


def _is_of_plan(tokens: Tokens, index: int) -> bool:
    before = [tokens.word(i).lower() for i in range(max(0, index - 2), index)]
    return len(before) == 2 and before[1] == "for" and before[0] in _evidence()["plan"]["nouns"]


def choose_year(month: int, day: int | None, anchor: Anchor, lean: int, weekday: int | None = None) -> int:
    """Choose the year of a date that states none: the one nearest to ``anchor``.

    ``lean`` (-1 behind, 1 ahead, 0 unknown) decides where the nearest date lies far off on the other side. A
    stated ``weekday`` (Monday = 0) is believed when one of the years around has it.
    """
    if anchor.value.precision == "year":
        return anchor.first.year
    years = [y for y in range(anchor.first.year - 1, anchor.first.year + 2) if day_exists(y, month, day or 1)]
    if not years:
        return anchor.first.year
    fitting = [y for y in years if day and date(y, month, day).weekday() == weekday]
    away = {y: _days_away(y, month, day, anchor) for y in (fitting or years)}
    nearest = min(away, key=lambda y: abs(away[y]))
    if lean and away[nearest] * lean < 0 and abs(away[nearest]) > _CLOSE[day is None]:
        return next((y for y in away if y == nearest + lean), nearest)
    return nearest


# Days within which the nearest date is taken whatever the tense says: for a day, for a month (True).
_CLOSE = {False: 100, True: 31}


def _days_away(year: int, month: int, day: int | None, anchor: Anchor) -> int:
    if day is not None:
        return (date(year, month, day) - anchor.middle).days
    if (year, month) == (anchor.middle.year, anchor.middle.month):
        return 0
    return (date(year, month, 15) - anchor.middle.replace(day=15)) // timedelta(days=1)
