"""The state of a home for people and machines: what of each batch is up to date, what is stale, and why."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import Any, Literal

import pyarrow.compute as pc

from assets import fingerprints
from assets.plan import first_stale, is_published, make_plan, why_stale
from assets.reach import out_of_reach
from assets.stages import Stages
from warehouse import batches, publications, runs, tombstones
from warehouse.home import Home
from warehouse.lake import ALL
from warehouse.overlay import Overlay
from warehouse.tables.model import Stage

COUNTED = ("inputs", "raw_documents", "documents", "event_mentions")
_CHANGED = "its code or knowledge has changed"
_MOST_FAILED = 100


@dataclass(frozen=True, slots=True)
class StageState:
    """Whether a stage is up to date. One that ``follows`` is looked at after an earlier one, and may have nothing to do."""

    stage: Stage
    state: Literal["up to date", "stale", "follows"]
    why: str | None = None


@dataclass(frozen=True, slots=True)
class BatchState:
    """A batch: what it stands for, its rows by table, its stages, and paths where nothing is left to be seen."""

    batch: str
    paths: tuple[str, ...]
    rows: dict[str, int | None]
    stages: tuple[StageState, ...]
    out_of_reach: tuple[str, ...]

    @property
    def stale_from(self) -> Stage | None:
        """The first stage that is not up to date."""
        return next((one.stage for one in self.stages if one.state != "up to date"), None)

    def lines(self) -> list[str]:
        """What is stale and why, and what cannot be seen, a line each."""
        lost = [
            f"nothing is left at {path}; its rows stay until --gone says so" for path in self.out_of_reach
        ]
        return lost + [f"{one.stage}: {one.why}" for one in self.stages if one.state == "stale"]


@dataclass(frozen=True, slots=True)
class HomeState:
    """Everything that ``communique status`` tells."""

    home: str
    up_to_date: bool
    batches: tuple[BatchState, ...]
    register: tuple[StageState, ...]
    last_run: dict[str, Any] | None
    checks: dict[str, Any]
    published: dict[str, Any] | None
    forgotten: int

    def as_json(self) -> str:
        """The same for machines."""
        return json.dumps(asdict(self), indent=2, ensure_ascii=False)


def state_of(home: Home, stages: Stages) -> HomeState:
    """The state of a home; changes nothing."""
    lake = Overlay(home)
    names = batches.names(home)
    plan = make_plan(home, stages, names)
    found = tuple(_batch(lake, stages, name) for name in names)
    last = next(reversed(runs.history(home)), None)
    return HomeState(
        home=str(home.root),
        up_to_date=plan.is_empty,
        batches=found,
        register=(
            _over_all(lake, stages, "share", stale=plan.share, follows=_any(found, "ingest", "learn")),
            _over_all(lake, stages, "resolve", stale=plan.resolve, follows=bool(plan.stale_batches)),
            _published_state(home, lake, follows=plan.resolve),
        ),
        last_run=asdict(last) if last else None,
        checks=_checks(home, last.run_id if last else None),
        published=_published(home),
        forgotten=len(tombstones.every(home)),
    )


def _batch(lake: Overlay, stages: Stages, name: str) -> BatchState:
    registration = batches.read(lake.home, name)
    stamps = {table: lake.stamp(table, name) for table in COUNTED}
    return BatchState(
        batch=name,
        paths=registration.paths if registration else (),
        rows={table: stamp.rows if stamp else None for table, stamp in stamps.items()},
        stages=tuple(_stages(lake, stages, name)),
        out_of_reach=tuple(out_of_reach(lake.home, registration)) if registration else (),
    )


def _stages(lake: Overlay, stages: Stages, batch: str) -> list[StageState]:
    first = first_stale(lake, stages, batch)
    found: list[StageState] = []
    for stage in fingerprints.BATCH_STAGES:
        if stage == first:
            found.append(StageState(stage, "stale", why_stale(lake, stages, batch, stage)))
        elif first is None or not found or found[-1].state == "up to date":
            found.append(StageState(stage, "up to date"))
        elif _has_other_version(lake, stages, stage, batch):
            found.append(StageState(stage, "stale", _CHANGED))
        else:
            found.append(StageState(stage, "follows", f"after {first}"))
    return found


def _has_other_version(lake: Overlay, stages: Stages, stage: Stage, batch: str) -> bool:
    stamps = [lake.stamp(table, batch) for table in fingerprints.tables_of(stage)]
    return any(stamp is not None and stamp.version != stages.version(stage) for stamp in stamps)


def _over_all(lake: Overlay, stages: Stages, stage: Stage, *, stale: bool, follows: bool) -> StageState:
    if not stale:
        return StageState(stage, "up to date")
    if any(lake.stamp(table) is None for table in fingerprints.tables_of(stage)):
        return StageState(stage, "stale", "not done yet")
    if _has_other_version(lake, stages, stage, ALL):
        return StageState(stage, "stale", _CHANGED)
    if follows:
        return StageState(stage, "follows", "after the batches")
    return StageState(stage, "stale", "what it reads has changed")


def _published_state(home: Home, lake: Overlay, *, follows: bool) -> StageState:
    if follows:
        return StageState("publish", "follows", "after resolve")
    if is_published(home, fingerprints.of_published(lake)):
        return StageState("publish", "up to date")
    why = "what it shows has changed" if home.published.is_file() else "not done yet"
    return StageState("publish", "stale", why)


def _any(found: tuple[BatchState, ...], *stages: Stage) -> bool:
    return any(one.state != "up to date" and one.stage in stages for batch in found for one in batch.stages)


def _checks(home: Home, run_id: str | None) -> dict[str, Any]:
    if run_id is None:
        return {"made": 0, "not_met": 0, "failed": []}
    results = runs.results_of(home, run_id)
    made = results.num_rows
    # Filtered first: to make Python's values of times imports pandas, and mostly everything was met.
    failed = results.filter(pc.invert(results.column("success"))).to_pylist() if made else []
    shown = [
        {
            name: value if isinstance(value, (str, int, float, type(None))) else str(value)
            for name, value in row.items()
        }
        for row in failed[:_MOST_FAILED]
    ]
    return {"made": made, "not_met": len(failed), "failed": shown}


def _published(home: Home) -> dict[str, Any] | None:
    if not home.published.is_file():
        return None
    present, pin = publications.current(home), publications.pin(home)
    return {
        "path": str(home.published),
        "bytes": home.published.stat().st_size,
        "run_id": present.run_id if present else None,
        "published_at": present.published_at or None if present else None,
        "held_since": pin.at if pin else None,
    }
