"""What the commands that run stages say while they work: bars or lines for people, JSON lines for machines."""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from typing import Any

from assets.progress import Progress


class LogFormat(StrEnum):
    """How what happens is told on standard error."""

    text = "text"
    json = "json"


_chosen = LogFormat.text


def choose(log_format: LogFormat) -> None:
    """What this process writes from now on: chosen once, when the command line is read."""
    global _chosen
    _chosen = log_format


class JsonProgress:
    """Writes an event in JSON when a stage begins and when it ends."""

    def __init__(self, log: Any) -> None:
        self._log = log
        self._stage: dict[str, Any] = {}
        self._amount = 0

    def start(self, stage: str, batch: str | None, total: int | None, unit: str) -> None:
        """Say that a stage begins."""
        self._stage, self._amount = {"stage": stage, "batch": batch}, 0
        self._log.info("stage begins", **self._stage, total=total, unit=unit)

    def advance(self, amount: int) -> None:
        """Count."""
        self._amount += amount

    def finish(self, note: str) -> None:
        """Say that it has ended, and with what."""
        self._log.info("stage ends", **self._stage, amount=self._amount, note=note)


def json_log() -> Any:
    """A logger that writes a JSON object a line to standard error: ``time``, ``level``, ``event`` and fields."""
    import structlog

    return structlog.wrap_logger(
        structlog.PrintLogger(sys.stderr),
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", key="time"),
            structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
    )


def say(message: str) -> None:
    """Tell something that is no error, in the chosen format."""
    if _chosen is LogFormat.json:
        json_log().info(message)
    else:
        sys.stderr.write(f"communique: {message}\n")


def say_error(message: str) -> None:
    """Tell what went wrong, in the chosen format."""
    if _chosen is LogFormat.json:
        json_log().error(message)
    else:
        sys.stderr.write(f"communique: {message}\n")


@contextmanager
def listening() -> Iterator[Progress]:
    """The listener of a run, in the chosen format."""
    if _chosen is LogFormat.json:
        yield JsonProgress(json_log())
        return
    from rich.console import Console

    from assets.cli.bars import progress_on

    with progress_on(Console(stderr=True)) as listener:
        yield listener
