"""What the steps over batches share: doing a stage of each, and telling Dagster about its tables."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

import dagster as dg

from assets.batch_work import do_batch_stage
from assets.fingerprints import tables_of
from assets.metadata import run_metadata
from assets.step import Materialisation
from assets.work import Outcome, Work
from warehouse.tables.model import Stage


def do_batches(context: dg.AssetExecutionContext, stage: Stage) -> Callable[[Work], Sequence[Outcome]]:
    """Doing a stage of every batch of the run."""
    batches = list(context.partition_keys)
    return lambda work: [do_batch_stage(work, stage, batch) for batch in batches]


def materialised(
    context: dg.AssetExecutionContext, stage: Stage
) -> Callable[[Work, Sequence[Outcome]], Iterable[Materialisation]]:
    """What there is to say of each table: with several batches in one run, of the last of them."""
    batches = list(context.partition_keys)

    def results(work: Work, outcomes: Sequence[Outcome]) -> Iterator[Materialisation]:
        batch, outcome = batches[-1], outcomes[-1]
        for name in tables_of(stage):
            path = work.overlay.path(name, batch)
            metadata = run_metadata(outcome.stamps[name], path, unchanged=outcome.unchanged)
            yield dg.MaterializeResult(asset_key=name, metadata=metadata)

    return results
