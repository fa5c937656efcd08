"""Other calendars than the Gregorian, and dates written in ways of their own: found by patterns in data.

What is written most everywhere is in ``dates``, which asks here last. Years and days are turned into the
Gregorian calendar's; nothing is chosen.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import NamedTuple

from pipelines.clean.knowledge import read_toml

NAME = r"[^\W\d_][^\s\d,،./|:–—()-]{1,13}"
YEAR = r"(?:19|20)\d\d"
# What a date written in one of these ways cannot be without: a script, a word, or numbers between signs.
SCRIPTS = re.compile(r"[\u0e00-\u0e7f\u0600-\u06ff\u0400-\u04ff年]")
WORDS = ("tháng", "gada")
SIGNS = re.compile(r"[-'’/:]")
NUMBERS = re.compile(r"[-'’]\d\d(?!\d)|1[34]\d\d\s?[/-]|[/-]25\d\d|\d:\d\d.{0,18}\s[12]")
NOWRUZ = date(1921, 3, 21)  # the first day of 1300; leap years are counted from it


class Reading(NamedTuple):
    """A date at ``start`` to ``end``, the month by number or by name; ``short``: no century is written."""

    start: int
    end: int
    year: int
    month: int | str
    day: int
    short: bool


@dataclass(frozen=True, slots=True)
class _Pattern:
    expression: re.Pattern[str]
    needs: re.Pattern[str]  # what no date of the kind is without
    calendar: str
    languages: frozenset[str]
    short: bool


@cache
def _patterns(ascii_only: bool) -> tuple[_Pattern, ...]:
    """Every pattern, or those that can match a text of nothing but ASCII."""
    if ascii_only:
        ascii_signs = "".join(map(chr, range(128)))
        return tuple(pattern for pattern in _patterns(False) if pattern.needs.search(ascii_signs))
    return tuple(
        _Pattern(
            re.compile(entry["pattern"].replace("NAME", NAME).replace("YEAR", YEAR), re.I),
            re.compile(entry["needs"]),
            entry.get("calendar", ""),
            frozenset(entry.get("languages", ())),
            bool(entry.get("short", False)),
        )
        for entry in read_toml("calendars.toml")["pattern"]
    )


@cache
def _offsets() -> dict[str, int]:
    return dict(read_toml("calendars.toml")["offset"])


@cache
def _jalali_months() -> dict[str, int]:
    months = read_toml("calendars.toml")["jalali"]["months"]
    return {name: number for number, names in enumerate(months, start=1) for name in names.split("|")}


def find_special(text: str, language: str | None) -> Iterator[Reading]:
    """Yield the dates in ``text`` that the patterns know; whether the calendar has them is not asked."""
    if not _could_hold(text):
        return
    for pattern in _patterns(text.isascii()):
        if (pattern.languages and language not in pattern.languages) or not pattern.needs.search(text):
            continue
        for match in pattern.expression.finditer(text):
            reading = _read(match, pattern)
            if reading:
                yield reading


def _could_hold(text: str) -> bool:
    if any(word in text for word in WORDS) or (not text.isascii() and SCRIPTS.search(text)):
        return True
    return SIGNS.search(text) is not None and NUMBERS.search(text) is not None


def _read(match: re.Match[str], pattern: _Pattern) -> Reading | None:
    named = match.groupdict()
    year, day = int(named["y"]), int(named["d"])
    month: int | str = int(named["m"]) if named.get("m") else str(named.get("n", ""))
    if pattern.calendar == "jalali":
        return _jalali(match, year, month, day)
    year += _offsets().get(pattern.calendar, 2000 if pattern.short else 0)
    return Reading(match.start(), match.end(), year, month, day, pattern.short)


def _jalali(match: re.Match[str], year: int, month: int | str, day: int) -> Reading | None:
    number = month if isinstance(month, int) else _jalali_months().get(month)
    if number is None or not 1 <= number <= 12 or not 1 <= day <= (31 if number <= 6 else 30):
        return None
    on = gregorian(year, number, day)
    return Reading(match.start(), match.end(), on.year, on.month, on.day, short=False)


def gregorian(year: int, month: int, day: int) -> date:
    """Return the day that the Persian calendar calls so; right for the years 1300 to 1500."""
    leaps = sum(_is_leap(each) for each in range(1300, year)) - sum(
        _is_leap(each) for each in range(year, 1300)
    )
    before = 31 * min(month - 1, 6) + 30 * max(month - 7, 0)
    return NOWRUZ + timedelta(days=365 * (year - 1300) + leaps + before + day - 1)


def _is_leap(year: int) -> bool:
    return year % 33 in (1, 5, 9, 13, 17, 22, 26, 30)
