"""The extract assets: the mentions of each batch, who takes part and which agreements they name."""

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
    name="extract",
    specs=asset_specs("extract"),
    check_specs=check_specs(of_stage("extract")),
    partitions_def=BATCHES,
    backfill_policy=dg.BackfillPolicy.single_run(),
    pool=POOL,
)
def extract(
    context: dg.AssetExecutionContext,
    warehouse: WarehouseResource,
    stages: dg.ResourceParam[Stages],
    listener: dg.ResourceParam[Progress],
) -> Events:
    """Read events out of every article of a batch that has not been read before."""
    yield from run_step(
        context,
        warehouse,
        stages,
        listener,
        doing_batches(context, "extract"),
        materialised(context, "extract"),
    )
