"""The ingest assets: the ledger and the raw texts of each batch."""

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
    name="ingest",
    specs=asset_specs("ingest"),
    check_specs=check_specs(of_stage("ingest")),
    partitions_def=BATCHES,
    backfill_policy=dg.BackfillPolicy.single_run(),
    pool=POOL,
)
def ingest(
    context: dg.AssetExecutionContext,
    warehouse: WarehouseResource,
    stages: dg.ResourceParam[Stages],
    listener: dg.ResourceParam[Progress],
) -> Events:
    """Read every input of a batch: a ledger row for each, and its text where there is one."""
    yield from run_step(
        context,
        warehouse,
        stages,
        listener,
        doing_batches(context, "ingest"),
        materialised(context, "ingest"),
    )
