"""One function over many chunks on this machine: a pool of processes, results in the order of chunks.

What belongs here: moving chunks to workers and results back, and going on when a worker dies. What does not: what
a chunk is, or what is done to it.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures import TimeoutError as TookTooLong
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain, islice
from math import ceil
from typing import Generic, Protocol, TypeVar

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


class WorkerError(Exception):
    """A worker process died; the message says over which chunk, in one line."""


def default_workers() -> int:
    """Two, or one on a machine with a single processor: every worker holds its own copy of the models."""
    return min(2, os.cpu_count() or 1)


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
    workers: int,
    initializer: Callable[[], None] | None = None,
    rescue: Rescuing[Chunk, Result] | None = None,
) -> Iterator[Result]:
    """The function's result for each chunk, in the order of the chunks.

    With one worker, or a single chunk, everything happens in this process, since starting another costs more
    than it brings; few chunks get fewer workers. Otherwise ``function`` and ``initializer`` must be importable from
    a fresh process; no more than a few chunks per worker are read ahead.

    Raises what the function raises. A worker that dies or hangs takes down the chunks that were under way: with
    ``rescue`` these are done again one by one, divided until what is to blame is left; without it, WorkerError.
    """
    remaining = iter(chunks)
    first = list(islice(remaining, max(2, workers * _WORTH)))
    together = chain(first, remaining)
    if workers <= 1 or len(first) < 2:
        return _in_process(function, together, initializer)
    return _in_pools(_Job(function, initializer), together, min(workers, ceil(len(first) / _WORTH)), rescue)


def alone(
    function: Callable[[Chunk], Result], chunk: Chunk, rescue: Rescuing[Chunk, Result] | None
) -> Result:
    """The function's result for a chunk that may kill its worker, in a worker of its own; raises as map_chunks."""
    if rescue is None:
        raise WorkerError("a worker process died over a chunk: most often the machine ran out of memory")
    return _rescued(_Job(function, None), chunk, rescue)


def _in_process(
    function: Callable[[Chunk], Result], chunks: Iterable[Chunk], initializer: Callable[[], None] | None
) -> Iterator[Result]:
    started = False
    for chunk in chunks:
        if initializer is not None and not started:
            initializer()
            started = True
        yield function(chunk)


@dataclass(frozen=True, slots=True)
class _Job(Generic[Chunk, Result]):
    """What workers are started for."""

    function: Callable[[Chunk], Result]
    initializer: Callable[[], None] | None


def _in_pools(
    job: _Job[Chunk, Result],
    chunks: Iterator[Chunk],
    workers: int,
    rescue: Rescuing[Chunk, Result] | None,
) -> Iterator[Result]:
    """Pool after pool, each until the chunks or one of its workers come to an end."""
    done = 0
    while True:
        lost: deque[Chunk] = deque()
        for result in _in_pool(job, chunks, workers, lost):
            yield result
            done += 1
        if not lost:
            return
        if rescue is None:
            raise WorkerError(
                f"a worker process died at or after chunk {done + 1}: most often the machine ran out of memory; "
                "try again with --workers 1"
            )
        # All that was under way is suspect: it is done one by one, before the next pool starts.
        for chunk in lost:
            yield _rescued(job, chunk, rescue)
            done += 1


def _in_pool(
    job: _Job[Chunk, Result], chunks: Iterator[Chunk], workers: int, lost: deque[Chunk]
) -> Iterator[Result]:
    """Results until the chunks end or a worker dies; ``lost`` then holds the chunks that have no result."""
    waiting: deque[tuple[Chunk, Future[Result]]] = deque()
    with _pool(job, workers) as pool:
        try:
            for chunk in chunks:
                # Noted before it is handed over: a pool that is already broken refuses it.
                lost.append(chunk)
                waiting.append((chunk, pool.submit(job.function, chunk)))
                if len(waiting) >= workers * _AHEAD:
                    yield waiting[0][1].result(_LONGEST_SECONDS)
                    waiting.popleft()
                    lost.popleft()
            while waiting:
                yield waiting[0][1].result(_LONGEST_SECONDS)
                waiting.popleft()
                lost.popleft()
        except (BrokenProcessPool, TookTooLong):
            return
        pool.shutdown(wait=True)


def _rescued(job: _Job[Chunk, Result], chunk: Chunk, rescue: Rescuing[Chunk, Result]) -> Result:
    """The result of a chunk that may kill its worker, in a worker of its own."""
    with _pool(job, 1) as pool:
        _check_start(pool)
        try:
            return pool.submit(job.function, chunk).result(_LONGEST_SECONDS)
        except (BrokenProcessPool, TookTooLong) as error:
            happened = _DIED if isinstance(error, BrokenProcessPool) else _HUNG
    halves = rescue.halves(chunk)
    if halves is None:
        return rescue.give_up(chunk, happened)
    return rescue.together(_rescued(job, halves[0], rescue), _rescued(job, halves[1], rescue))


def _check_start(pool: ProcessPoolExecutor) -> None:
    """Make sure that workers start at all: else every document would be blamed for it."""
    try:
        pool.submit(os.getpid).result(_LONGEST_SECONDS)
    except (BrokenProcessPool, TookTooLong) as error:
        raise WorkerError(
            "worker processes do not start: most often the machine is out of memory; try again with --workers 1"
        ) from error


@contextmanager
def _pool(job: _Job[Chunk, Result], workers: int) -> Iterator[ProcessPoolExecutor]:
    """A pool whose processes are gone when it is left, whatever they are doing."""
    others = set(multiprocessing.active_children())
    pool = ProcessPoolExecutor(
        max_workers=workers,
        mp_context=multiprocessing.get_context("spawn"),
        initializer=_start_worker,
        initargs=(job.initializer,),
    )
    try:
        yield pool
    finally:
        # What is still at work then was interrupted, or hangs: nobody wants to wait for it.
        for worker in set(multiprocessing.active_children()) - others:
            worker.kill()  # a worker whose parent takes no notice of SIGTERM takes none either
        pool.shutdown(wait=True, cancel_futures=True)


def _start_worker(initializer: Callable[[], None] | None) -> None:
    # Ctrl-C reaches the whole process group; the parent ends the pool, and workers should not print
    # tracebacks of their own.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if initializer is not None:
        initializer()
