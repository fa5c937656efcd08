"""Checking again what is in the lake and in the published file. Nothing is written but the checks' evaluations.

Every file passed its checks before it was moved to its place. This finds what has happened to it since, and
what rules say that were not there then.
"""

from collections.abc import Iterable, Iterator

import dagster as dg

from assets.evaluations import QUALITY, evaluations
from assets.fingerprints import BATCH_STAGES
from assets.resources import WarehouseResource
from assets.specs import POOL
from checks.audit import audit_batch, audit_published, audit_register, failures
from checks.result import CheckResult
from warehouse import lock, reader
from warehouse.home import Home
from warehouse.lake import ALL
from warehouse.overlay import Overlay
from warehouse.register import FILE_STAGES
from warehouse.tables import Table, of_stage
from warehouse.tables import published as published_tables
from warehouse.tables.model import Stage

RECHECK = "recheck"
_PATIENCE_SECONDS = 3600.0


def recheck(home: Home) -> Iterator[CheckResult]:
    """What every check says of the lake and the published file as they are."""
    lake = Overlay(home)
    for batch in lake.files("inputs"):
        yield from audit_batch(lake, _tables(lake, BATCH_STAGES, batch), batch)
    over_all = [stage for stage in FILE_STAGES if stage not in BATCH_STAGES]
    yield from audit_register(lake, _tables(lake, over_all, ALL))
    if home.published.is_file():
        with reader.connect(home.published) as con:
            yield from audit_published(con, published_tables())


def _tables(lake: Overlay, stages: Iterable[Stage], part: str) -> list[Table]:
    """The tables of every stage that has been done, whether their files are there or lost."""
    return [
        table
        for stage in stages
        if any(lake.path(table.name, part) for table in of_stage(stage))
        for table in of_stage(stage)
    ]


@dg.op(name="every_check", pool=POOL, out=dg.Out(dg.Nothing))
def every_check(
    context: dg.OpExecutionContext, warehouse: WarehouseResource
) -> Iterator[dg.AssetCheckEvaluation | dg.Output[None]]:
    """Evaluate every check again. Fails where a critical one does, when all have been told."""
    home = warehouse.open()
    with lock.writer(home, wait_seconds=_PATIENCE_SECONDS):
        results = list(recheck(home))
    looked_at = dict.fromkeys((result.table, QUALITY) for result in results)
    for (table, check), verdict in evaluations(results, looked_at).items():
        yield dg.AssetCheckEvaluation(asset_key=dg.AssetKey(table), check_name=check, **verdict)
    failed = failures(results)
    if failed:
        raise dg.Failure("\n".join(result.sentence() for result in failed), allow_retries=False)
    yield dg.Output(None)


@dg.job(
    name=RECHECK, description="Check everything in the lake and the published file again; write no table."
)
def recheck_job() -> None:
    """One step: every check."""
    every_check()
