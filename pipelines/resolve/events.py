"""Which mentions tell of the same event: comparing them is SQL (``sql/events``), grouping them is here.

Readings (mentions that say the very same) are joined pair by pair, the best pair first, and only while everything
in the growing group fits together: days, countries, sort of act, stated country of the place, scene, and no two that one
article tells apart. So events do not run into each other along a chain of similar ones. Nothing here depends on
the order in which documents came.
"""

from __future__ import annotations

import csv
from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

SAME_EVENT = 3.75
"""Points of evidence (see ``evidence.csv``) that join two readings."""

_CLEARLY_BETTER = 1.0  # points by which a loosely dated reading must fit one event better than any other
_DAYS_OF_GRACE = 1  # reports of one event may differ by this much
_LARGEST_BLOCK = 40  # readings that share a key and are all compared with each other
_NEIGHBOURS = 8  # in a larger block: how many of the next each is compared with
_HERE = Path(__file__).parent
_KNOWLEDGE = {
    "event_wordings": "wordings.csv",
    "event_fulfilments": "fulfilments.csv",
    "event_evidence_points": "evidence.csv",
    "event_further": "further.csv",
}
_NUMBERS = {"mutual": pa.int32(), "points": pa.float64()}
_READINGS = """
    SELECT
        r.reading, r.countries, r.sort, CASE WHEN r.is_place_stated THEN r.place_country END,
        CASE WHEN r.is_of_a_scene AND r.is_local THEN r.place_id END,
        CAST(r.first_day - DATE '1800-01-01' AS INTEGER), CAST(r.last_day - DATE '1800-01-01' AS INTEGER),
        r.first_day IS NULL OR r.last_day - r.first_day > 6
    FROM readings AS r
    SEMI JOIN (SELECT first_reading AS reading FROM event_joins UNION SELECT second_reading FROM event_joins)
        USING (reading)
"""
_JOINS = "SELECT first_reading, second_reading, points, is_loose FROM event_joins ORDER BY points DESC, 1, 2"
_APART = "SELECT first_reading, second_reading FROM event_findings WHERE is_told_apart"

Join = tuple[int, int, float, bool]
"""Two readings, the points of evidence for their telling of one event, and whether their dates only fit loosely."""


@dataclass(slots=True)
class Group:
    """Readings of one event, and what they have said so far."""

    readings: list[int]
    countries: frozenset[str]
    sort: str
    place_country: str | None
    scene: str | None
    latest_start: int | None
    earliest_end: int | None
    is_loose: bool = False
    apart: set[int] = field(default_factory=set)

    def fits(self, other: Group) -> bool:
        """Whether everything in both groups may be true of one event."""
        return (
            (not self.sort or not other.sort or self.sort == other.sort)
            and _nested(self.countries, other.countries)
            and (self.place_country is None or other.place_country in (None, self.place_country))
            and (self.scene is None or other.scene in (None, self.scene))
            and self._meets(other)
            and self.apart.isdisjoint(other.readings)
            and other.apart.isdisjoint(self.readings)
        )

    def take_in(self, other: Group) -> None:
        """Add what the other group says."""
        self.readings += other.readings
        self.countries |= other.countries
        self.sort = self.sort or other.sort
        self.place_country = self.place_country or other.place_country
        self.scene = self.scene or other.scene
        self.latest_start = _chosen(max, self.latest_start, other.latest_start)
        self.earliest_end = _chosen(min, self.earliest_end, other.earliest_end)
        self.apart |= other.apart

    def _meets(self, other: Group) -> bool:
        start = _chosen(max, self.latest_start, other.latest_start)
        end = _chosen(min, self.earliest_end, other.earliest_end)
        return start is None or end is None or start - end <= _DAYS_OF_GRACE


def find_events(con: duckdb.DuckDBPyConnection) -> None:
    """Make the temporary tables ``event_of_mention`` and ``event_evidence`` on the connection.

    ``con`` must see ``documents``, ``event_mentions``, ``participants``, ``agreement_mentions`` and what the
    resolve stage made before: ``document_stories``, ``participant_actors``, ``mention_agreements``, ``folded``.
    """
    for name, file in _KNOWLEDGE.items():
        con.register(name, _rows_of(_HERE / file))
    bounds = {"largest_block": _LARGEST_BLOCK, "neighbours": _NEIGHBOURS, "same_event": SAME_EVENT}
    for script in ("01_told", "02_readings", "03_pairs", "04_findings"):
        _run(con, script, bounds)
    joins: list[Join] = con.execute(_JOINS).fetchall()
    groups = {row[0]: Group([row[0]], frozenset(row[1]), *row[2:]) for row in _fetched(con, _READINGS)}
    for one, other in _fetched(con, _APART):
        if one in groups and other in groups:
            groups[one].apart.add(other)
    con.register("reading_tree", _as_table(tree(group(groups, joins))))
    _run(con, "05_evidence", bounds)


