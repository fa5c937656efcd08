"""The resolve step beside a straight pandas implementation, on the same generated mentions; CPU seconds of this process."""

from __future__ import annotations

import statistics
import tempfile
from dataclasses import dataclass
from pathlib import Path

from pipelines.resolve.stage import resolve
from tests.bench import pandas_resolve
from tests.bench.mentions import fill
from tests.bench.stories import seconds
from warehouse.home import open_home
from warehouse.overlay import Overlay
from warehouse.register import create_view, register_views
from warehouse.tables import table


@dataclass(frozen=True, slots=True)
class Resolved:
    """What a way of resolving took. ``cpu`` is the rounds' median in seconds."""

    way: str
    mentions: int
    cpu: float
    events: int


def resolving(mentions: int, rounds: int) -> list[Resolved]:
    """Ours and pandas's, in turns."""
    with tempfile.TemporaryDirectory() as scratch:
        home = open_home(Path(scratch))
        fill(home, mentions)
        events: dict[str, int] = {}

        def ours() -> None:
            with register_views(Overlay(home), ("clean", "extract")) as con:
                create_view(con, "earlier_story_pairs", table("story_pairs"), [])
                events["ours"] = resolve(con)["events"].num_rows

        def straight() -> None:
            events["pandas"] = len(pandas_resolve.resolve(home.lake)["events"])

        ways = {"ours": ours, "pandas": straight}
        for way in ways.values():
            way()  # everything imported and read once before the clock starts
        turns = [{name: seconds(way) for name, way in ways.items()} for _ in range(rounds)]
    return [
        Resolved(name, mentions, statistics.median(turn[name] for turn in turns), events[name])
        for name in ways
    ]
