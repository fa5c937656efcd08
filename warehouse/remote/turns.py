"""Several machines at one address: one at a time replaces the index, and what a dead one left is cleared away.

Object storage knows no locks, but who writes an object and then lists sees every other that was written before.
So each writes a note with its name, looks, and goes on only if it is alone; of two at the same moment both may
step back, never both go on.
"""

from __future__ import annotations

import json
import random
import time
from collections.abc import Collection, Iterator
from contextlib import contextmanager

from warehouse.remote.addresses import StoreError
from warehouse.remote.stores import Store

_TURNS, _UPLOADS = "turns", "uploads"
_TRIES = 5
_STEP_BACK_SECONDS = 1.0
_DEAD_NS = 300 * 10**9  # replacing the index takes moments
_LONG_DEAD_NS = 7 * 24 * 3600 * 10**9  # uploading may take hours


@contextmanager
def alone(store: Store, machine: str) -> Iterator[None]:
    """Be the only one who replaces the index; StoreError where others do all the time."""
    note = f"{_TURNS}/{machine}"
    for _ in range(_TRIES):
        store.write(note, b"")
        try:
            if _is_alone(store, note):
                yield
                return
        finally:
            store.delete(note)
        time.sleep(random.uniform(0, _STEP_BACK_SECONDS))
    raise StoreError(
        f"another machine is writing to {store.address} at this moment: run the same command again"
    )


def _is_alone(store: Store, note: str) -> bool:
    written = {entry.key: entry.mtime_ns for entry in store.list(_TURNS)}
    mine = written.pop(note, 0)
    return all(mine - other > _DEAD_NS for other in written.values())


@contextmanager
def uploading(store: Store, machine: str, objects: Collection[str], kept: Collection[str]) -> Iterator[None]:
    """Note which objects are about to be written, until they are in the index; nothing in it is removed here.

    Objects that an earlier push noted and never brought into the index go, unless they are among these or ``kept``.
    """
    mine = f"{_UPLOADS}/{machine}"
    now = time.time_ns()
    for entry in store.list(_UPLOADS):
        if entry.key == mine or now - entry.mtime_ns > _LONG_DEAD_NS:
            for name in json.loads(store.read(entry.key) or b"[]"):
                if name not in objects and name not in kept:
                    store.delete(name)
            store.delete(entry.key)
    store.write(mine, json.dumps(sorted(objects)).encode())
    yield
    store.delete(mine)
