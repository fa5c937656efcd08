"""What the steps over batches share: doing a stage of each, and telling Dagster about its tables."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

import dagster as dg

from assets.batch_work import do_stage_of_batches
from assets.fingerprints import tables_of
from assets.metadata import run_metadata
from assets.step import Materialisation
from assets.work import Outcome, Work
from warehouse.lake import ALL
from warehouse.tables.model import Stage


def doing_batches(context: dg.AssetExecutionContext, stage: Stage) -> Callable[[Work], Sequence[Outcome]]:
    """Doing a stage of every batch of the run, and of others that it concerns."""
    batches = list(context.partition_keys)
    return lambda work: do_stage_of_batches(work, stage, batches)


def materialised(
    context: dg.AssetExecutionContext, stage: Stage
) -> Callable[[Work, Sequence[Outcome]], Iterable[Materialisation]]:
    """What there is to say of each table: with several batches in one run, of the last of them.

    Batches outside the run's partitions that had to be done again are recorded under their own partition.
    """
    batches = list(context.partition_keys)

    def results(work: Work, outcomes: Sequence[Outcome]) -> Iterator[Materialisation]:
        for outcome in outcomes[len(batches) :]:
            for name in tables_of(stage):
                context.log_event(
                    dg.AssetMaterialization(name, metadata=said(work, outcome, name), partition=outcome.batch)
                )
        for name in tables_of(stage):
            yield dg.MaterializeResult(asset_key=name, metadata=said(work, outcomes[len(batches) - 1], name))

    def said(work: Work, outcome: Outcome, name: str) -> dict[str, Any]:
        path = work.overlay.path(name, outcome.batch or ALL)
        return run_metadata(outcome.stamps[name], path, unchanged=outcome.unchanged)

    return results
