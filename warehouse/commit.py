"""Moving what a run staged into the lake and in front of readers, whole or not at all, whenever it is killed.

Nothing here decides whether a file is good; ``commit`` is called by whoever has seen every blocking check pass.
A journal in the run's staging folder says what is to be done before any of it is done; ``recover`` finishes it.
Everything is on the disk before the journal is, and before the journal goes.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from warehouse import ledger, lock, publications, runs
from warehouse.durable import flush, write_whole
from warehouse.home import Home
from warehouse.lake import ALL
from warehouse.runs import RunRecord

_JOURNAL = "commit.json"
_SPILL = ".spill"


def commit(
    home: Home,
    run_id: str,
    record: RunRecord,
    manifest: dict[str, Any] | None = None,
    *,
    keep: int = publications.KEPT,
    through_pin: bool = False,
) -> RunRecord:
    """Move a run's staged files into the lake, and with a ``manifest`` put the file it built in place.

    ``record`` is the run's as it ends with this; ``manifest`` is the publication's without what is known of
    files, which is added here; ``keep`` is the number of earlier published files to keep. Where somebody has
    gone back to an earlier one, the published file stays as it is, unless ``through_pin``. Returns the record
    as it was written, which says what became of it.
    """
    folder = home.run_staging(run_id)
    folder.mkdir(parents=True, exist_ok=True)
    with lock.switch(home):
        if manifest is not None and not through_pin and (pin := publications.pin(home)):
            home.unpublished(run_id).unlink(missing_ok=True)
            record, manifest = replace(record, outcome="committed", detail=held_back(pin)), None
        staged = ledger.lake_files(folder)
        for path in staged:
            flush(path)
        marks = ledger.marks_below(folder, staged)
        if manifest is not None:
            manifest = _completed(home, run_id, manifest, marks)
        journal = {
            "publish": manifest,
            "record": asdict(record),
            "files": ledger.stored(marks),
            "keep": keep,
        }
        flush(home.staging)
        write_whole(folder / _JOURNAL, json.dumps(journal))
        _carry_out(home, run_id)
    return record


def held_back(pin: publications.Pin) -> str:
    """Why a run did not publish, and what to do, in a sentence."""
    return (
        f"not published: the published file is held at run {pin.run_id} since somebody went back to it; "
        "`communique rollback --release` lets runs publish again"
    )


def give_up(home: Home, run_id: str) -> None:
    """Remove what a failed run built for readers, unless its commit had begun, which ``recover`` will finish.

    The disk may be full: a run's other files can be gone on from, this one is always built anew.
    """
    if not (home.run_staging(run_id) / _JOURNAL).exists():
        home.unpublished(run_id).unlink(missing_ok=True)


def discard(home: Home, run_id: str) -> None:
    """Throw away what a run staged."""
    home.unpublished(run_id).unlink(missing_ok=True)
    shutil.rmtree(home.run_staging(run_id), ignore_errors=True)


def recover(home: Home) -> list[str]:
    """Finish what was cut short; the ids of other runs that left files in staging.

    Call only while holding the writer's lock.
    """
    with lock.switch(home):
        finish_switches(home)
    return sorted(folder.name for folder in home.staging.iterdir() if _is_of_run(folder))


def finish_switches(home: Home) -> None:
    """Finish commits and rollbacks that were cut short. Call only while holding the switch."""
    for journal in sorted(home.staging.glob(f"*/{_JOURNAL}")):
        _carry_out(home, journal.parent.name)
    publications.finish_going_back(home)


def adopt(home: Home, old_run: str, new_run: str, batches: Sequence[str]) -> None:
    """Let a run go on from what a killed one staged of its batches; what is stale is made again."""
    source, target = home.run_staging(old_run), home.run_staging(new_run)
    for batch in (*batches, ALL):
        for path in source.glob(f"*/batch={batch}/data.parquet"):
            kept = target / path.relative_to(source)
            if not kept.exists():
                kept.parent.mkdir(parents=True, exist_ok=True)
                path.replace(kept)


def _is_of_run(folder: Path) -> bool:
    return folder.is_dir() and folder.name != _SPILL


def _completed(
    home: Home, run_id: str, manifest: dict[str, Any], staged: dict[str, ledger.Mark]
) -> dict[str, Any]:
    """The manifest with size and digest of the file that is published and of those it was made from."""
    file = ledger.mark_of(home.unpublished(run_id))
    lake = {**ledger.with_unknown(home, ledger.read(home)), **staged}
    return {**manifest, "bytes": file.bytes, "sha256": file.sha256, "lake": ledger.stored(lake)}


def _carry_out(home: Home, run_id: str) -> None:
    folder = home.run_staging(run_id)
    journal = json.loads((folder / _JOURNAL).read_text(encoding="utf-8"))
    touched = {home.lake}
    for path in ledger.lake_files(folder):
        target = home.lake / path.relative_to(folder)
        target.parent.mkdir(parents=True, exist_ok=True)
        path.replace(target)
        touched |= {target.parent, target.parent.parent}
    for changed in sorted(touched):
        flush(changed)
    ledger.write(home, {**ledger.with_unknown(home, ledger.read(home)), **ledger.marks_in(journal["files"])})
    if journal["publish"] is not None:
        publications.put_in_place(home, run_id, journal["publish"], journal["keep"])
    runs.write(home, RunRecord(**journal["record"]))
    (folder / _JOURNAL).unlink()
    flush(folder)
    shutil.rmtree(folder)
