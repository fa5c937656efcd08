"""One step of a Dagster run: do a stage's work, tell what the checks said, record nothing that failed.

Dagster records an asset before it looks at the asset's blocking checks. So the checks run inside the step, on
staged files, and a step whose critical checks fail raises: its assets are not recorded and nothing after it
runs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

import dagster as dg

from assets.evaluations import evaluations
from assets.faults import is_passing
from assets.fingerprints import ORDER
from assets.progress import Progress
from assets.reports import report_end, report_failure
from assets.resources import WarehouseResource
from assets.settings import read_settings
from assets.specs import FAULT_TAG, IN_PROCESS_TAG, LASTING, TAG
from assets.stages import Stages
from assets.timed import Timed
from assets.work import Outcome, Work
from checks.audit import AuditError
from checks.quarantine import Bound
from checks.result import CheckResult
from pipelines.crew import Crew
from warehouse import lock
from warehouse.home import HomeError
from warehouse.runs import INTERRUPTED, NO_SPACE
from warehouse.space import is_full
from warehouse.tables.model import Stage

_PUBLISHING_STEP = "publish"
_PATIENCE_SECONDS = 3600.0

Materialisation = dg.MaterializeResult[Any]
Events = Iterator[Materialisation | dg.AssetCheckResult]


def run_step(
    context: dg.AssetExecutionContext,
    warehouse: WarehouseResource,
    stages: Stages,
    listener: Progress,
    do: Callable[[Work], Sequence[Outcome]],
    materialised: Callable[[Work, Sequence[Outcome]], Iterable[Materialisation]],
    crew: Crew | None = None,
) -> Events:
    """Do the work and yield its events; ``crew`` where documents are worked on.

    Raises dagster's Failure where a critical check fails.
    """
    try:
        home = warehouse.open()
    except HomeError as error:
        raise dg.Failure(description=str(error), allow_retries=False) from error
    crew = crew or Crew(1)
    crew.ready = stages.ready
    timed = Timed(listener, home, context.run.run_id)
    work = Work(
        home,
        context.run.run_id,
        stages,
        crew,
        timed,
        _force(context),
        engine="ray" if warehouse.engine == "ray" else "local",
        ray_address=warehouse.ray_address,
    )
    settings = read_settings()
    work = replace(work, bound=Bound(settings.quarantine_share, settings.quarantine_rows))
    publishes = context.job_def.has_node_named(_PUBLISHING_STEP)
    with lock.writer(home, wait_seconds=_PATIENCE_SECONDS):
        work.begin(batches_of(context), whole=publishes)
        try:
            outcomes = do(work)
        except AuditError as error:
            work.fail(str(error))
            report_failure(work, settings, batches_of(context), str(error), error.results)
            _mark(context, error)
            yield from _evaluations(context, error.results, failed=True)
            raise dg.Failure(description=f"{error}", allow_retries=False) from error
        except (KeyboardInterrupt, dg.DagsterExecutionInterruptedError) as error:
            work.fail(INTERRUPTED)
            if IN_PROCESS_TAG in context.run.tags:
                # Else Dagster would try the step again, and nobody could stop it.
                raise dg.Failure(description=INTERRUPTED, allow_retries=False) from error
            raise
        except Exception as error:
            reason = NO_SPACE if is_full(error) else f"{type(error).__name__}: {error}"
            if _is_tried_again(context, error):
                context.log.warning(f"{reason}; this step is tried again")
                raise
            work.fail(reason)
            report_failure(work, settings, batches_of(context), reason)
            _mark(context, error)
            raise dg.Failure(description=reason, allow_retries=False) from error
        yield from _evaluations(context, [result for outcome in outcomes for result in outcome.results])
        yield from materialised(work, outcomes)
        if not publishes:
            work.commit_stages()
        elif context.op_execution_context.op_def.name == _PUBLISHING_STEP:
            report_end(work, settings, batches_of(context))


def _is_tried_again(context: dg.AssetExecutionContext, error: Exception) -> bool:
    """Whether Dagster will try this step again; not where a person waits, who sees the fault and can decide."""
    policy = context.op_execution_context.op_def.retry_policy
    return (
        is_passing(error)
        and IN_PROCESS_TAG not in context.run.tags
        and policy is not None
        and context.retry_number < policy.max_retries
    )


def _mark(context: dg.AssetExecutionContext, error: Exception) -> None:
    """Say in the run's tags whether the fault lies in what was read, so that nobody asks for the same again."""
    if not is_passing(error):
        context.instance.add_run_tags(context.run.run_id, {FAULT_TAG: LASTING})


def batches_of(context: dg.AssetExecutionContext) -> list[str]:
    """The batches that a run is about; none for one over the register alone."""
    if context.has_partition_key:
        return [context.partition_key]
    if context.has_partition_key_range and context.assets_def.partitions_def is not None:
        return list(context.partition_keys)
    return []


def _force(context: dg.AssetExecutionContext) -> Stage | None:
    wanted = context.run.tags.get(TAG)
    return next((stage for stage in ORDER if stage == wanted), None)


def _evaluations(
    context: dg.AssetExecutionContext, results: Sequence[CheckResult], *, failed: bool = False
) -> Iterator[dg.AssetCheckResult]:
    """One evaluation per check of this step; of a step that ``failed``, those alone that it came to."""
    selected = [(key.asset_key.path[-1], key.name) for key in context.selected_asset_check_keys]
    for (asset, check), verdict in evaluations(results, selected).items():
        if verdict["metadata"]["expectations"] or not failed:
            yield dg.AssetCheckResult(asset_key=asset, check_name=check, **verdict)
