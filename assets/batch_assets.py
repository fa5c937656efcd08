"""The assets of each batch, one partition a batch: ingest, learn, clean and extract.

The four differ in what their stage does, which is in ``batch_work``; how a stage becomes assets is the same.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

import dagster as dg

from assets.batch_work import do_stage_of_batches
from assets.faults import RETRIES
from assets.fingerprints import tables_of
from assets.metadata import run_metadata
from assets.partitions import BATCHES
from assets.progress import Progress
from assets.resources import WarehouseResource
from assets.specs import POOL, asset_specs, check_specs
from assets.stages import Stages
from assets.step import Events, Materialisation, run_step
from assets.work import Outcome, Work
from pipelines.crew import Crew
from warehouse.lake import ALL
from warehouse.tables import TABLES
from warehouse.tables.model import Stage


def batch_assets(stage: Stage, description: str) -> dg.AssetsDefinition:
    """The assets of a stage that is done batch by batch."""

    @dg.multi_asset(
        name=stage,
        description=description,
        specs=asset_specs(stage),
        check_specs=check_specs(tables_of(stage)),
        partitions_def=BATCHES,
        backfill_policy=dg.BackfillPolicy.single_run(),
        pool=POOL,
        retry_policy=RETRIES,
    )
    def assets(
        context: dg.AssetExecutionContext,
        warehouse: WarehouseResource,
        stages: dg.ResourceParam[Stages],
        listener: dg.ResourceParam[Progress],
        crew: dg.ResourceParam[Crew],
    ) -> Events:
        batches = list(context.partition_keys)
        yield from run_step(
            context,
            warehouse,
            stages,
            listener,
            lambda work: do_stage_of_batches(work, stage, batches),
            _materialised(context, stage, batches),
            crew,
        )

    return assets


ingest = batch_assets(
    "ingest", "Read every input of a batch: a ledger row for each, and its text where there is one."
)
learn = batch_assets("learn", "Count in how many documents of its site each line of a batch stands.")
clean = batch_assets("clean", "Find the article in every raw text of a batch: title, body, date, language.")
extract = batch_assets(
    "extract", "Read events out of every article of a batch that has not been read before."
)


def _materialised(
    context: dg.AssetExecutionContext, stage: Stage, batches: Sequence[str]
) -> Callable[[Work, Sequence[Outcome]], Iterable[Materialisation]]:
    """What there is to say of each table: with several batches in one run, of the last of them.

    Batches outside the run's partitions that had to be done again are recorded under their own partition.
    """

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
        return run_metadata(TABLES[name], outcome.stamps[name], path, unchanged=outcome.unchanged)

    return results
