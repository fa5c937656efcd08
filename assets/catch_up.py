"""Bringing what a run has staged up to date with what other runs have published since it was staged.

Runs of different batches may be under way at once: each stages apart, and a step holds the home only while it
works. So when a run comes to publish, the lake may not be the one that its earlier steps saw. Here every stage
is looked at once more, under the lock under which the run then publishes; as a rule there is nothing to do.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assets import fingerprints
from assets.batch_work import do_batch_stage
from assets.fingerprints import tables_of
from assets.lines_work import concerned_by_lines, do_share
from assets.plan import batch_fingerprint
from assets.register_work import do_resolve
from assets.work import Work
from warehouse.lake import ALL
from warehouse.overlay import Overlay
from warehouse.tables.model import Stage


def catch_up(work: Work, batches: Sequence[str]) -> None:
    """Do again what rests on something else than it did. AuditError where a critical check fails.

    ``batches`` are those of the run. Their files are not read again: what has come to the inbox since is for
    the next run.
    """
    unforced = replace(work, force=None)
    _drop_overtaken(unforced, "ingest")
    _redo(unforced, "learn", batches)
    shared = fingerprints.of_shared(work.overlay, work.stages.version("share"))
    if not work.overlay.is_fresh(tables_of("share"), ALL, shared):
        do_share(unforced)
    _redo(unforced, "clean", batches)
    _redo(unforced, "extract", batches)
    resolved = fingerprints.of_register(work.overlay, work.stages.version("resolve"))
    if not work.overlay.is_fresh(tables_of("resolve"), ALL, resolved):
        do_resolve(unforced)


def _redo(work: Work, stage: Stage, batches: Sequence[str]) -> None:
    """Do a stage of the batches, and of others that this run has done, where it is stale by now."""
    _drop_overtaken(work, stage)
    others = concerned_by_lines(work) if stage == "clean" else []
    for batch in sorted({*batches, *others, *_staged(work, tables_of(stage)), *_staged(work, ["documents"])}):
        wanted = batch_fingerprint(work.overlay, work.stages, stage, batch)
        if wanted is not None and not work.overlay.is_fresh(tables_of(stage), batch, wanted):
            do_batch_stage(work, stage, batch)


def _drop_overtaken(work: Work, stage: Stage) -> None:
    """Throw away staged files that are not what is wanted, of batches whose files in the lake are."""
    lake = Overlay(work.home)
    for batch in _staged(work, tables_of(stage)):
        wanted = batch_fingerprint(work.overlay, work.stages, stage, batch)
        if wanted is None or work.overlay.is_fresh(tables_of(stage), batch, wanted):
            continue
        if lake.is_fresh(tables_of(stage), batch, wanted):
            for name in tables_of(stage):
                work.overlay.staged(name, batch).unlink(missing_ok=True)


def _staged(work: Work, tables: Sequence[str]) -> set[str]:
    """The batches of which this run has staged one of the tables."""
    return {
        batch
        for name in tables
        for batch in work.overlay.files(name)
        if work.overlay.staged(name, batch).is_file()
    }
