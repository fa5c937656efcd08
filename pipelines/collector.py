"""When a process looks for garbage that refers to itself."""

from __future__ import annotations

import atexit
import gc

_NEW_OBJECTS, _YOUNG_ROUNDS, _OLDER_ROUNDS = 100_000, 50, 100


def collect_seldom() -> None:
    """Look for cycles a hundred times less often than Python would.

    Importing what a run needs, and reading articles, makes millions of objects of which few are in cycles: looking for
    those at every seven hundred new ones takes a tenth of a small run.
    """
    gc.set_threshold(_NEW_OBJECTS, _YOUNG_ROUNDS, _OLDER_ROUNDS)


def end_at_once() -> None:
    """Look for no cycles when the process ends: the system takes its memory back anyway.

    Python would go through all objects several times before it exits, which takes two seconds after a run.
    """
    atexit.register(gc.freeze)


def keep_what_is_there() -> None:
    """Never look again among what is there now: models and lexicons, which stay to the end."""
    gc.collect()
    gc.freeze()
