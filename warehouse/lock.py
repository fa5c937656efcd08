"""Who may write: locks on the home that the operating system drops when their holder dies.

The writer's lock is held by a run from its first look at the home to its end. The switch's lock is held for the
moments in which files move into the lake and in front of readers, so that a rollback need not wait for a run.
"""

from __future__ import annotations

import errno
import fcntl
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from warehouse.home import Home, HomeError

_SWITCH_SECONDS = 600.0
_held: set[str] = set()

Waiting = Callable[[str], None]


@contextmanager
def writer(home: Home, *, wait_seconds: float = 0.0, waiting: Waiting | None = None) -> Iterator[None]:
    """Hold the home for writing; inside a process that already holds it, do nothing.

    ``waiting`` is told once, where there is somebody to wait for, who that is. Raises HomeError when another
    process still holds the home after ``wait_seconds``.
    """
    with _holding(home, home.lock, wait_seconds, waiting):
        yield


@contextmanager
def switch(home: Home) -> Iterator[None]:
    """Hold what readers see: nobody else moves files into the lake or replaces the published file meanwhile."""
    with _holding(home, home.switch_lock, _SWITCH_SECONDS, None):
        yield


@contextmanager
def _holding(home: Home, path: Path, wait_seconds: float, waiting: Waiting | None) -> Iterator[None]:
    key = str(path)
    if key in _held:
        yield
        return
    descriptor = _opened(home, path)
    try:
        _acquire(descriptor, home, wait_seconds, waiting)
        os.ftruncate(descriptor, 0)
        os.write(descriptor, str(os.getpid()).encode())
        _held.add(key)
        try:
            yield
        finally:
            _held.discard(key)
    finally:
        os.close(descriptor)


def _opened(home: Home, path: Path) -> int:
    try:
        return os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as error:
        if error.errno not in (errno.EROFS, errno.EACCES, errno.EPERM):
            raise
        raise HomeError(f"cannot write to the home {home.root}: {error.strerror}") from error


def _acquire(descriptor: int, home: Home, wait_seconds: float, waiting: Waiting | None) -> None:
    deadline = time.monotonic() + wait_seconds
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
        except BlockingIOError:
            holder = f"another run (process {os.pread(descriptor, 32, 0).decode() or 'unknown'})"
            if time.monotonic() >= deadline:
                raise HomeError(
                    f"{holder} is writing to {home.root}: wait for it to end, or use another --home"
                ) from None
            if waiting is not None:
                waiting(f"{holder} is writing to {home.root}; this one goes on when it has ended")
                waiting = None
            time.sleep(0.1)
