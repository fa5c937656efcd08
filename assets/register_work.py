"""The stages over all batches: resolve, and publishing what passed every check."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from assets import fingerprints
from assets.over_all import Made, do_over_all
from assets.plan import is_published
from assets.refused import sweep
from assets.settings import read_settings
from assets.work import Outcome, Work
from checks.audit import audit_published
from checks.drift import audit_drift
from checks.result import CheckResult, quality_rows
from warehouse import commit as files
from warehouse import published, reader, runs, timings
from warehouse.register import FILE_STAGES, create_view, register_views
from warehouse.tables import published as published_tables
from warehouse.tables import table
from warehouse.tables.arrow import rows_to_arrow
from warehouse.tables.model import Stage

_READ_BY_RESOLVE: tuple[Stage, ...] = ("clean", "extract")


def do_resolve(work: Work) -> Outcome:
    """Resolve everything extracted, if something changed. AuditError where a critical check fails."""
    return do_over_all(
        work, "resolve", fingerprints.of_register(work.overlay, work.stages.version("resolve")), _resolve
    )


def _resolve(work: Work) -> Made:
    with register_views(work.overlay, _READ_BY_RESOLVE) as con:
        pairs = table("story_pairs")
        earlier = _earlier(work, pairs.name, work.stages.version("resolve"))
        create_view(con, "earlier_story_pairs", pairs, earlier)
        resolved = work.stages.resolve(con)
    return resolved, f"{resolved['events'].num_rows} events"


def _earlier(work: Work, name: str, version: str) -> list[Path]:
    """The file that an earlier run of the same version left, unless everything is to be done again."""
    path, stamp = work.overlay.path(name), work.overlay.stamp(name)
    known = path is not None and stamp is not None and stamp.version == version
    return [path] if path is not None and known and not work.is_forced("resolve") else []


def do_publish(work: Work) -> Outcome:
    """Build the published file, audit it, and only then move everything that was staged to its place.

    AuditError where a critical check fails: nothing has moved then. Where somebody has gone back to an earlier
    publication, the lake takes what was staged, and what is published stays.
    """
    fingerprint = fingerprints.of_published(work.overlay)
    if not work.is_forced("publish") and is_published(work.home, fingerprint):
        # Files may have been made anew with the same rows in them: the lake takes those, readers need
        # nothing.
        work.commit_stages()
        return Outcome({}, unchanged=True)
    work.progress.start("publish", None, None, "tables")
    record = _record(work)
    target = work.home.unpublished(work.run_id)
    operations = {
        "runs": runs.ended(work.home, record),
        "run_stages": timings.rows(work.home),
        "quality_results": runs.results(work.home),
    }
    counts = published.build(work.overlay, target, operations)
    with reader.connect(target, bounded=True) as con:
        results = audit_published(con, published_tables()) + audit_drift(con, work.overlay.staged_batches())
    work.record(results)
    published.add_rows(target, "quality_results", _rows(work, results))
    done = work.overlay.staged_batches()
    written = files.commit(
        work.home,
        work.run_id,
        record,
        _manifest(work, record, fingerprint, counts),
        keep=read_settings().keep_published,
        through_pin=work.is_forced("publish"),
    )
    sweep(work.home, done)
    if written.outcome != "published":
        work.progress.finish(str(written.detail))
        return Outcome({}, tuple(results), unchanged=True)
    work.progress.finish(f"{counts['events']} events, {counts['event_mentions']} mentions")
    notes = {name: str(rows) for name, rows in counts.items()}
    return Outcome({}, tuple(results), notes=notes)


def _manifest(work: Work, record: runs.RunRecord, fingerprint: str, counts: dict[str, int]) -> dict[str, Any]:
    """What the publication's manifest says beside the digests of files."""
    return {
        "run_id": work.run_id,
        "sequence": record.sequence,
        "published_at": record.finished_at,
        "software_version": record.software_version,
        "fingerprint": fingerprint,
        "stages": {stage: work.stages.version(stage) for stage in FILE_STAGES},
        "rows": counts,
    }


def _record(work: Work) -> runs.RunRecord:
    """This run's record as it will be when it has published."""
    with register_views(work.overlay, _READ_BY_RESOLVE) as con:
        documents, mentions = _count(con, "documents"), _count(con, "event_mentions")
    return runs.ending(work.home, work.run_id, "published", documents=documents, mentions=mentions)


def _count(con: duckdb.DuckDBPyConnection, name: str) -> int:
    row = con.table(name).aggregate("count(*)").fetchone()
    return int(row[0]) if row else 0


def _rows(work: Work, results: list[CheckResult]) -> pa.Table:
    return rows_to_arrow(table("quality_results"), quality_rows(results, work.run_id, datetime.now(UTC)))
