"""Worker processes that are started once and kept for several stages, each ready before its first chunk comes.

Models are loaded once: workers are forked from a process that has loaded them and does nothing else (Python's fork
server), and share its memory. Where forking is not safe each worker loads them for itself.

What belongs here: hiring, handing out work, dismissing. What does not: which chunks there are, in which order their
results come, and what is done about a worker that dies.
"""

from __future__ import annotations

import importlib
import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing import forkserver
from multiprocessing.process import BaseProcess
from types import TracebackType
from typing import Any, Self, TypeVar

from pipelines.collector import collect_seldom

# Apple's own libraries do not survive a fork, and Windows has none.
_FORKS = sys.platform == "linux"
Given = TypeVar("Given")
Result = TypeVar("Result")


def default_workers() -> int:
    """Two, or one on a machine with a single processor: every worker holds its own copy of the models."""
    return min(2, os.cpu_count() or 1)


@dataclass(slots=True)
class _Worker:
    """One process with what it was given and has not brought back."""

    pool: ProcessPoolExecutor
    process: BaseProcess
    ready: Future[int]
    given: list[Future[Any]] = field(default_factory=list)

    def load(self) -> int:
        """How many chunks are under way."""
        self.given = [one for one in self.given if not one.done()]
        return len(self.given)

    def is_idle(self) -> bool:
        """Whether it can be asked to end: it has started, well, and has nothing to do."""
        return self.ready.done() and self.ready.exception() is None and not self.load()


class Crew:
    """Up to ``most`` worker processes; ``ready`` names a module whose import makes a process ready for their work.

    Nothing is started before it is asked for, and nothing ever for a crew of one, whose work its asker does itself.
    Leaving the crew's ``with`` dismisses it; it may be hired again.
    """

    def __init__(self, most: int, ready: str | None = None) -> None:
        self.most = most
        self.ready = ready
        self._workers: list[_Worker] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.dismiss()

    @property
    def size(self) -> int:
        """How many workers there are, ready or on their way."""
        return len(self._workers)

    def announce(self) -> None:
        """Let the models be loaded meanwhile, where that can be done for all; nobody is hired yet."""
        if self.most > 1 and self.ready is not None and _FORKS:
            forkserver.set_forkserver_preload([self.ready])
            # Where there is no room for a socket or a process, who is hired then loads alone, or fails.
            with suppress(OSError):
                forkserver.ensure_running()

    def begin(self, count: int = 1) -> None:
        """See that there are so many workers, as far as allowed; waits for no more than what was announced."""
        self.announce()
        while self.most > 1 and self.size < min(count, self.most):
            self._workers.append(_hired(self.ready))

    def submit(self, function: Callable[[Given], Result], given: Given) -> Future[Result]:
        """Hand a chunk to the worker that has least to do; BrokenProcessPool where that one has died."""
        worker = min(self._workers, key=_Worker.load)
        future = worker.pool.submit(function, given)
        worker.given.append(future)
        return future

    def cannot_start(self) -> bool:
        """Whether a worker died before it was ready."""
        return any(worker.ready.done() and worker.ready.exception() is not None for worker in self._workers)

    def wait_for_start(self, seconds: float) -> None:
        """Wait until each worker has started; BrokenProcessPool or TimeoutError where one does not."""
        for worker in self._workers:
            worker.ready.result(seconds)

    def dismiss(self) -> None:
        """End every worker: at once those that are at work or still starting, since nobody wants what they do."""
        workers, self._workers = self._workers, []
        for worker in workers:
            if not worker.is_idle():
                worker.process.kill()  # one whose parent takes no notice of SIGTERM takes none either
        for worker in workers:
            worker.pool.shutdown(wait=True, cancel_futures=True)


def _hired(ready: str | None) -> _Worker:
    if ready is not None and _FORKS:
        # Where there is none to fork from, or it has died, whatever is wrong meets and is told by one that loads alone.
        with suppress(EOFError, OSError):
            return _started("forkserver", ready)
    return _started("spawn", ready)


def _started(method: str, ready: str | None) -> _Worker:
    others = set(multiprocessing.active_children())
    pool = ProcessPoolExecutor(
        max_workers=1,
        mp_context=multiprocessing.get_context(method),
        initializer=_start,
        initargs=(ready,),
    )
    try:
        started = pool.submit(os.getpid)  # the process is started here, and by nobody else
    except (EOFError, OSError):
        pool.shutdown(wait=False, cancel_futures=True)
        raise
    (process,) = set(multiprocessing.active_children()) - others
    return _Worker(pool, process, started)


def _start(ready: str | None) -> None:
    # Ctrl-C reaches the whole process group; the parent ends its workers, which should print no tracebacks.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    collect_seldom()
    if ready is not None:
        importlib.import_module(ready)


def _end_with_parent() -> None:
    """Nobody else tells a worker that the process it works for was killed; it would wait for chunks for ever."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
