"""The share assets: the lines that documents of a site share, over all batches."""

from collections.abc import Iterator, Sequence

import dagster as dg

from assets.fingerprints import tables_of
from assets.lines_work import do_share
from assets.metadata import run_metadata
from assets.progress import Progress
from assets.resources import WarehouseResource
from assets.specs import POOL, asset_specs, check_specs
from assets.stages import Stages
from assets.step import Events, Materialisation, run_step
from assets.work import Outcome, Work
from warehouse.tables import of_stage


@dg.multi_asset(
    name="share", specs=asset_specs("share"), check_specs=check_specs(of_stage("share")), pool=POOL
)
def share(
    context: dg.AssetExecutionContext,
    warehouse: WarehouseResource,
    stages: dg.ResourceParam[Stages],
    listener: dg.ResourceParam[Progress],
) -> Events:
    """Add up the lines of all batches, and note what is known of those of each batch."""
    yield from run_step(context, warehouse, stages, listener, lambda work: [do_share(work)], _materialised)


def _materialised(work: Work, outcomes: Sequence[Outcome]) -> Iterator[Materialisation]:
    for name in tables_of("share"):
        metadata = run_metadata(
            outcomes[0].stamps[name], work.overlay.path(name), unchanged=outcomes[0].unchanged
        )
        yield dg.MaterializeResult(asset_key=name, metadata=metadata)
