"""One writer at a time: a lock on the home that the operating system drops when its holder dies."""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager

from warehouse.home import Home, HomeError

_held: set[str] = set()


@contextmanager
def writer(home: Home, *, wait_seconds: float = 0.0) -> Iterator[None]:
    """Hold the home for writing; inside a process that already holds it, do nothing.

    Raises HomeError when another process still holds it after ``wait_seconds``.
    """
    key = str(home.lock)
    if key in _held:
        yield
        return
    descriptor = os.open(home.lock, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        _acquire(descriptor, home, wait_seconds)
        os.ftruncate(descriptor, 0)
        os.write(descriptor, str(os.getpid()).encode())
        _held.add(key)
        try:
            yield
        finally:
            _held.discard(key)
    finally:
        os.close(descriptor)


def _acquire(descriptor: int, home: Home, wait_seconds: float) -> None:
    deadline = time.monotonic() + wait_seconds
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
        except BlockingIOError:
            if time.monotonic() >= deadline:
                holder = os.pread(descriptor, 32, 0).decode() or "unknown"
                raise HomeError(
                    f"another run (process {holder}) is writing to {home.root}: "
                    "wait for it to end, or use another --home"
                ) from None
            time.sleep(0.2)
