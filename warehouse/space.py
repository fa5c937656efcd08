"""Whether a fault means that the disk is full, whoever noticed it: Python, Arrow, DuckDB or SQLite."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

FULL = (
    "no space left on the disk: free some and run again; what was published stays as it was, and what the run "
    "had finished is kept"
)
"""What a person is told."""

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT})
_TOO_LITTLE = 1 << 20  # bytes
_SAID = ("no space left on", "disk is full", "disk quota exceeded", "disk full")


def is_full(error: BaseException) -> bool:
    """Whether the fault, or one that it came from, is that nothing more can be written."""
    seen: set[int] = set()
    while id(error) not in seen:
        seen.add(id(error))
        if (isinstance(error, OSError) and error.errno in _FULL) or says_full(str(error)):
            return True
        error = error.__cause__ or error.__context__ or error
    return False


def says_full(text: str) -> bool:
    """Whether a fault's message says so; libraries written in C++ pass on nothing else."""
    return any(said in text.lower() for said in _SAID)


@contextmanager
def named(root: Path) -> Iterator[None]:
    """Raise SQLite's "disk I/O error" as what it is on a full disk; on another it is what it says."""
    try:
        yield
    except Exception as error:
        if "disk I/O error" in str(error) and _free_bytes(root) < _TOO_LITTLE:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(root)) from error
        raise


def _free_bytes(root: Path) -> int:
    disk = os.statvfs(root)
    return disk.f_bavail * disk.f_frsize
