"""Progress on a terminal: a bar a stage, with what is done, how fast, and how long it will take."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import (
    BarColumn,
    DownloadColumn,
    MofNCompleteColumn,
    ProgressColumn,
    SpinnerColumn,
    Task,
    TaskID,
    TextColumn,
    TimeRemainingColumn,
)
from rich.progress import Progress as Bars
from rich.text import Text

from assets.progress import LineProgress, Progress


class _Done(ProgressColumn):
    """Bytes for stages that count bytes, numbers for the others."""

    def __init__(self) -> None:
        super().__init__()
        self._bytes, self._numbers = DownloadColumn(), MofNCompleteColumn()

    def render(self, task: Task) -> Text:
        if task.total is None:
            return Text("")
        return self._bytes.render(task) if task.fields["unit"] == "bytes" else self._numbers.render(task)


class _Rate(ProgressColumn):
    """Units a second, where a stage counts documents."""

    def render(self, task: Task) -> Text:
        speed = task.finished_speed or task.speed
        if speed is None or task.fields["unit"] == "bytes":
            return Text("")
        return Text(f"{speed:,.1f}/s", style="progress.data.speed")


class BarProgress:
    """Draws stages as bars, one below the other."""

    def __init__(self, bars: Bars) -> None:
        self._bars = bars
        self._task: TaskID | None = None

    def start(self, stage: str, batch: str | None, total: int | None, unit: str) -> None:
        """Open a bar."""
        self._task = self._bars.add_task(stage, total=total, unit=unit, note="")

    def advance(self, amount: int) -> None:
        """Move it."""
        if self._task is not None:
            self._bars.advance(self._task, amount)

    def finish(self, note: str) -> None:
        """Fill it and say with what the stage ended."""
        if self._task is not None:
            total = self._bars.tasks[self._task].total
            self._bars.update(self._task, total=total or 1, completed=total or 1, note=note)


@contextmanager
def progress_on(console: Console) -> Iterator[Progress]:
    """Bars where the console is a terminal, plain lines where it is not."""
    if not console.is_terminal:
        yield LineProgress(lambda line: sys.stderr.write(line + "\n"))
        return
    columns = (
        SpinnerColumn(finished_text="✓"),
        TextColumn("{task.description:<8}"),
        BarColumn(),
        _Done(),
        _Rate(),
        TimeRemainingColumn(),
        TextColumn("{task.fields[note]}"),
    )
    with Bars(*columns, console=console) as bars:
        yield BarProgress(bars)
