"""Which runs are alive: each holds a lock on a file of its own, which the operating system drops when it dies.

A process number would not do: another process may have it by now, and in a container every run has the same.
"""

from __future__ import annotations

import fcntl
import os

from warehouse.home import Home

_FILE = "alive.lock"
_held: dict[str, int] = {}


def hold(home: Home, run_id: str) -> None:
    """Show that a run is alive, until ``release`` or the end of this process."""
    path = home.run_folder(run_id) / _FILE
    if str(path) in _held:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    fcntl.flock(descriptor, fcntl.LOCK_EX)
    _held[str(path)] = descriptor


def release(home: Home, run_id: str) -> None:
    """Show that a run has ended."""
    path = home.run_folder(run_id) / _FILE
    descriptor = _held.pop(str(path), None)
    if descriptor is not None:
        path.unlink(missing_ok=True)
        os.close(descriptor)


def is_alive(home: Home, run_id: str) -> bool:
    """Whether a run's process lives, here or elsewhere on this machine."""
    path = home.run_folder(run_id) / _FILE
    if str(path) in _held:
        return True
    try:
        descriptor = os.open(path, os.O_RDWR)
    except FileNotFoundError:
        return False
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(descriptor)
    return False
