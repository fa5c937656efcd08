"""Lexicon files in CSV: lines that begin with # are remarks, the first other line names the columns."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path


def read_rows(path: Path) -> Iterator[dict[str, str]]:
    """The rows of a lexicon file as dicts; missing trailing cells are empty strings.

    Raises ValueError naming file and line where a row has more cells than there are columns.
    """
    with path.open(encoding="utf-8", newline="") as file:
        lines = [
            (number, line) for number, line in enumerate(file, 1) if line.strip() and not line.startswith("#")
        ]
    reader = csv.reader(line for _, line in lines)
    header = next(reader)
    for (number, _), cells in zip(lines[1:], reader, strict=False):
        if len(cells) > len(header):
            raise ValueError(f"{path.name}:{number}: {len(cells)} cells for {len(header)} columns")
        yield dict(zip(header, cells + [""] * (len(header) - len(cells)), strict=True))
