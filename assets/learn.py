"""The learn asset: the lines of each batch, counted for each site."""

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
    name="learn",
    specs=asset_specs("learn"),
    check_specs=check_specs(of_stage("learn")),
    partitions_def=BATCHES,
    backfill_policy=dg.BackfillPolicy.single_run(),
    pool=POOL,
)
def learn(
    context: dg.AssetExecutionContext,
    warehouse: WarehouseResource,
    stages: dg.ResourceParam[Stages],
    listener: dg.ResourceParam[Progress],
) -> Events:
    """Count in how many documents of its site each line of a batch stands."""
    yield from run_step(
        context, warehouse, stages, listener, doing_batches(context, "learn"), materialised(context, "learn")
    )
