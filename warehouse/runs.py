"""The history of runs: what was run when, how it ended, and what every check of it said.

A run has a folder with ``run.json`` and ``quality_results.parquet``. Runs that failed keep theirs, and the
published tables ``runs`` and ``quality_results`` are put together from all of them. Runs are ordered by their
``sequence``: the clock may jump.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

import pyarrow as pa
import pyarrow.parquet as pq

from warehouse import alive
from warehouse.durable import flush, write_whole
from warehouse.home import Home
from warehouse.tables.arrow import rows_to_arrow
from warehouse.tables.operations import QUALITY_RESULTS, RUNS

KILLED = "the process ended before the run did"
INTERRUPTED = "stopped by hand"
NO_SPACE = "no space left on the disk"
CUT_SHORT = (KILLED, INTERRUPTED, NO_SPACE)
"""Why a run ended whose finished stages the next one goes on from: nothing was wrong with what it made."""

Outcome = Literal["running", "published", "committed", "failed"]


@dataclass(frozen=True, slots=True)
class RunRecord:
    """One run. ``batch`` is None for several; times are ISO 8601 UTC; ``detail`` says why it failed.

    ``sequence`` counts the runs of a home from 1; it is 0 where an older version ran.
    """

    run_id: str
    batch: str | None
    started_at: str
    software_version: str
    pid: int
    outcome: Outcome = "running"
    finished_at: str | None = None
    documents: int = 0
    mentions: int = 0
    detail: str | None = None
    sequence: int = 0


def start(home: Home, run_id: str, batch: str | None, software_version: str) -> RunRecord:
    """Open a run's folder; a run that is already open stays as it is.

    It counts as alive until it ends or its process does. Call only while holding the writer's lock.
    """
    alive.hold(home, run_id)
    known = read(home, run_id)
    if known is not None:
        return known
    number = 1 + max((record.sequence for record in history(home)), default=0)
    now = datetime.now(UTC).isoformat()
    record = RunRecord(run_id, batch, now, software_version, os.getpid(), sequence=number)
    write(home, record)
    return record


def ending(
    home: Home,
    run_id: str,
    outcome: Outcome,
    *,
    documents: int = 0,
    mentions: int = 0,
    detail: str | None = None,
) -> RunRecord:
    """A run's record as it will be when the run ends like this; nothing is written. KeyError for no run."""
    record = read(home, run_id)
    if record is None:
        raise KeyError(run_id)
    return replace(
        record,
        outcome=outcome,
        finished_at=max(datetime.now(UTC), datetime.fromisoformat(record.started_at)).isoformat(),
        documents=documents,
        mentions=mentions,
        detail=detail,
    )


def finish(home: Home, run_id: str, outcome: Outcome, *, detail: str | None = None) -> None:
    """Say how a run ended. KeyError where it was never started."""
    write(home, ending(home, run_id, outcome, detail=detail))


def read(home: Home, run_id: str) -> RunRecord | None:
    """A run's record; None where there is none."""
    try:
        return RunRecord(**json.loads(_record(home, run_id).read_text(encoding="utf-8")))
    except FileNotFoundError:
        return None


def history(home: Home) -> list[RunRecord]:
    """Every run, in the order in which they began."""
    found = (read(home, folder.name) for folder in home.runs.iterdir() if folder.is_dir())
    return sorted(
        (record for record in found if record is not None),
        key=lambda run: (run.sequence, run.started_at, run.run_id),
    )


def close_dead(home: Home) -> None:
    """Mark runs as failed whose process is gone without a word. Call only while holding the writer's lock."""
    for record in history(home):
        if record.outcome == "running" and not alive.is_alive(home, record.run_id):
            finish(home, record.run_id, "failed", detail=KILLED)


def is_alive(home: Home, run_id: str) -> bool:
    """Whether a run has begun and not ended, and its process is there."""
    record = read(home, run_id)
    return record is not None and record.outcome == "running" and alive.is_alive(home, run_id)


def add_results(home: Home, run_id: str, rows: Sequence[Mapping[str, Any]]) -> None:
    """Add results of checks (rows of ``quality_results``) to a run."""
    target = _results(home, run_id)
    table = rows_to_arrow(QUALITY_RESULTS, rows)
    if target.exists():
        table = _together([table, _read(target)])
    target.parent.mkdir(parents=True, exist_ok=True)
    partial = target.with_suffix(".part")
    pq.write_table(table, partial, compression="zstd")
    flush(partial)
    partial.replace(target)


def results_of(home: Home, run_id: str) -> pa.Table:
    """Rows of ``quality_results`` of one run."""
    path = _results(home, run_id)
    return _together([rows_to_arrow(QUALITY_RESULTS, []), *([_read(path)] if path.exists() else [])])


def results(home: Home) -> pa.Table:
    """Rows of ``quality_results`` of every run."""
    tables = [_read(path) for path in sorted(home.runs.glob("*/quality_results.parquet"))]
    return _together([rows_to_arrow(QUALITY_RESULTS, []), *tables])


def _read(path: Path) -> pa.Table:
    with pq.ParquetFile(path) as file:  # pq.read_table imports pandas, which takes seconds
        return file.read()


def _together(tables: Sequence[pa.Table]) -> pa.Table:
    """Rows of quality results as one table; columns that an older version did not write are NULL."""
    names = [column.name for column in QUALITY_RESULTS.columns]
    return pa.concat_tables(tables, promote_options="default").select(names)


def ended(home: Home, and_this: RunRecord) -> pa.Table:
    """Rows of ``runs``: every run that has ended, with one that is just about to."""
    wanted = {column.name for column in RUNS.columns}
    rows = []
    before = (record for record in history(home) if record.run_id != and_this.run_id)
    for record in [*(record for record in before if record.outcome != "running"), and_this]:
        row = {name: value for name, value in asdict(record).items() if name in wanted}
        for name in ("started_at", "finished_at"):
            row[name] = datetime.fromisoformat(row[name]) if row[name] else None
        rows.append(row)
    return rows_to_arrow(RUNS, rows)


def _record(home: Home, run_id: str) -> Path:
    return home.run_folder(run_id) / "run.json"


def _results(home: Home, run_id: str) -> Path:
    return home.run_folder(run_id) / "quality_results.parquet"


def write(home: Home, record: RunRecord) -> None:
    """Put a run's record into its folder."""
    write_whole(_record(home, record.run_id), json.dumps(asdict(record), indent=2) + "\n")
    if record.outcome != "running":
        alive.release(home, record.run_id)
