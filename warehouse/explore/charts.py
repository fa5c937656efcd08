"""Where the bars and dots of a chart lie. Numbers in, positions out; the templates draw them as SVG.

Widths are percentages, so that a chart fits a phone without its text shrinking; heights are pixels.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import sqrt

HEIGHT = 220
_MOST_BARS = 150
_FEWEST_BARS = 12  # so that two bars do not fill the page
_LABEL_ROOM = 9.0  # percent of the width that the label of an axis needs
_DAYS_OF_DAYS, _DAYS_OF_MONTHS = 92, 366 * 11


@dataclass(frozen=True, slots=True)
class Part:
    """One colour of a bar: the quad class, its number, and where it lies."""

    quad: int
    value: int
    y: float
    height: float


@dataclass(frozen=True, slots=True)
class Bar:
    """The events of one day, month or year, cooperation above the line and conflict below."""

    first: date
    last: date
    name: str
    x: float
    width: float
    parts: tuple[Part, ...]
    counts: tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Timeline:
    """A whole chart; ``labels`` are positions and texts under the axis, ``left_out`` counts earlier events."""

    step: str
    bars: tuple[Bar, ...]
    labels: tuple[tuple[float, str], ...]
    zero: float
    top: int
    bottom: int
    left_out: int

    @property
    def before(self) -> date:
        """The last day before the chart."""
        return self.bars[0].first - timedelta(days=1)


def step_of(first: date, last: date) -> str:
    """The unit of time that makes a readable number of bars between two days."""
    days = (last - first).days
    return "day" if days <= _DAYS_OF_DAYS else "month" if days <= _DAYS_OF_MONTHS else "year"


def timeline(counts: Mapping[date, Sequence[int]], step: str, since: date) -> Timeline | None:
    """The chart of counts by quad class (four numbers) per beginning of a step; None where there is none.

    Steps that end before ``since`` are left out, and the earliest where there are too many.
    """
    if not counts:
        return None
    starts = [start for start in _steps(min(counts), max(counts), step) if _next(start, step) > since]
    shown = starts[-_MOST_BARS:]
    left_out = sum(sum(four) for start, four in counts.items() if start < shown[0])
    fours = [tuple(counts.get(start, (0, 0, 0, 0))) for start in shown]
    top = max(four[0] + four[1] for four in fours)
    bottom = max(four[2] + four[3] for four in fours)
    scale = HEIGHT / max(1, top + bottom)
    zero = top * scale
    width = 100 / max(_FEWEST_BARS, len(shown))
    bars = tuple(
        Bar(
            start,
            _next(start, step) - timedelta(days=1),
            _name(start, step),
            round(number * width, 3),
            round(width, 3),
            tuple(_parts(four, zero, scale)),
            (four[0], four[1], four[2], four[3]),
        )
        for number, (start, four) in enumerate(zip(shown, fours, strict=True))
    )
    return Timeline(step, bars, _labels(bars, step), round(zero, 2), top, bottom, left_out)


def _parts(four: Sequence[int], zero: float, scale: float) -> Iterable[Part]:
    """Material next to the line, verbal beyond it, on both sides."""
    up = down = zero
    for quad in (2, 1):
        height = four[quad - 1] * scale
        up -= height
        if height:
            yield Part(quad, four[quad - 1], round(up, 2), round(height, 2))
    for quad in (4, 3):
        height = four[quad - 1] * scale
        if height:
            yield Part(quad, four[quad - 1], round(down, 2), round(height, 2))
        down += height


def _steps(first: date, last: date, step: str) -> Iterable[date]:
    now = first
    while now <= last:
        yield now
        now = _next(now, step)


def _next(start: date, step: str) -> date:
    if step == "day":
        return start + timedelta(days=1)
    if step == "month":
        return date(start.year + start.month // 12, start.month % 12 + 1, 1)
    return date(start.year + 1, 1, 1)


def _name(start: date, step: str) -> str:
    return {"day": f"{start.day} {start:%b %Y}", "month": f"{start:%b} {start.year}"}.get(
        step, str(start.year)
    )


def _labels(bars: Sequence[Bar], step: str) -> tuple[tuple[float, str], ...]:
    """Texts under the axis: as many as fit, at years, or at months and days where there are no several years."""
    years = len({bar.first.year for bar in bars}) > 2
    found: list[tuple[float, str]] = []
    for number, bar in enumerate(bars):
        turns = number == 0 or bar.first.year != bars[number - 1].first.year
        wanted = turns if years else True
        fits = not found or bar.x - found[-1][0] >= _LABEL_ROOM * (1 if years else 1.6)
        if wanted and fits and bar.x <= 100 - _LABEL_ROOM / 2:
            found.append((bar.x, str(bar.first.year) if years else bar.name))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Dot:
    """A place on the map, in degrees east and south of the map's upper left corner."""

    x: float
    y: float
    radius: float
    side: str


WORLD = (-180.0, 80.0, 360.0, 138.0)  # west, north, width and height of the map in degrees
_SMALLEST, _LARGEST = 0.9, 6.0


def dot(longitude: float, latitude: float, events: int, conflict: int, most: int) -> Dot:
    """A dot whose area grows with the events there; ``side`` says which of the two is more frequent."""
    west, north, _, height = WORLD
    radius = _SMALLEST + (_LARGEST - _SMALLEST) * sqrt(events / max(1, most))
    side = "conflict" if conflict * 2 > events else "cooperation"
    return Dot(
        round(longitude - west, 2), round(min(height, max(0.0, north - latitude)), 2), round(radius, 2), side
    )


def shares(values: Sequence[int], most: int) -> list[tuple[float, float]]:
    """Beginning and width, in percent of ``most``, of numbers laid end to end."""
    found, begin = [], 0.0
    for value in values:
        width = 100 * value / max(1, most)
        found.append((round(begin, 2), round(width, 2)))
        begin += width
    return found
