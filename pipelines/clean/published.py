"""The day a text was published, from what the document says; never from a clock.

Order of trust: a field beside the text, the prefix in front of it, HTML metadata, the address, a date line
near the headline, the dateline. Dates inside the prose belong to the events told and are left alone.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from pipelines.clean.article import Zone
from pipelines.clean.dates import DateFound, find_dates, find_yearless, read_iso
from pipelines.clean.dayorder import settle_order
from pipelines.clean.knowledge import read_toml
from pipelines.clean.lines import Line, normalise

HEAD = 220  # characters of a line that are searched for its date
LABEL_REACH = 60  # characters before a date in which its label stands
DATE_LINE_WORDS = 30  # a longer line is text, not a date line
DATELINE_REACH = 110  # characters from the start of the story to the end of its dateline's date
NEED = 2.0  # least support for a date line to be believed
OPENING_LINES = 3  # of the story, in which a dateline may stand
UNDER_COPY = 3  # lines under any copy of the headline
EARLY = 12  # lines into the article in which a date line still dates it
OLD = 1990  # days before it are seldom the day of a page, and often somebody's birthday
AFTER_DATELINE = re.compile(r"\s{0,2}(?:[)/–—-]|\([^()]{2,40}\))")
OWN_SENTENCE = re.compile(r"\s{0,2}(?:[.:|,–—-]\s|[„“\"«])")
DATELINE = re.compile(r"^[^.!?]{0,80}(?:[(/][^()]{0,60}[)/]|[-–—])")


@dataclass(frozen=True, slots=True)
class Published:
    """A publication date and the method by which it was found (see ``model.PUBLISHED_METHODS``)."""

    found: DateFound | None
    method: str


@dataclass(frozen=True, slots=True)
class DateLine:
    """A date on a line of the page, with what speaks for its being the day of publication."""

    found: DateFound
    index: int
    support: float
    exact: bool = True  # nothing about it had to be inferred


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the page tells about its dates: where headline and article are, and the order of day and month."""

    headline: int  # index of the headline's line, -1 when unknown
    zone: Zone
    url_date: DateFound | None
    month_first: bool | None  # None: nothing tells
    copies: tuple[int, ...] = ()  # indexes of the headline's copies above the article


NOTHING = Published(None, "none")


@cache
def _labels() -> dict[str, tuple[str, ...]]:
    settings = read_toml("dates.toml")
    return {
        kind: tuple(f" {normalise(word)} " for word in settings[kind] if normalise(word))
        for kind in ("published", "updated", "other")
    }


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


def find_label(text: str, found: DateFound) -> str:
    """Return ``published``, ``updated`` or ``other`` by the words close before the date, or ``""``."""
    before = f" {normalise(text[max(0, found.start - LABEL_REACH) : found.start])} "
    if before == "  ":
        before = f" {normalise(text[found.end : found.end + LABEL_REACH])} "
    return _nearest_label(before)


@lru_cache(maxsize=5000)
def _nearest_label(before: str) -> str:
    nearest, kind = -1, ""
    for name, words in _labels().items():
        for word in words:
            at = before.rfind(word)
            if at > nearest:
                nearest, kind = at, name
    return kind


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
    best = best_date_line(lines, dates, around)
    if best:
        return Published(best.found, "explicit_line" if best.exact else "inferred_line")
    dateline = find_dateline(lines, around, language)
    if dateline:
        return Published(dateline, "explicit_dateline")
    if address:
        return Published(address, "explicit_url")
    present = find_present_day(lines, around.zone, language)
    return Published(present, "inferred_line") if present else NOTHING


def _more_exact(found: DateFound, address: DateFound | None) -> DateFound:
    """A month that a field states becomes a day when the address states a day of that month."""
    if found.day or not address or not address.day:
        return found
    agrees = address.year == found.year and found.month in (None, address.month)
    return address if agrees else found


def best_date_line(
    lines: list[Line], dates: dict[int, list[DateFound]], around: Surroundings
) -> DateLine | None:
    """Return the best supported date line, or None when none has enough support."""
    best: DateLine | None = None
    for index, found_here in dates.items():
        for order, found in enumerate(found_here):
            settled, exact = settle_order(found, around.month_first)
            if settled is None or settled.day is None:
                continue
            support = weigh(lines, index, found, settled, around) - 0.1 * order
            if support >= NEED and (best is None or support > best.support):
                best = DateLine(settled, index, support, exact and not found.short_year)
    return best


def weigh(
    lines: list[Line], index: int, written: DateFound, settled: DateFound, around: Surroundings
) -> float:
    """How much speaks for the date ``written`` on ``lines[index]``: label, place on the page, the address."""
    line = lines[index]
    label = find_label(line.text, written)
    if label == "other" or ((line.is_prose or line.words > DATE_LINE_WORDS) and label != "published"):
        return 0.0
    support = {"published": 5.0, "updated": 0.5}.get(label, 0.0) + place_support(index, around)
    if around.url_date and around.url_date.year:
        agrees = (settled.year, settled.month) == (around.url_date.year, around.url_date.month)
        support += 4.0 if agrees else -3.0
    if line.words > 12:
        support -= 1.5
    if settled.year is not None and settled.year < OLD:
        support -= 3.0
    return support + (0.5 if line.words <= 6 else 0.0)


def place_support(index: int, around: Surroundings) -> float:
    """What the place of a line on the page says for its date: best right under the headline."""
    start, end, headline = around.zone.start, around.zone.end, around.headline
    anchor = headline if headline >= 0 else start - 1
    if anchor < index <= max(start, anchor + 1) + 2:
        return 6.0 - 0.2 * min(index - anchor, 15)
    if anchor - 4 <= index <= anchor:
        return 3.5 + 0.2 * (index - anchor)
    if end <= index < end + 6:
        return 3.0 - 0.3 * (index - end)
    if any(copy < index <= copy + UNDER_COPY for copy in around.copies):
        return 3.0
    if start < index < end:
        return 2.5 - 0.1 * (index - start) if index <= start + EARLY else 0.5
    if index < anchor:
        return 1.0 if index < 3 and anchor < 12 else 0.0
    return -1.5


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
