"""How long the stages of a run took and how much they did: a file in the run's folder, a line a stage.

Kept apart from the run's record (``runs``), which is replaced as a whole: a killed run's timings up to its end
are worth having too.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

import pyarrow as pa

from warehouse.home import Home
from warehouse.tables.arrow import rows_to_arrow
from warehouse.tables.operations import RUN_STAGES

_FILE = "stages.jsonl"


@dataclass(frozen=True, slots=True)
class Timing:
    """One stage of a run that had something to do.

    ``batch`` is None for a stage over all batches; ``started_at`` is ISO 8601 UTC; ``amount`` counts ``unit``;
    ``note`` says in a few words what it came to.
    """

    stage: str
    batch: str | None
    started_at: str
    seconds: float
    amount: int
    unit: str
    note: str


def add(home: Home, run_id: str, timing: Timing) -> None:
    """Add a stage to what is known of a run."""
    target = _file(home, run_id)
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("a", encoding="utf-8") as file:
        file.write(json.dumps(asdict(timing)) + "\n")


def of_run(home: Home, run_id: str) -> list[Timing]:
    """The stages of a run, in the order in which they ended."""
    return _read(_file(home, run_id))


def rows(home: Home) -> pa.Table:
    """Rows of ``run_stages``: every stage of every run."""
    found = []
    for path in sorted(home.runs.glob(f"*/{_FILE}")):
        for timing in _read(path):
            started = datetime.fromisoformat(timing.started_at)
            found.append(asdict(timing) | {"run_id": path.parent.name, "started_at": started})
    return rows_to_arrow(RUN_STAGES, found)


def _read(path: Path) -> list[Timing]:
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except FileNotFoundError:
        return []
    # What follows the last line break is a line that a killed run did not finish.
    return [Timing(**json.loads(line)) for line in lines[:-1]]


def _file(home: Home, run_id: str) -> Path:
    return home.run_folder(run_id) / _FILE
