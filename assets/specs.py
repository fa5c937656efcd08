"""How tables become asset and check specifications: one asset a table, one check for each."""

from __future__ import annotations

from collections.abc import Iterable

import dagster as dg

from assets.evaluations import QUALITY
from assets.fingerprints import PUBLISHED_STAGES, READS
from assets.metadata import table_metadata
from assets.partitions import BATCHES
from pipelines.versions import stage_version
from warehouse.tables import TABLES, of_stage
from warehouse.tables.model import Stage

OWNERS = ("team:communique",)
POOL = "warehouse"
TAG = "communique/force"
IN_PROCESS_TAG = "communique/in_process"
FAULT_TAG = "communique/fault"
LASTING = "lasting"
RANGE_TAGS = ("dagster/asset_partition_range_start", "dagster/asset_partition_range_end")


def asset_specs(stage: Stage) -> list[dg.AssetSpec]:
    """An asset for each table of a stage whose files lie in the lake."""
    reads = READS.get(stage, ())
    return [
        dg.AssetSpec(
            key=table.name,
            deps=list(reads),
            description=f"{table.description} A row is {table.row}.",
            group_name=stage,
            owners=OWNERS,
            kinds={"parquet", "python"},
            code_version=stage_version(stage),
            metadata=table_metadata(table, reads),
            partitions_def=BATCHES if table.scope == "batch" else None,
        )
        for table in of_stage(stage)
    ]


def check_specs(assets: Iterable[str]) -> list[dg.AssetCheckSpec]:
    """The checks of assets, all blocking."""
    return [
        dg.AssetCheckSpec(
            name=QUALITY,
            asset=name,
            description="Columns and types, every rule for rows, keys, references, what tables must say together",
            blocking=True,
        )
        for name in assets
    ]


def tables_in_lake() -> list[str]:
    """The assets that the published file is made from."""
    return [table.name for table in TABLES.values() if table.stage in PUBLISHED_STAGES]
