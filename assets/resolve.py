"""The resolve assets: events, actors, offices, places and agreements across all batches."""

from collections.abc import Iterator, Sequence

import dagster as dg

from assets.fingerprints import tables_of
from assets.metadata import run_metadata
from assets.progress import Progress
from assets.register_work import do_resolve
from assets.resources import WarehouseResource
from assets.specs import POOL, asset_specs, check_specs
from assets.stages import Stages
from assets.step import Events, Materialisation, run_step
from assets.work import Outcome, Work
from warehouse.tables import of_stage


@dg.multi_asset(
    name="resolve", specs=asset_specs("resolve"), check_specs=check_specs(of_stage("resolve")), pool=POOL
)
def resolve(
    context: dg.AssetExecutionContext,
    warehouse: WarehouseResource,
    stages: dg.ResourceParam[Stages],
    listener: dg.ResourceParam[Progress],
) -> Events:
    """Join what different texts say of the same actor, place, agreement and event."""
    yield from run_step(context, warehouse, stages, listener, lambda work: [do_resolve(work)], _materialised)


def _materialised(work: Work, outcomes: Sequence[Outcome]) -> Iterator[Materialisation]:
    for name in tables_of("resolve"):
        metadata = run_metadata(
            outcomes[0].stamps[name], work.overlay.path(name), unchanged=outcomes[0].unchanged
        )
        yield dg.MaterializeResult(asset_key=name, metadata=metadata)
