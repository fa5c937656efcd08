"""What a run sees: its own staged files over the lake's, and moving the former into the latter.

Every stage reads through an overlay and writes to its run's staging folder. Nothing here decides whether a
file is good; ``commit`` is called by whoever has seen every blocking check pass.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from warehouse import runs
from warehouse.home import Home
from warehouse.lake import ALL, Stamp, TableWriter, read_stamp, relative_path
from warehouse.runs import RunRecord
from warehouse.tables.registry import table as declared_table

_JOURNAL = "commit.json"


@dataclass(frozen=True, slots=True)
class Overlay:
    """The files of the lake with those of one run's staging over them. Without a run: the lake alone."""

    home: Home
    run_id: str | None = None

    def staged(self, table: str, batch: str) -> Path:
        """Where this run stages a table of a batch. ValueError without a run."""
        if self.run_id is None:
            raise ValueError("an overlay without a run has no staging")
        return self.home.run_staging(self.run_id) / relative_path(table, batch)

    def path(self, table: str, batch: str = ALL) -> Path | None:
        """The file to read for a table of a batch; None where nobody has written it yet."""
        candidates = [self.home.lake / relative_path(table, batch)]
        if self.run_id is not None:
            candidates.insert(0, self.staged(table, batch))
        return next((path for path in candidates if path.is_file()), None)

    def files(self, table: str) -> dict[str, Path]:
        """The file of each batch of a table, sorted by batch."""
        roots = [self.home.lake] + ([self.home.run_staging(self.run_id)] if self.run_id else [])
        found: dict[str, Path] = {}
        for root in roots:
            for path in (root / table).glob("batch=*/data.parquet"):
                found[path.parent.name.removeprefix("batch=")] = path
        return dict(sorted(found.items()))

    def stamp(self, table: str, batch: str = ALL) -> Stamp | None:
        """The stamp of the file to read; None where there is none."""
        path = self.path(table, batch)
        return read_stamp(path) if path else None

    def is_fresh(self, tables: Iterable[str], batch: str, fingerprint: str) -> bool:
        """Whether every one of the tables was made from exactly this."""
        stamps = [self.stamp(table, batch) for table in tables]
        return all(stamp is not None and stamp.fingerprint == fingerprint for stamp in stamps)

    def writer(self, table: str, batch: str) -> TableWriter:
        """A writer into this run's staging."""
        return TableWriter(declared_table(table), self.staged(table, batch))


def commit(home: Home, run_id: str, record: RunRecord, publish: dict[str, str] | None = None) -> None:
    """Move a run's staged files into the lake, and with ``publish`` put its database in place.

    ``record`` is the run's as it ends with this; ``publish`` is what ``communique.json`` will hold. A journal
    is written first: a process killed half-way is finished by ``recover``, so that lake and published file
    never stay apart.
    """
    folder = home.run_staging(run_id)
    folder.mkdir(parents=True, exist_ok=True)
    journal = folder / _JOURNAL
    _write_whole(journal, json.dumps({"publish": publish, "record": asdict(record)}))
    _carry_out(home, run_id)


def discard(home: Home, run_id: str) -> None:
    """Throw away what a run staged."""
    home.unpublished(run_id).unlink(missing_ok=True)
    shutil.rmtree(home.run_staging(run_id), ignore_errors=True)


def recover(home: Home) -> list[str]:
    """Finish commits that were cut short; the ids of other runs that left files in staging.

    Call only while holding the writer's lock.
    """
    left = []
    for folder in sorted(home.staging.iterdir()):
        if (folder / _JOURNAL).is_file():
            _carry_out(home, folder.name)
        elif folder.is_dir():
            left.append(folder.name)
    for stray in home.root.glob("communique.duckdb.*.tmp*"):
        stray.unlink()
    return left


def adopt(home: Home, old_run: str, new_run: str, batches: Sequence[str]) -> None:
    """Let a run go on from what a killed one staged of its batches; what is stale is made again."""
    source, target = home.run_staging(old_run), home.run_staging(new_run)
    for batch in (*batches, ALL):
        for path in source.glob(f"*/batch={batch}/data.parquet"):
            kept = target / path.relative_to(source)
            if not kept.exists():
                kept.parent.mkdir(parents=True, exist_ok=True)
                path.replace(kept)


def _carry_out(home: Home, run_id: str) -> None:
    folder = home.run_staging(run_id)
    journal = json.loads((folder / _JOURNAL).read_text(encoding="utf-8"))
    publish = journal["publish"]
    for path in sorted(folder.glob("*/batch=*/data.parquet")):
        target = home.lake / path.relative_to(folder)
        target.parent.mkdir(parents=True, exist_ok=True)
        path.replace(target)
    if publish is not None:
        unpublished = home.unpublished(run_id)
        if unpublished.exists():
            unpublished.replace(home.published)
        _write_whole(home.published_stamp, json.dumps(publish, indent=2) + "\n")
    runs.write(home, RunRecord(**journal["record"]))
    shutil.rmtree(folder)


def _write_whole(path: Path, text: str) -> None:
    partial = path.with_name(path.name + ".part")
    partial.write_text(text, encoding="utf-8")
    partial.replace(path)
