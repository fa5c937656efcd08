"""Input files on object storage: fetched to this machine, under the names that they would have from a folder."""

from __future__ import annotations

import os
from hashlib import blake2b
from pathlib import Path

from warehouse.remote.names import safe
from warehouse.remote.stores import Entry, Store, is_address


def fetched(path: str, spool: Path) -> Path:
    """The local path of an input: itself, or the copy below ``spool`` of what an address holds now.

    The copy has the address' last name, so that inputs are called the same from wherever they come, and each file
    the time at which its object was written. StoreError where the storage refuses.
    """
    if not is_address(path):
        return Path(path)
    store = Store(path)
    name = store.address.rpartition("/")[2]
    folder = spool / blake2b(store.address.encode(), digest_size=8).hexdigest()
    folder.mkdir(parents=True, exist_ok=True)
    if store.is_object():
        parent = Store(store.address.rpartition("/")[0])
        entries = [entry for entry in parent.list() if entry.key == name]
        _bring(parent, entries, folder)
        return folder / name
    _bring(store, store.list(), folder / name)
    return folder / name


def _bring(store: Store, entries: list[Entry], target: Path) -> None:
    """Make a folder hold these objects and nothing else."""
    wanted = {safe(entry.key): entry for entry in entries}
    for key, entry in wanted.items():
        path = target / key
        if path.is_file():
            state = path.stat()
            if (state.st_size, state.st_mtime_ns) == (entry.size, entry.mtime_ns):
                continue
        path.parent.mkdir(parents=True, exist_ok=True)
        partial = path.with_name(path.name + ".part")
        store.download(entry.key, str(partial))
        os.utime(partial, ns=(entry.mtime_ns, entry.mtime_ns))
        partial.replace(path)
    for path in [path for path in target.rglob("*") if path.is_file()]:
        if path.relative_to(target).as_posix() not in wanted:
            path.unlink()
