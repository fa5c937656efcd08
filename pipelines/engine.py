"""One function over many chunks on this machine: a pool of processes, results in the order of chunks.

What belongs here: moving chunks to workers and results back. What does not: what a chunk is, or what is done
to it.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import chain, islice
from typing import TypeVar

Chunk = TypeVar("Chunk")
Result = TypeVar("Result")

_AHEAD = 2
"""Chunks waiting per worker: enough to keep it busy, few enough to bound memory."""


class WorkerError(Exception):
    """A worker process died; the message says over which chunk, in one line."""


def default_workers() -> int:
    """Two, or one on a machine with a single processor: every worker holds its own copy of the models."""
    return min(2, os.cpu_count() or 1)


def map_chunks(
    function: Callable[[Chunk], Result],
    chunks: Iterable[Chunk],
    workers: int,
    initializer: Callable[[], None] | None = None,
) -> Iterator[Result]:
    """The function's result for each chunk, in the order of the chunks.

    With one worker, or a single chunk, everything happens in this process, since starting another costs more
    than it brings. Otherwise ``function`` and ``initializer`` must be importable from a fresh process; no
    more than a few chunks per worker are read ahead. Raises what the function raises, or WorkerError when a
    worker dies.
    """
    remaining = iter(chunks)
    first = list(islice(remaining, 2))
    together = chain(first, remaining)
    if workers <= 1 or len(first) < 2:
        return _in_process(function, together, initializer)
    return _in_pool(function, together, workers, initializer)


def _in_process(
    function: Callable[[Chunk], Result], chunks: Iterable[Chunk], initializer: Callable[[], None] | None
) -> Iterator[Result]:
    started = False
    for chunk in chunks:
        if initializer is not None and not started:
            initializer()
            started = True
        yield function(chunk)


def _in_pool(
    function: Callable[[Chunk], Result],
    chunks: Iterable[Chunk],
    workers: int,
    initializer: Callable[[], None] | None,
) -> Iterator[Result]:
    others = set(multiprocessing.active_children())
    pool = ProcessPoolExecutor(
        max_workers=workers,
        mp_context=multiprocessing.get_context("spawn"),
        initializer=_start_worker,
        initargs=(initializer,),
    )
    waiting: deque[Future[Result]] = deque()
    done = 0
    try:
        for chunk in chunks:
            waiting.append(pool.submit(function, chunk))
            if len(waiting) >= workers * _AHEAD:
                yield waiting.popleft().result()
                done += 1
        while waiting:
            yield waiting.popleft().result()
            done += 1
        pool.shutdown(wait=True)
    except BrokenProcessPool as error:
        raise WorkerError(
            f"a worker process died at or after chunk {done + 1}: most often the machine ran out of memory; "
            "try again with --workers 1"
        ) from error
    finally:
        # Only after a failure or an interruption is anything left: nobody wants to wait for a chunk then.
        for worker in set(multiprocessing.active_children()) - others:
            worker.terminate()
        pool.shutdown(wait=True, cancel_futures=True)


def _start_worker(initializer: Callable[[], None] | None) -> None:
    # Ctrl-C reaches the whole process group; the parent ends the pool, and workers should not print
    # tracebacks of their own.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if initializer is not None:
        initializer()
