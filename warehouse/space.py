"""Whether a fault means that the disk is full, whoever noticed it: Python, Arrow, DuckDB or SQLite."""

from __future__ import annotations

import errno

FULL = (
    "no space left on the disk: free some and run again; what was published stays as it was, and what the run "
    "had finished is kept"
)
"""What a person is told."""

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT})
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
