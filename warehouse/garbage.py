"""Clearing away what runs leave behind and nobody needs again.

What belongs here: half-written files of processes that were killed, spilled rows, and logs of runs long ago.
What does not: staged files, which ``commit`` adopts or discards, and the history of runs, which stays.
"""

from __future__ import annotations

import shutil
import time
from itertools import chain
from pathlib import Path

from warehouse import alive, runs
from warehouse.home import Home

LOGS_KEPT = 50
"""The latest runs, whose logs are kept."""

_HALF_WRITTEN_SECONDS = 3600.0
_STAYS = frozenset({"run.json", "quality_results.parquet", "stages.jsonl"})


def clear(home: Home) -> None:
    """Remove what no run needs. Call only while holding the writer's lock, before anything is staged."""
    for stray in home.root.glob("communique.duckdb.*.tmp*"):
        if not alive.is_alive(home, _run_of(stray)):
            _remove(stray)
    shutil.rmtree(home.staging / ".spill", ignore_errors=True)
    _half_written(home)
    _old_logs(home)


def _remove(path: Path) -> None:
    """A file, or a folder of rows that DuckDB spilled beside one."""
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink()


def _run_of(stray: Path) -> str:
    return stray.name.removeprefix("communique.duckdb.").split(".tmp")[0]


def _half_written(home: Home) -> None:
    """What a run wrote of its own goes with it. Other files may be under way: batches are registered without a lock."""
    for partial in home.runs.glob("*/*.part"):
        if not alive.is_alive(home, partial.parent.name):
            partial.unlink(missing_ok=True)
    long_ago = time.time() - _HALF_WRITTEN_SECONDS
    for partial in chain(home.root.glob("*.part"), home.batches.rglob("*.part"), home.kept.rglob("*.part")):
        if partial.is_file() and partial.stat().st_mtime < long_ago:
            partial.unlink(missing_ok=True)


def _old_logs(home: Home) -> None:
    """What a run's folder holds beside its history, but for the latest runs."""
    for record in runs.history(home)[:-LOGS_KEPT]:
        if record.outcome != "running":
            for path in home.run_folder(record.run_id).iterdir():
                if path.name not in _STAYS and path.is_file():
                    path.unlink()
