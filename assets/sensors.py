"""Sensors: what starts a run when something has happened. What starts one at an hour is in ``schedules``.

``inbox`` asks for runs of batches that are new, changed or gone; ``apart`` asks for the halves of a run over
several batches that bad data in one of them has stopped, so that the others come through.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import dagster as dg

from assets.inbox import Memory, halves, key_of, look, runs_of
from assets.jobs import communique_job
from assets.partitions import BATCHES
from assets.resources import WarehouseResource
from assets.settings import Settings
from assets.specs import FAULT_TAG, LASTING, RANGE_TAGS
from assets.stages import Stages

TURN_TAG = "communique/turn"
_ASK_AGAIN_SECONDS = 900.0
_APART_SECONDS = 10
_ENDED = (dg.DagsterRunStatus.SUCCESS, dg.DagsterRunStatus.FAILURE, dg.DagsterRunStatus.CANCELED)


def inbox_sensor(settings: Settings) -> dg.SensorDefinition:
    """The sensor that watches the inbox of the settings."""
    folder = Path(os.path.abspath(settings.inbox_folder))  # noqa: PTH100 - registered paths keep links, too

    @dg.sensor(
        name="inbox",
        job=communique_job,
        minimum_interval_seconds=settings.inbox_seconds,
        default_status=dg.DefaultSensorStatus.RUNNING,
        description="Asks for a run of every batch in the inbox that is new, changed or gone, once it is at rest.",
    )
    def inbox(
        context: dg.SensorEvaluationContext, warehouse: WarehouseResource, stages: dg.ResourceParam[Stages]
    ) -> dg.SensorResult:
        memory = Memory.read(context.cursor)
        _forget_passed_faults(context.instance, memory)
        found = look(
            warehouse.open(), folder, stages, memory, now=time.time(), settle_seconds=settings.settle_seconds
        )
        for note in found.notes:
            context.log.warning(note)
        known = context.instance.get_dynamic_partitions(BATCHES.name or "")
        new = [name for name in found.taken if name not in known]
        groups = runs_of(found.taken, [*known, *new])
        turn = found.memory.turn
        return dg.SensorResult(
            run_requests=[_request(group, key_of(group, found.taken, turn), turn) for group in groups],
            dynamic_partitions_requests=[BATCHES.build_add_request(new)] if new else [],
            skip_reason=None if groups else _nothing(found.memory, found.notes),
            cursor=found.memory.write(),
        )

    return inbox


@dg.run_failure_sensor(
    name="apart",
    monitored_jobs=[communique_job],
    request_job=communique_job,
    minimum_interval_seconds=_APART_SECONDS,
    default_status=dg.DefaultSensorStatus.RUNNING,
    description="Asks for both halves of a run over several batches from the inbox that bad data has stopped.",
)
def apart(context: dg.RunFailureSensorContext) -> Iterator[dg.RunRequest | dg.SkipReason]:
    """Two runs, each over half of the batches; of one batch alone nothing, since it would only fail again."""
    run = context.dagster_run
    batches = _range_of(run, context.instance)
    if TURN_TAG not in run.tags or run.tags.get(FAULT_TAG) != LASTING or len(batches) < 2:
        yield dg.SkipReason(f"run {run.run_id} is not one of several batches that bad data has stopped")
        return
    for half in halves(batches):
        yield _request(half, f"{run.run_id} {half[0]}", int(run.tags[TURN_TAG]))


def _request(group: Sequence[str], key: str, turn: int) -> dg.RunRequest:
    """A run over batches that lie side by side among the partitions."""
    if len(group) == 1:
        return dg.RunRequest(run_key=key, partition_key=group[0], tags={TURN_TAG: str(turn)})
    ends = dict(zip(RANGE_TAGS, (group[0], group[-1]), strict=True))
    return dg.RunRequest(run_key=key, tags={TURN_TAG: str(turn), **ends})


def _range_of(run: dg.DagsterRun, instance: dg.DagsterInstance) -> list[str]:
    """The batches of a run over several; none for other runs."""
    if not set(RANGE_TAGS) <= run.tags.keys():
        return []
    known = list(instance.get_dynamic_partitions(BATCHES.name or ""))
    first, last = (known.index(run.tags[tag]) for tag in RANGE_TAGS)
    return known[first : last + 1]


def _forget_passed_faults(instance: dg.DagsterInstance, memory: Memory) -> None:
    """Let batches be asked for again whose runs were stopped, or met a fault that may have passed since."""
    for turn in {turn for _, turn in memory.asked.values()}:
        records = instance.get_run_records(dg.RunsFilter(tags={TURN_TAG: str(turn)}))
        runs = [record.dagster_run for record in records]
        if not runs or any(run.status not in _ENDED for run in runs):
            continue
        lasting = any(run.tags.get(FAULT_TAG) == LASTING for run in runs)
        ended = max(record.end_time or 0.0 for record in records)
        if not lasting and time.time() - ended > _ASK_AGAIN_SECONDS:
            memory.asked = {name: asked for name, asked in memory.asked.items() if asked[1] != turn}


def _nothing(memory: Memory, notes: Sequence[str]) -> str:
    waiting = ", ".join(memory.waiting) or "nothing"
    asked = ", ".join(memory.asked) or "nothing"
    return "; ".join([f"coming to rest: {waiting}", f"asked for, and not done: {asked}", *notes])
