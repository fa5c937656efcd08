"""The day a text was published, from what the document says; never from a clock.

Order of trust: a field beside the text, the prefix in front of it, HTML metadata, the address, a date line
near the headline, the dateline. Dates inside the prose belong to the events told and are left alone.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from pipelines.clean.article import Zone
from pipelines.clean.date_lines import Surroundings, date_lines, likely_day
from pipelines.clean.date_values import DateFound, read_iso
from pipelines.clean.dates import find_dates, find_yearless
from pipelines.clean.dayorder import settle_order
from pipelines.clean.knowledge import read_toml
from pipelines.clean.lines import Line

__all__ = ["HEAD", "Published", "Surroundings", "find_published", "read_field"]

HEAD = 220  # characters of a line that are searched for its date
DATELINE_REACH = 110  # characters from the start of the story to the end of its dateline's date
NEED = 2.0  # least support for a date line to be believed
OPENING_LINES = 3  # of the story, in which a dateline may stand
DATELINE_SUPPORT = 4.5  # a date line with less support gives way to a dateline
YEARLESS_REACH = 90  # the same where the year is unsaid
PLACE_BEFORE = re.compile(r"\(?[^\W\d_a-zà-ÿ][^.!?:;]{1,40}[,/(]\s{0,2}")
AFTER_YEARLESS = re.compile(r"\.?\s{0,2}(?:[/–—-]{1,2}|\([^()]{2,40}\)|/[^/]{2,40}/|\)\s?[–—-])")
AFTER_DATELINE = re.compile(r"\s{0,2}(?:[)/–—-]|\([^()]{2,40}\))")
OWN_SENTENCE = re.compile(r"\s{0,2}(?:[.:|,–—-]\s|[„“\"«])")
DATELINE = re.compile(r"^[^.!?]{0,80}(?:[(/][^()]{0,60}[)/]|[-–—])")


@dataclass(frozen=True, slots=True)
class Published:
    """A publication date and the method by which it was found (see ``model.PUBLISHED_METHODS``)."""

    found: DateFound | None
    method: str


NOTHING = Published(None, "none")


@cache
def _endings(name: str) -> tuple[str, ...]:
    return tuple(read_toml("dates.toml")[name])


@cache
def _present() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, _endings('present')))})\b,\s", re.I)


def read_field(value: str | None, language: str | None, month_first: bool | None = None) -> DateFound | None:
    """Return the date a field states, or None: ISO first, then any date in its text."""
    if not value:
        return None
    found = read_iso(value) or next(iter(find_dates(value[:HEAD], language)), None)
    return settle_order(found, month_first)[0] if found else None


def find_published(
    fields: Sequence[tuple[str | None, str]],
    lines: list[Line],
    dates: dict[int, list[DateFound]],
    around: Surroundings,
    language: str | None,
) -> Published:
    """Return the publication date and its method.

    ``fields``: values with their methods, most trusted first. ``dates``: those on each line, by index.
    """
    for value, method in fields:
        found = read_field(value, language, around.month_first)
        if found and found.year:
            return Published(_more_exact(found, around.url_date), method)
    address = around.url_date
    if address and address.day:
        return Published(address, "explicit_url")
    candidates = date_lines(lines, dates, around)
    best = max(candidates, key=lambda line: line.support, default=None)
    dateline = find_dateline(lines, around, language)
    if dateline and (best is None or best.support < DATELINE_SUPPORT):
        return Published(dateline, "explicit_dateline")
    if best and best.support >= NEED:
        return Published(best.found, "explicit_line" if best.exact else "inferred_line")
    yearless = find_yearless_dateline(lines, around, language)
    if yearless and (year := _stated_year(yearless, dates, address)):
        return Published(replace(yearless, year=year), "inferred_line")
    likely = likely_day(candidates, address)
    if likely:
        return Published(likely, "inferred_line")
    if address:
        return Published(address, "explicit_url")
    present = find_present_day(lines, around.zone, language) or yearless
    return Published(present, "inferred_line") if present else NOTHING


def _more_exact(found: DateFound, address: DateFound | None) -> DateFound:
    """A month that a field states becomes a day when the address states a day of that month."""
    if found.day or not address or not address.day:
        return found
    agrees = address.year == found.year and found.month in (None, address.month)
    return address if agrees else found


def find_dateline(lines: list[Line], around: Surroundings, language: str | None) -> DateFound | None:
    """Return the date that opens the story: "MINSK, May 3, 2021 (Agency) — …" or "03.05.2021. The …"."""
    for line in lines[around.zone.start : around.zone.start + OPENING_LINES]:
        opening = line.text[:DATELINE_REACH]
        for found in find_dates(opening, language):
            settled, _ = settle_order(found, around.month_first)
            if settled and settled.day and (DATELINE.match(opening) or found.start <= 1):
                if _closes_dateline(opening, found):
                    return settled
                break
    return None


def find_yearless_dateline(lines: list[Line], around: Surroundings, language: str | None) -> DateFound | None:
    """Return day and month of a dateline that leaves the year unsaid: "MINSK, Oct. 23 (Agency) — …"."""
    for line in lines[around.zone.start : around.zone.start + OPENING_LINES]:
        opening = line.text[:YEARLESS_REACH]
        found = find_yearless(opening, language)
        placed = found is not None and PLACE_BEFORE.fullmatch(opening, 0, found.start)
        if found and placed and AFTER_YEARLESS.match(opening, found.end):
            return found
    return None


def _stated_year(
    yearless: DateFound, dates: dict[int, list[DateFound]], address: DateFound | None
) -> int | None:
    """The one year that the address, or the same day written out elsewhere on the page, states for the day."""
    if address and address.year and address.month in (None, yearless.month):
        return address.year
    day = (yearless.month, yearless.day)
    same = {
        found.year for found_here in dates.values() for found in found_here if (found.month, found.day) == day
    }
    return same.pop() if len(same) == 1 else None


def _closes_dateline(opening: str, found: DateFound) -> bool:
    """Say whether what follows the date ends a dateline rather than carries on a sentence."""
    rest = opening[found.end :]
    if found.start <= 1 and OWN_SENTENCE.match(rest):
        return True
    return AFTER_DATELINE.match(rest) is not None


def find_present_day(lines: list[Line], zone: Zone, language: str | None) -> DateFound | None:
    """Return the day and month, year unsaid, that the text calls today: "today, May 3"."""
    for line in lines[zone.start : min(zone.end, zone.start + 4)]:
        for match in _present().finditer(line.text[:2000]):
            found = find_yearless(line.text[match.end() : match.end() + 24], language)
            if found and found.start <= 4:
                return found
    return None
