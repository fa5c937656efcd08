"""Days that stand on lines of the page, and what speaks for each being the day of publication.

A label before it ("Published:", "Stand:"), its place by the headline, the address. What else tells the day
is in ``published``; how dates are read in ``dates``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from pipelines.clean.article import Zone
from pipelines.clean.date_values import DateFound
from pipelines.clean.dayorder import settle_order
from pipelines.clean.knowledge import read_toml
from pipelines.clean.lines import Line, normalise

LABEL_REACH = 60  # characters before a date in which its label stands
DATE_LINE_WORDS = 30  # a longer line is text, not a date line
UNDER_COPY = 3  # lines under any copy of the headline
EARLY = 12  # lines into the article in which a date line still dates it
OLD = 1990  # days before it are seldom the day of a page, and often somebody's birthday
LABELS = {"published": 5.0, "weak": 2.0, "updated": 0.5}  # what a label says for a date
UNSPACED = re.compile(r"[\u0e00-\u0eff\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
PART_END = re.compile(r"\s?[|·•]\s")
PART_REACH, PART_WORDS = 25, 12  # characters behind a date in which its part of the line ends; words of it
CLEAR = 1.0  # by so much a day must stand out where none has enough support


@dataclass(frozen=True, slots=True)
class DateLine:
    """A date on a line of the page, with what speaks for its being the day of publication."""

    found: DateFound
    index: int
    support: float
    exact: bool = True  # nothing about it had to be inferred
    label: str = ""  # what the words before it say, see ``find_label``


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the page tells about its dates: where headline and article are, and the order of day and month."""

    headline: int  # index of the headline's line, -1 when unknown
    zone: Zone
    url_date: DateFound | None
    month_first: bool | None  # None: nothing tells
    copies: tuple[int, ...] = ()  # indexes of the headline's copies above the article


@cache
def _labels() -> dict[str, dict[str, str]]:
    """Every label's words as they are looked for, with its kind, by their first word.

    Those in scripts without spaces, which stand inside a word too, are found under the empty word.
    """
    settings = read_toml("dates.toml")
    labels: dict[str, dict[str, str]] = {}
    for kind in ("published", "updated", "other", "weak"):
        for words in filter(None, map(normalise, settings[kind])):
            if UNSPACED.match(words):
                labels.setdefault("", {}).setdefault(words, kind)
            else:
                labels.setdefault(words.split()[0], {}).setdefault(f" {words} ", kind)
    return labels


def find_label(text: str, found: DateFound) -> str:
    """Return ``published``, ``updated``, ``other`` or ``weak`` by the words close before the date, or ``""``."""
    before = f" {normalise(text[max(0, found.start - LABEL_REACH) : found.start])} "
    if before == "  ":
        before = f" {normalise(text[found.end : found.end + LABEL_REACH])} "
    return _nearest_label(before)


@lru_cache(maxsize=5000)
def _nearest_label(before: str) -> str:
    """The kind of the label that ends last; of those that end together the longest."""
    nearest, kind = (-1, 0), ""
    labels = _labels()
    for first in labels.keys() & {"", *before.split()}:
        for words, name in labels[first].items():
            at = before.rfind(words)
            if at >= 0 and (at + len(words.rstrip()), len(words)) > nearest:
                nearest, kind = (at + len(words.rstrip()), len(words)), name
    return kind


def date_lines(lines: list[Line], dates: dict[int, list[DateFound]], around: Surroundings) -> list[DateLine]:
    """Return the days on lines that could be the day of publication, with what speaks for each."""
    days: list[DateLine] = []
    for index, found_here in dates.items():
        for order, found in enumerate(found_here):
            settled, exact = settle_order(found, around.month_first)
            if settled is None or settled.day is None:
                continue
            label = find_label(lines[index].text, found)
            support = weigh(lines, index, found, settled, label, around)
            if support is not None:
                sure = exact and not found.short_year and label != "updated"
                days.append(DateLine(settled, index, support - 0.1 * order, sure, label))
    return days


def likely_day(candidates: list[DateLine], address: DateFound | None) -> DateFound | None:
    """Return the day to infer where no line is sure: one that stands out, the only one, or the day of change.

    None where several days have equal claims, or the address speaks of another month.
    """
    best = max(candidates, key=lambda line: line.support, default=None)
    if best is None:
        return None
    others = [line for line in candidates if line.found.on != best.found.on]
    stands_out = best.support >= 1 and all(line.support <= best.support - CLEAR for line in others)
    changed = [line for line in candidates if line.label == "updated"]
    if others and not stands_out:
        if len({line.found.on for line in changed}) != 1:
            return None
        best = changed[0]
    if best.found.year is None or best.found.year < OLD:
        return None
    agrees = address is None or (address.year, address.month) == (best.found.year, best.found.month)
    return best.found if agrees else None


def weigh(
    lines: list[Line], index: int, written: DateFound, settled: DateFound, label: str, around: Surroundings
) -> float | None:
    """How much speaks for the date ``written`` on ``lines[index]``: its ``label``, place on the page, the address.

    None where it stands in a text or belongs to something else.
    """
    line = lines[index]
    in_text = line.is_prose or line.words > DATE_LINE_WORDS
    if label == "other" or (in_text and label != "published" and not in_short_part(line.text, written)):
        return None
    support = LABELS.get(label, 0.0) + place_support(index, around)
    if around.url_date and around.url_date.year:
        agrees = (settled.year, settled.month) == (around.url_date.year, around.url_date.month)
        support += 4.0 if agrees else -3.0
    if line.words > 12:
        support -= 1.5
    if settled.year is not None and settled.year < OLD:
        support -= 3.0
    return support + (0.5 if line.words <= 6 else 0.0)


def in_short_part(text: str, found: DateFound) -> bool:
    """Say whether the date stands in the first of several parts of a line, and that part is a short one."""
    part = PART_END.search(text, found.end, found.end + PART_REACH)
    return part is not None and text[: part.start()].count(" ") < PART_WORDS


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
