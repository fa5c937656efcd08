"""A run's work, whoever started it: what all stages share, and how a run begins and ends.

No Dagster here: its assets call these, and so could anything else. The stages themselves are in
``batch_work`` and ``register_work``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import NoReturn

from assets.fingerprints import ORDER
from assets.progress import NoProgress, Progress
from assets.refused import sweep
from assets.settings import EngineName
from assets.stages import Stages
from checks.audit import AuditError, failures
from checks.quarantine import Bound
from checks.result import CheckResult, quality_rows
from checks.schema import check_schema
from pipelines.crew import Crew
from pipelines.versions import software_version
from warehouse import commit as files
from warehouse import garbage, runs
from warehouse.home import Home
from warehouse.lake import ShapeError, Stamp
from warehouse.overlay import Overlay
from warehouse.tables.model import Stage


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a stage did: the stamp of each table, what the checks said, and whether nothing had to be done.

    ``batch`` is the batch that it was done for, None for the stages over all batches.
    """

    stamps: dict[str, Stamp]
    results: tuple[CheckResult, ...] = ()
    unchanged: bool = False
    notes: dict[str, str] = field(default_factory=dict)
    batch: str | None = None


@dataclass(frozen=True, slots=True)
class Work:
    """One run over one home.

    ``force`` is the stage from which everything is done again, whether stale or not; ``bound`` says how many
    rows may be set aside. ``crew`` are the worker processes on this machine. ``engine`` says where documents are
    worked on, ``ray_address`` which cluster, None for one on this machine.
    """

    home: Home
    run_id: str
    stages: Stages
    crew: Crew = field(default_factory=lambda: Crew(1))
    progress: Progress = field(default_factory=NoProgress)
    force: Stage | None = None
    bound: Bound = field(default_factory=Bound)
    engine: EngineName = "local"
    ray_address: str | None = None

    @property
    def overlay(self) -> Overlay:
        """The files that this run sees."""
        return Overlay(self.home, self.run_id)

    def is_forced(self, stage: Stage) -> bool:
        """Whether a stage is to be done even if nothing it rests on has changed."""
        return self.force is not None and ORDER.index(stage) >= ORDER.index(self.force)

    def begin(self, batches: Sequence[str], *, whole: bool) -> None:
        """Open the run's record and finish what a killed run left.

        A ``whole`` run, one that ends with publishing, goes on from a killed one's staged files of its own
        batches: every stage audits what it finds staged. Call while holding the writer's lock; further calls
        in the same run do nothing.
        """
        if runs.read(self.home, self.run_id) is not None:
            return
        left = files.recover(self.home)
        runs.close_dead(self.home)
        garbage.clear(self.home)
        runs.start(self.home, self.run_id, batches[0] if len(batches) == 1 else None, software_version())
        for run in left:
            record = runs.read(self.home, run)
            if record is not None and record.outcome == "running":
                continue
            if whole and record is not None and record.detail in runs.CUT_SHORT:
                files.adopt(self.home, run, self.run_id, batches)
            files.discard(self.home, run)

    def record(self, results: Sequence[CheckResult]) -> None:
        """Keep what checks said in the run's history. Raises AuditError where one of them blocks."""
        runs.add_results(self.home, self.run_id, quality_rows(results, self.run_id, datetime.now(UTC)))
        if failures(results):
            raise AuditError(results)

    def misshapen(self, error: ShapeError, batch: str | None) -> NoReturn:
        """Record that a stage gave rows of another shape than declared, and raise it as a failed check."""
        self.record([check_schema(error.table, error.schema, batch)])
        raise error

    def fail(self, reason: str) -> None:
        """Mark the run as failed. Its staged files stay for a look, until the next run begins."""
        files.give_up(self.home, self.run_id)
        runs.finish(self.home, self.run_id, "failed", detail=reason)

    def commit_stages(self) -> None:
        """Move what was staged into the lake, for a run that does not publish."""
        record = runs.ending(self.home, self.run_id, "committed")
        done = self.overlay.staged_batches()
        files.commit(self.home, self.run_id, record)
        sweep(self.home, done)
