"""A listener that keeps how long each stage took, and passes everything on to another."""

from __future__ import annotations

import time
from datetime import UTC, datetime

from assets.progress import Progress
from warehouse import timings
from warehouse.home import Home


class Timed:
    """Keeps the timings of one run in its folder; ``listener`` hears what it hears.

    Durations come from a clock that never goes back, whatever happens to the time of day.
    """

    def __init__(self, listener: Progress, home: Home, run_id: str) -> None:
        self._listener, self._home, self._run_id = listener, home, run_id
        self._stage, self._unit = "", ""
        self._batch: str | None = None
        self._began, self._started_at, self._amount = 0.0, "", 0

    def start(self, stage: str, batch: str | None, total: int | None, unit: str) -> None:
        """Look at the clock."""
        self._stage, self._batch, self._unit, self._amount = stage, batch, unit, 0
        self._began, self._started_at = time.monotonic(), datetime.now(UTC).isoformat()
        self._listener.start(stage, batch, total, unit)

    def advance(self, amount: int) -> None:
        """Count."""
        self._amount += amount
        self._listener.advance(amount)

    def finish(self, note: str) -> None:
        """Look at the clock again and keep what it says."""
        seconds = round(time.monotonic() - self._began, 3)
        timing = timings.Timing(
            self._stage, self._batch, self._started_at, seconds, self._amount, self._unit, note
        )
        timings.add(self._home, self._run_id, timing)
        self._listener.finish(note)
