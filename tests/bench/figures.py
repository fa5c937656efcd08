"""Measured figures as CSV files in ``docs/performance/``: a row for each thing, replaced when it is measured again."""

from __future__ import annotations

import csv
import subprocess
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

FOLDER = Path(__file__).parents[2] / "docs" / "performance"
KEYS: dict[str, tuple[str, ...]] = {
    "scale": ("documents", "workers"),  # the whole run
    "stages": ("documents", "workers", "part"),  # its stages
    "spacy": ("documents", "workers"),  # the whole run beside spaCy's full pipeline, in turns
    "cleaning": ("documents", "tool"),
    "copies": ("documents", "tool"),
    "resolving": ("mentions", "way"),
}
"""File -> columns that say what a row is about. Seconds and MB throughout."""

Row = Mapping[str, str | int | float]


def read(name: str) -> list[dict[str, str]]:
    """The rows of a file; none where nothing has been measured yet."""
    path = FOLDER / f"{name}.csv"
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def save(name: str, rows: Iterable[Row]) -> None:
    """Put rows into a file, in the place of those about the same; in the order of what they are about."""
    keys = KEYS[name]
    known = {_about(row, keys): row for row in read(name)}
    for row in rows:
        fresh = {column: _written(value) for column, value in row.items()} | {"commit": _commit()}
        known[_about(fresh, keys)] = fresh
    ordered = sorted(known.values(), key=lambda row: [(row[key].zfill(9), row[key]) for key in keys[:2]])
    FOLDER.mkdir(parents=True, exist_ok=True)
    columns = dict.fromkeys(column for row in ordered for column in row if column != "commit")
    with (FOLDER / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
        # A column that is new is empty in the rows that were measured before.
        writer = csv.DictWriter(file, [*columns, "commit"], restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(ordered)


def _about(row: Mapping[str, str], keys: Sequence[str]) -> tuple[str, ...]:
    return tuple(row[key] for key in keys)


def _written(value: str | int | float) -> str:
    return f"{value:.3f}" if isinstance(value, float) else str(value)


def _commit() -> str:
    """The commit that is checked out, shortened; empty where this is no repository."""
    asked = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"],
        cwd=FOLDER.parents[1],
        capture_output=True,
        text=True,
        check=False,
    )
    return asked.stdout.strip()
