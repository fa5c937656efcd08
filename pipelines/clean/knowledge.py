"""Reads the stage's data files. The files say what their words mean; what is done with them is elsewhere."""

from __future__ import annotations

import csv
import tomllib
from pathlib import Path
from typing import Any

DATA = Path(__file__).parent / "data"


def read_toml(name: str) -> dict[str, Any]:
    """Return the tables of the data file ``name``, a path below the data folder."""
    return tomllib.loads((DATA / name).read_text(encoding="utf-8"))


def read_csv(name: str) -> list[dict[str, str]]:
    """Return the rows of the data file ``name``; lines that begin with ``#`` are remarks."""
    lines = (DATA / name).read_text(encoding="utf-8").splitlines()
    return list(csv.DictReader(line for line in lines if line and not line.startswith("#")))
