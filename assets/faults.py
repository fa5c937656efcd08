"""Which faults pass by themselves, so that a step is tried again, and how long is waited in between.

Bad data, a mistake in code or a missing right are as they are however often a step is tried: those fail at
once.
"""

from __future__ import annotations

import errno

import dagster as dg

from pipelines.engine import WorkerError
from warehouse.space import is_full

RETRIES = dg.RetryPolicy(max_retries=3, delay=10, backoff=dg.Backoff.EXPONENTIAL, jitter=dg.Jitter.PLUS_MINUS)
"""Waits of about 10, 30 and 70 seconds."""

_PASSING = frozenset(
    {
        errno.EAGAIN,
        errno.EBUSY,
        errno.ECONNREFUSED,
        errno.ECONNRESET,
        errno.EHOSTDOWN,
        errno.EHOSTUNREACH,
        errno.EINTR,
        errno.EIO,
        errno.EMFILE,
        errno.ENETDOWN,
        errno.ENETUNREACH,
        errno.ENFILE,
        errno.ENOLCK,
        errno.ENOMEM,
        errno.ESTALE,
        errno.ETIMEDOUT,
    }
)


def is_passing(error: BaseException) -> bool:
    """Whether trying again later can help: disks and networks that fail or are full, and workers that died."""
    passing = isinstance(error, OSError) and error.errno in _PASSING
    return passing or isinstance(error, WorkerError) or is_full(error)
