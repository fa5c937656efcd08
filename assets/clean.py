"""The clean assets: the articles of each batch, and why other texts are none."""

import dagster as dg

from assets.batch_step import doing_batches, materialised
from assets.partitions import BATCHES
from assets.progress import Progress
from assets.resources import WarehouseResource
from assets.specs import POOL, asset_specs, check_specs
from assets.stages import Stages
from assets.step import Events, run_step
from warehouse.tables import of_stage


@dg.multi_asset(
    name="clean",
    specs=asset_specs("clean"),
    check_specs=check_specs(of_stage("clean")),
    partitions_def=BATCHES,
    backfill_policy=dg.BackfillPolicy.single_run(),
    pool=POOL,
)
def clean(
    context: dg.AssetExecutionContext,
    warehouse: WarehouseResource,
    stages: dg.ResourceParam[Stages],
    listener: dg.ResourceParam[Progress],
) -> Events:
    """Find the article in every raw text of a batch: title, body, date, language."""
    yield from run_step(
        context, warehouse, stages, listener, doing_batches(context, "clean"), materialised(context, "clean")
    )
