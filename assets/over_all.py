"""A stage over all batches: done where it is stale or forced, staged and audited. What it does is told by its module."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pyarrow as pa

from assets.fingerprints import tables_of
from assets.work import Outcome, Work
from checks.audit import audit_register
from warehouse.lake import ALL, ShapeError
from warehouse.tables import of_stage
from warehouse.tables.model import Stage

Made = tuple[Mapping[str, pa.Table], str]
"""The stage's tables, and in a few words what is in them."""


def do_over_all(work: Work, stage: Stage, fingerprint: str, make: Callable[[Work], Made]) -> Outcome:
    """Make a stage's tables if one of them was not made from this. AuditError where a critical check fails."""
    tables = tables_of(stage)
    unchanged = not work.is_forced(stage) and work.overlay.is_fresh(tables, ALL, fingerprint)
    if not unchanged:
        try:
            _write(work, stage, fingerprint, make)
        except ShapeError as error:
            work.misshapen(error, None)
    stamps = {name: stamp for name in tables if (stamp := work.overlay.stamp(name))}
    if unchanged and not any(work.overlay.staged(name, ALL).is_file() for name in tables):
        return Outcome(stamps, unchanged=True)
    results = audit_register(work.overlay, of_stage(stage))
    work.record(results)
    return Outcome(stamps, tuple(results))


def _write(work: Work, stage: Stage, fingerprint: str, make: Callable[[Work], Made]) -> None:
    work.progress.start(stage, None, None, "tables")
    made, words = make(work)
    for name, rows in made.items():
        with work.overlay.writer(name, ALL) as writer:
            writer.append(rows)
            writer.finish(fingerprint, work.stages.version(stage))
    work.progress.finish(words)
