"""A date as a value: its parts, the names of months, what the calendar has, and dates that fill a field alone.

Dates among other words are found in ``dates``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from pipelines.clean.knowledge import read_csv, read_toml

GLUED = re.compile(r"(?<=[a-z])[A-Z][a-z]{2,9}\.?$")  # "RoeNovember 6": the author's name lost its space
ISO = re.compile(r"\s*((?:19|20)\d\d)(?:-(\d\d)(?:-(\d\d))?)?(?=$|[T\s,;])")
COMPACT = re.compile(r"\s*((?:19|20)\d\d)(\d\d)(\d\d)(?:T?\d{2,6}Z?)?\s*$")
EPOCH = re.compile(r"\s{0,9}(\d{9,10}|\d{12,13})(?:\.\d{0,9})?\s{0,9}")


@dataclass(frozen=True, slots=True)
class DateFound:
    """A date read from ``text[start:end]``. ``day`` and ``month`` may be None, ``year`` too.

    ``swapped``: all numbers, and day and month could change places; what stands here puts the day first.
    ``short_year``: the century is not written. ``month_leads``: all numbers, and surely month first.
    """

    start: int
    end: int
    year: int | None
    month: int | None
    day: int | None
    swapped: bool = False
    separator: str = ""
    short_year: bool = False
    month_leads: bool = False

    @property
    def edtf(self) -> str:
        """The date as EDTF: ``2024-10-23``, ``2019-10``, ``2019``, ``XXXX-11-22``."""
        head = "XXXX" if self.year is None else f"{self.year:04d}"
        return head + "".join(f"-{part:02d}" for part in (self.month, self.day) if part is not None)

    @property
    def on(self) -> date | None:
        """The date as a day, or None where it is less than one."""
        if self.year is None or self.month is None or self.day is None:
            return None
        return date(self.year, self.month, self.day)

    def turned(self) -> DateFound:
        """Return the same date with day and month exchanged."""
        return DateFound(
            self.start, self.end, self.year, self.day, self.month, True, self.separator, self.short_year
        )


@cache
def _months() -> dict[str, dict[str, int]]:
    names: dict[str, dict[str, int]] = {}
    for row in read_csv("months.csv"):
        for form in row["forms"].split("|"):
            names.setdefault(form.casefold(), {})[row["language"]] = int(row["month"])
    return names


@cache
def year_bounds() -> tuple[int, int]:
    """Return the first and last year that is believed."""
    settings = read_toml("dates.toml")
    return int(settings["earliest_year"]), int(settings["latest_year"])


def month_number(name: str, language: str | None) -> int | None:
    """Return the month that ``name`` means, by ``language`` where languages differ, or None."""
    known = _months().get(name.casefold().rstrip("."))
    if known is None and (glued := GLUED.search(name)):
        known = _months().get(glued[0].casefold().rstrip("."))
    if not known:
        return None
    if language in known:
        return known[language]
    months = set(known.values())
    return months.pop() if len(months) == 1 else None


def real(year: int | None, month: int | None, day: int | None) -> bool:
    """Say whether the calendar has this date and the year is one to believe."""
    earliest, latest = year_bounds()
    if year is not None and not earliest <= year <= latest:
        return False
    if month is None:
        return day is None
    try:
        date(2000 if year is None else year, month, 1 if day is None else day)
    except ValueError:
        return False
    return True


def read_iso(text: str) -> DateFound | None:
    """Return the date at the beginning of ``text``, which is a field: ISO 8601, eight digits, or an epoch.

    An epoch is seconds or milliseconds since 1970, as databases write times; the day is that of UTC.
    """
    match = ISO.match(text) or COMPACT.match(text)
    if match:
        year, month, day = (int(part) if part else None for part in match.groups())
        if real(year, month, day):
            return DateFound(match.start(1), match.end(), year, month, day)
    return _read_epoch(text)


def _read_epoch(text: str) -> DateFound | None:
    match = EPOCH.fullmatch(text)
    if not match:
        return None
    seconds = int(match[1][:-3] if len(match[1]) > 11 else match[1])
    on = date(1970, 1, 1) + timedelta(days=seconds // 86_400)
    return DateFound(match.start(1), match.end(1), on.year, on.month, on.day)