def group(groups: Mapping[int, Group], joins: Sequence[Join]) -> list[tuple[int, int]]:
    """Join readings into events: the joins that were made, in the order of their points.

    ``groups`` has a group for each reading, which grows; ``joins`` come best first. Joins of exact dates are made before
    loose ones. A loosely dated reading joins the event that it clearly fits best; where two events that cannot
    be one fit it as well, it stays by itself.
    """
    belongs = dict(groups)
    rivals: dict[int, list[tuple[int, float]]] = defaultdict(list)
    for one, other, points, is_loose in joins:
        if is_loose:
            rivals[one].append((other, points))
            rivals[other].append((one, points))
    loose = {reading for reading in rivals if groups[reading].is_loose}
    made = []
    for one, other, points, _ in sorted(joins, key=lambda join: join[3]):
        left, right = belongs[one], belongs[other]
        if left is right or not left.fits(right):
            continue
        if any(
            end in loose and _is_torn(belongs, rivals[end], points, belongs[to])
            for end, to in ((one, other), (other, one))
        ):
            continue
        if len(left.readings) < len(right.readings):
            left, right = right, left
        for reading in right.readings:
            belongs[reading] = left
        left.take_in(right)
        made.append((one, other))
    return made


def tree(made: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int, int]]:
    """For each reading that was joined: the event's first reading, the reading itself, and the one it hangs on.

    The first reading of an event is the smallest and hangs on itself.
    """
    neighbours: dict[int, list[int]] = defaultdict(list)
    for one, other in made:
        neighbours[one].append(other)
        neighbours[other].append(one)
    seen: set[int] = set()
    for root in sorted(neighbours):
        if root in seen:
            continue
        seen.add(root)
        yield root, root, root
        waiting = deque([root])
        while waiting:
            above = waiting.popleft()
            for below in sorted(neighbours[above]):
                if below not in seen:
                    seen.add(below)
                    waiting.append(below)
                    yield root, below, above


def _is_torn(
    belongs: Mapping[int, Group], rivals: Iterable[tuple[int, float]], points: float, chosen: Group
) -> bool:
    """Whether another event, which cannot be the chosen one, fits a loosely dated reading about as well."""
    return any(
        rival > points - _CLEARLY_BETTER
        and belongs[reading] is not chosen
        and not belongs[reading].fits(chosen)
        for reading, rival in rivals
    )


def _nested(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether one set of countries may be a shorter account of the other, or both are of a wider circle."""
    return one <= other or other <= one or len(one & other) > 1


def _chosen(choose: Callable[[int, int], int], one: int | None, other: int | None) -> int | None:
    if one is None or other is None:
        return other if one is None else one
    return choose(one, other)


def _as_table(rows: Iterable[tuple[int, int, int]]) -> pa.Table:
    names = ("founder", "reading", "joined_to")
    columns = list(zip(*rows, strict=True)) or [(), (), ()]
    return pa.table({name: pa.array(values, pa.int64()) for name, values in zip(names, columns, strict=True)})


def _rows_of(path: Path) -> pa.Table:
    """A knowledge file as a table: text, except for the columns that are numbers; empty cells stay empty."""
    with path.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(line for line in lines if not line.startswith("#")))
    columns = {}
    for name in rows[0]:
        kind = _NUMBERS.get(name)
        values = [row[name] for row in rows]
        columns[name] = pa.array([float(value) for value in values]).cast(kind) if kind else pa.array(values)
    return pa.table(columns)


def _fetched(con: duckdb.DuckDBPyConnection, sql: str) -> Iterator[tuple[Any, ...]]:
    found = con.execute(sql)
    while rows := found.fetchmany(10_000):
        yield from rows


def _run(con: duckdb.DuckDBPyConnection, name: str, values: dict[str, float]) -> None:
    for statement in con.extract_statements((_HERE / "sql" / "events" / f"{name}.sql").read_text("utf-8")):
        con.execute(statement, {key: values[key] for key in statement.named_parameters})
