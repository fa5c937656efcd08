"""One function over many chunks on this machine: worker processes, results in the order of chunks.

What belongs here: moving chunks to workers and results back, and going on when a worker dies. What does not: what
a chunk is, or what is done to it.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future
from concurrent.futures import TimeoutError as TookTooLong
from concurrent.futures.process import BrokenProcessPool
from itertools import chain, islice
from math import ceil
from typing import Protocol, TypeVar

from pipelines.crew import Crew

Chunk = TypeVar("Chunk")
Result = TypeVar("Result")

_AHEAD = 2
"""Chunks waiting per worker: enough to keep it busy, few enough to bound memory."""
_WORTH = 4
"""Chunks that a worker must have before it brings more than its start costs, which is seconds."""
_LONGEST_SECONDS = 900.0
"""A chunk that takes longer hangs: a worker's ordinary chunk takes seconds."""
_DIED = "the worker process died over it, most often for want of memory"
_HUNG = "the worker process did not come to an end with it"
_NO_START = (
    "worker processes do not start: most often the machine is out of memory; try again with --workers 1"
)


class WorkerError(Exception):
    """A worker process died; the message says over which chunk, in one line."""


class Rescuing(Protocol[Chunk, Result]):
    """How a chunk that kills its worker is divided, and what stands in for the part that cannot be done."""

    def halves(self, chunk: Chunk) -> tuple[Chunk, Chunk] | None:
        """Two smaller chunks; None where it cannot be divided."""

    def together(self, first: Result, second: Result) -> Result:
        """One result of two."""

    @property
    def give_up(self) -> Callable[[Chunk, str], Result]:
        """The result that stands in for a chunk that cannot be divided, given what happened."""


def map_chunks(
    function: Callable[[Chunk], Result],
    chunks: Iterable[Chunk],
    crew: Crew,
    rescue: Rescuing[Chunk, Result] | None = None,
) -> Iterator[Result]:
    """The function's result for each chunk, in the order of the chunks.

    With a crew of one, or a single chunk and nobody hired yet, everything happens in this process, since starting
    another costs more than it brings; few chunks get fewer workers. Otherwise ``function`` must be importable from a
    fresh process; no more than a few chunks per worker are read ahead. Whom it hires stays in the crew.

    Raises what the function raises. A worker that dies or hangs takes down the chunks that were under way: with
    ``rescue`` these are done again one by one, divided until what is to blame is left; without it, WorkerError.
    """
    remaining = iter(chunks)
    first = list(islice(remaining, max(2, crew.most * _WORTH)))
    together = chain(first, remaining)
    if crew.most <= 1 or len(first) < (1 if crew.size else 2):
        return map(function, together)
    return _by_crew(function, together, crew, workers_for(len(first)), rescue)


def workers_for(chunks: int) -> int:
    """How many workers so many chunks are worth."""
    return ceil(chunks / _WORTH)


def alone(
    function: Callable[[Chunk], Result], chunk: Chunk, rescue: Rescuing[Chunk, Result] | None
) -> Result:
    """The function's result for a chunk that may kill its worker, in a worker of its own; raises as map_chunks."""
    if rescue is None:
        raise WorkerError("a worker process died over a chunk: most often the machine ran out of memory")
    return _rescued(function, chunk, rescue)


def _by_crew(
    function: Callable[[Chunk], Result],
    chunks: Iterator[Chunk],
    crew: Crew,
    workers: int,
    rescue: Rescuing[Chunk, Result] | None,
) -> Iterator[Result]:
    """Crew after crew, each until the chunks or one of its workers come to an end."""
    done = 0
    while True:
        lost: deque[Chunk] = deque()
        for result in _until_lost(function, chunks, crew, workers, lost):
            yield result
            done += 1
        if not lost:
            return
        if rescue is None:
            raise WorkerError(
                f"a worker process died at or after chunk {done + 1}: most often the machine ran out of memory; "
                "try again with --workers 1"
            )
        # All that was under way is suspect: it is done one by one, before others are hired.
        for chunk in lost:
            yield _rescued(function, chunk, rescue, crew.ready)
            done += 1


def _until_lost(
    function: Callable[[Chunk], Result],
    chunks: Iterator[Chunk],
    crew: Crew,
    workers: int,
    lost: deque[Chunk],
) -> Iterator[Result]:
    """Results until the chunks end or a worker dies; ``lost`` then holds the chunks that have no result."""
    waiting: deque[Future[Result]] = deque()
    crew.begin(workers)
    try:
        for chunk in chunks:
            # Noted before it is handed over: a worker that is dead already refuses it.
            lost.append(chunk)
            waiting.append(crew.submit(function, chunk))
            if len(waiting) >= crew.size * _AHEAD:
                yield waiting[0].result(_LONGEST_SECONDS)
                waiting.popleft()
                lost.popleft()
        while waiting:
            yield waiting[0].result(_LONGEST_SECONDS)
            waiting.popleft()
            lost.popleft()
    except (BrokenProcessPool, TookTooLong) as error:
        if crew.cannot_start():
            raise WorkerError(_NO_START) from error
        return
    finally:
        if waiting or lost:
            crew.dismiss()  # somebody died, hangs, or works for nobody


def _rescued(
    function: Callable[[Chunk], Result],
    chunk: Chunk,
    rescue: Rescuing[Chunk, Result],
    ready: str | None = None,
) -> Result:
    """The result of a chunk that may kill its worker, in a worker of its own."""
    with Crew(2, ready) as crew:
        crew.begin(1)
        _check_start(crew)
        try:
            return crew.submit(function, chunk).result(_LONGEST_SECONDS)
        except (BrokenProcessPool, TookTooLong) as error:
            happened = _DIED if isinstance(error, BrokenProcessPool) else _HUNG
    halves = rescue.halves(chunk)
    if halves is None:
        return rescue.give_up(chunk, happened)
    first, second = halves
    return rescue.together(
        _rescued(function, first, rescue, ready), _rescued(function, second, rescue, ready)
    )


def _check_start(crew: Crew) -> None:
    """Make sure that workers start at all: else every document would be blamed for it."""
    try:
        crew.wait_for_start(_LONGEST_SECONDS)
    except (BrokenProcessPool, TookTooLong) as error:
        raise WorkerError(_NO_START) from error
