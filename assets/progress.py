"""Telling how far a run is: the interface that stages report to, and the two simplest listeners."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol


class Progress(Protocol):
    """Listens to stages. ``total`` is the number of units of a stage, None where it is not known."""

    def start(self, stage: str, batch: str | None, total: int | None, unit: str) -> None:
        """A stage begins."""

    def advance(self, amount: int) -> None:
        """So many more units are done."""

    def finish(self, note: str) -> None:
        """The stage has ended; ``note`` says with what, in a few words."""


class NoProgress:
    """Listens and says nothing."""

    def start(self, stage: str, batch: str | None, total: int | None, unit: str) -> None:
        """Say nothing."""

    def advance(self, amount: int) -> None:
        """Say nothing."""

    def finish(self, note: str) -> None:
        """Say nothing."""


class LineProgress:
    """Writes a plain line when a stage ends: for logs and terminals without a cursor."""

    def __init__(self, write: Callable[[str], object]) -> None:
        self._write = write
        self._stage = ""

    def start(self, stage: str, batch: str | None, total: int | None, unit: str) -> None:
        """Remember what is going on."""
        self._stage = f"{stage} {batch}" if batch else stage

    def advance(self, amount: int) -> None:
        """Say nothing: one line a stage is enough for a log."""

    def finish(self, note: str) -> None:
        """Write the stage's line."""
        self._write(f"{self._stage}: {note}")
