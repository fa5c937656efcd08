"""What a run sees: its own staged files over the lake's.

Every stage reads through an overlay and writes to its run's staging folder. Moving what is staged into the lake is
for ``commit``.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from warehouse.home import Home
from warehouse.lake import ALL, Stamp, TableWriter, read_stamp, relative_path
from warehouse.tables.registry import table as declared_table


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

    def staged_batches(self) -> list[str]:
        """The batches of which this run has done something again."""
        root = self.home.run_staging(self.run_id) if self.run_id else self.home.staging / "none"
        names = {path.parent.name.removeprefix("batch=") for path in root.glob("*/batch=*/data.parquet")}
        return sorted(names - {ALL})

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
