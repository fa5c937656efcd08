"""Errors that a command tells its user in one line."""

from __future__ import annotations


class CommandError(Exception):
    """What went wrong, where, and what to do; ``code`` is the exit code: 1 it ran, 2 nothing was done."""

    def __init__(self, message: str, code: int = 2) -> None:
        super().__init__(message)
        self.code = code
