"""Running the graph through Dagster inside this process: what the command line's ``run`` and ``rerun`` do.

Dagster's own log goes to the run's folder; what a person must know of a failure comes back as a sentence.
"""

from __future__ import annotations

import logging
import sys
import uuid
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import dagster as dg

from assets.definitions import build_defs
from assets.event_log import kept_instance, waiting_less
from assets.jobs import REGISTER, WHOLE
from assets.progress import Progress
from assets.resources import WarehouseResource
from assets.settings import EngineName
from assets.specs import IN_PROCESS_TAG, RANGE_TAGS, TAG
from assets.stages import Stages
from pipelines.crew import Crew
from warehouse import lock
from warehouse.home import IN_PROCESS, Home
from warehouse.runs import INTERRUPTED, KILLED
from warehouse.space import is_full, named
from warehouse.tables.model import Stage

_FINISHED = (dg.DagsterRunStatus.SUCCESS, dg.DagsterRunStatus.FAILURE, dg.DagsterRunStatus.CANCELED)
_STOPPED = (dg.DagsterExecutionInterruptedError.__name__, KeyboardInterrupt.__name__)


@dataclass(frozen=True, slots=True)
class Ended:
    """How a run ended; ``reason`` says why it failed and is None otherwise."""

    run_id: str
    log: Path
    reason: str | None = None


class _LogFile(logging.FileHandler):
    """A log that is cut short where the disk is full: the run itself tells of that, once."""

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - logging's name
        """Say nothing of a line that could not be written."""
        if not is_full(sys.exc_info()[1] or OSError()):
            super().handleError(record)


@dg.logger(config_schema={"path": str}, description="Writes the run's log to a file instead of the terminal.")
def file_logger(init_context: dg.InitLoggerContext) -> logging.Logger:
    """A logger that writes to the file of its configuration."""
    path = Path(init_context.logger_config["path"])
    path.parent.mkdir(parents=True, exist_ok=True)
    logger = logging.Logger(f"communique.{path.parent.name}", logging.DEBUG)
    handler = _LogFile(path, encoding="utf-8")
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    logger.addHandler(handler)
    return logger


def execute(
    home: Home,
    batches: Sequence[str],
    *,
    stages: Stages,
    crew: Crew,
    listener: Progress,
    force: Stage | None = None,
    engine: EngineName = "local",
    ray_address: str | None = None,
) -> Ended:
    """Materialise the graph for batches, or the register alone where there are none.

    Several batches are one run over the range of them; what is up to date in it is passed over. HomeError
    where another process is writing; KeyboardInterrupt where a person stopped the run.
    """
    run_id = str(uuid.uuid4())
    log = home.run_folder(run_id) / "dagster.log"
    resources = {
        "warehouse": WarehouseResource(home=str(home.root), engine=engine, ray_address=ray_address),
        "stages": stages,
        "listener": listener,
        "crew": crew,
    }
    with warnings.catch_warnings(), lock.writer(home), named(home.root), waiting_less():
        warnings.simplefilter("ignore")
        definitions = build_defs(resources, {"console": file_logger})
        job = definitions.resolve_job_def(WHOLE if batches else REGISTER)
        with kept_instance(home.dagster, IN_PROCESS) as instance:
            _bury_dead_runs(instance)
            result = job.execute_in_process(
                instance=instance,
                run_id=run_id,
                run_config={"loggers": {"console": {"config": {"path": str(log)}}}},
                tags=_tags(instance, batches, force),
                partition_key=batches[0] if len(batches) == 1 else None,
                raise_on_error=False,
            )
    return Ended(run_id, log, None if result.success else _reason(result))


def _bury_dead_runs(instance: dg.DagsterInstance) -> None:
    """Mark runs as failed that were started here and never ended: while we hold the lock, none can be alive."""
    unfinished = [status for status in dg.DagsterRunStatus if status not in _FINISHED]
    for run in instance.get_runs(dg.RunsFilter(tags={IN_PROCESS_TAG: "true"}, statuses=unfinished)):
        instance.report_run_failed(run, message=KILLED)
        instance.event_log_storage.free_concurrency_slots_for_run(run.run_id)


def _tags(instance: dg.DagsterInstance, batches: Sequence[str], force: Stage | None) -> dict[str, str]:
    tags: dict[str, str] = {IN_PROCESS_TAG: "true"} | ({TAG: force} if force else {})
    if batches:
        instance.add_dynamic_partitions("batches", list(batches))
    if len(batches) > 1:
        known = [key for key in instance.get_dynamic_partitions("batches") if key in batches]
        tags |= dict(zip(RANGE_TAGS, (known[0], known[-1]), strict=True))
    return tags


def _reason(result: dg.ExecuteInProcessResult) -> str:
    """What went wrong first, without a traceback."""
    for event in result.all_node_events:
        if not event.is_step_failure:
            continue
        data = event.step_failure_data
        if data.user_failure_data is not None and data.user_failure_data.description:
            if data.user_failure_data.description == INTERRUPTED:
                raise KeyboardInterrupt
            return f"{event.step_key}: {data.user_failure_data.description}"
        error = data.error
        if error is not None and error.cause is not None:
            error = error.cause  # Dagster wraps what was raised in an error of its own
        if error is not None and error.cls_name in _STOPPED:
            raise KeyboardInterrupt
        return f"{event.step_key}: {error.message.strip() if error else 'failed without a reason'}"
    return "the run failed before its first step"
