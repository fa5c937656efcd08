"""The publish assets: marts, the tables about the work itself, and the published file that holds all."""

from collections.abc import Iterator, Sequence
from typing import Any

import dagster as dg

from assets.catch_up import catch_up
from assets.evaluations import DRIFT, PUBLISHED_FILE
from assets.faults import RETRIES
from assets.freshness import FRESHNESS
from assets.metadata import table_metadata
from assets.progress import Progress
from assets.register_work import do_publish
from assets.resources import WarehouseResource
from assets.specs import OWNERS, POOL, check_specs, tables_in_lake
from assets.stages import Stages
from assets.step import Events, Materialisation, batches_of, run_step
from assets.work import Outcome, Work
from checks.drift import TABLE as DRIFT_TABLE
from pipelines.versions import software_version
from warehouse.published import code_digest
from warehouse.tables import Table, of_stage

_INSIDE: tuple[Table, ...] = (*of_stage("publish"), *of_stage("operations"))


def _specs() -> list[dg.AssetSpec]:
    version = f"{software_version()}+{code_digest()}"
    file = dg.AssetSpec(
        key=PUBLISHED_FILE,
        deps=tables_in_lake(),
        description="communique.duckdb, what readers query: replaced as a whole when every check has passed.",
        group_name="publish",
        owners=OWNERS,
        kinds={"duckdb"},
        code_version=version,
        freshness_policy=FRESHNESS,
    )
    inside = [
        dg.AssetSpec(
            key=table.name,
            deps=tables_in_lake() if table.stage == "publish" else [],
            description=f"{table.description} A row is {table.row}.",
            group_name="publish",
            owners=OWNERS,
            kinds={"duckdb", "sql"},
            code_version=version,
            metadata=table_metadata(table, ()),
        )
        for table in _INSIDE
    ]
    return [file, *inside]


@dg.multi_asset(
    name="publish",
    specs=_specs(),
    check_specs=[
        *check_specs([PUBLISHED_FILE, *(table.name for table in _INSIDE)]),
        dg.AssetCheckSpec(
            name=DRIFT,
            asset=DRIFT_TABLE,
            description="The run's batches are like those before them; only ever a warning",
            blocking=False,
        ),
    ],
    pool=POOL,
    retry_policy=RETRIES,
)
def publish(
    context: dg.AssetExecutionContext,
    warehouse: WarehouseResource,
    stages: dg.ResourceParam[Stages],
    listener: dg.ResourceParam[Progress],
) -> Events:
    """Build the published file, check it, and put it in place together with everything the run staged."""

    def do(work: Work) -> list[Outcome]:
        catch_up(work, batches_of(context))
        return [do_publish(work)]

    yield from run_step(context, warehouse, stages, listener, do, _materialised)


def _materialised(work: Work, outcomes: Sequence[Outcome]) -> Iterator[Materialisation]:
    outcome = outcomes[0]
    common: dict[str, Any] = {
        "path": str(work.home.published),
        "unchanged": outcome.unchanged,
        "data_docs": dg.MetadataValue.path(str(work.home.quality / "index.html")),
    }
    yield dg.MaterializeResult(asset_key=PUBLISHED_FILE, metadata=common)
    for table in _INSIDE:
        rows = outcome.notes.get(table.name)
        counted = {"dagster/row_count": int(rows)} if rows is not None else {}
        yield dg.MaterializeResult(asset_key=table.name, metadata=common | counted)
