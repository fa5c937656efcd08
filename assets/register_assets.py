"""The assets over all batches whose files lie in the lake: share and resolve. Publishing is in ``publish``."""

from collections.abc import Callable, Iterable, Iterator, Sequence

import dagster as dg

from assets.faults import RETRIES
from assets.fingerprints import tables_of
from assets.lines_work import do_share
from assets.metadata import run_metadata
from assets.progress import Progress
from assets.register_work import do_resolve
from assets.resources import WarehouseResource
from assets.specs import POOL, asset_specs, check_specs
from assets.stages import Stages
from assets.step import Events, Materialisation, run_step
from assets.work import Outcome, Work
from warehouse.tables import TABLES
from warehouse.tables.model import Stage


def register_assets(stage: Stage, do: Callable[[Work], Outcome], description: str) -> dg.AssetsDefinition:
    """The assets of a stage that is done once for all batches."""

    @dg.multi_asset(
        name=stage,
        description=description,
        specs=asset_specs(stage),
        check_specs=check_specs(tables_of(stage)),
        pool=POOL,
        retry_policy=RETRIES,
    )
    def assets(
        context: dg.AssetExecutionContext,
        warehouse: WarehouseResource,
        stages: dg.ResourceParam[Stages],
        listener: dg.ResourceParam[Progress],
    ) -> Events:
        yield from run_step(
            context, warehouse, stages, listener, lambda work: [do(work)], _materialised(stage)
        )

    return assets


share = register_assets(
    "share", do_share, "Add up the lines of all batches, and note what is known of those of each batch."
)
resolve = register_assets(
    "resolve", do_resolve, "Join what different texts say of the same actor, place, agreement and event."
)


def _materialised(stage: Stage) -> Callable[[Work, Sequence[Outcome]], Iterable[Materialisation]]:
    def results(work: Work, outcomes: Sequence[Outcome]) -> Iterator[Materialisation]:
        for name in tables_of(stage):
            metadata = run_metadata(
                TABLES[name],
                outcomes[0].stamps[name],
                work.overlay.path(name),
                unchanged=outcomes[0].unchanged,
            )
            yield dg.MaterializeResult(asset_key=name, metadata=metadata)

    return results
