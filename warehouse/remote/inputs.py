"""Input files on object storage: fetched to this machine, under the names that they would have from a folder."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Collection, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from hashlib import blake2b
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from warehouse.remote.addresses import StoreError, checked, identity, is_address
from warehouse.remote.names import safe

if TYPE_CHECKING:
    from warehouse.remote.stores import Entry, Store

_AT_ONCE = 8
_LOCK = ".lock"


def fetched(path: str, spool: Path) -> Path:
    """The local path of an input: itself, or the copy below ``spool`` of what an address holds now.

    The copy lies in folders with the names of the address' parts, so that inputs are called the same from wherever
    they come, and each file has the time at which its object was written. What has not changed is not fetched again.
    Where nothing is at the address, nothing is at the path. StoreError where the storage refuses, or holds names that
    cannot be files'.
    """
    if not is_address(path):
        return Path(path)
    from warehouse.remote.stores import Store

    address = checked(path)
    scheme, bucket, below = urlsplit(address)[:3]
    folder = spool / blake2b(identity(address).encode(), digest_size=8).hexdigest()
    target = folder.joinpath(scheme, bucket, *PurePosixPath(below).parts[1:])
    store = Store(address)
    with _alone(folder):
        itself = store.itself() if below else None
        entries = [] if itself else store.list()
        if itself is None and not entries:
            store.check_bucket()
        wanted = {target: itself} if itself else {target / safe(entry.key): entry for entry in entries}
        _make_room(folder, wanted.keys())
        _bring(store, wanted)
    return target


def shown(path: Path, spool: Path) -> str:
    """What a path below ``spool`` was fetched from; any other path as it is."""
    if not path.is_relative_to(spool):
        return str(path)
    _, scheme, *rest = path.relative_to(spool).parts
    return f"{scheme}://{'/'.join(rest)}"


def _make_room(folder: Path, wanted: Collection[Path]) -> None:
    """Remove what is not wanted any more, so that nothing is in the way. StoreError where wanted names are."""
    for path in wanted:
        if clash := next((parent for parent in path.parents if parent in wanted), None):
            raise StoreError(
                f"{shown(clash, folder.parent)} is an object and a folder: files cannot be both; rename one"
            )
    for path in sorted(folder.rglob("*"), reverse=True):  # what is in a folder comes before it
        if path.is_dir():
            with suppress(OSError):  # it is not empty
                path.rmdir()
        elif path not in wanted and path.name != _LOCK:
            path.unlink()


def _bring(store: Store, wanted: Mapping[Path, Entry]) -> None:
    """Download what is not here as it is there, several objects at once."""

    def bring(path: Path) -> None:
        entry = wanted[path]
        path.parent.mkdir(parents=True, exist_ok=True)
        partial = path.with_name(path.name + ".part")
        store.download(entry.key, str(partial))
        os.utime(partial, ns=(entry.mtime_ns, entry.mtime_ns))
        partial.replace(path)

    with ThreadPoolExecutor(_AT_ONCE) as pool:
        list(pool.map(bring, [path for path, entry in wanted.items() if not _is_here(path, entry)]))


def _is_here(path: Path, entry: Entry) -> bool:
    if not path.is_file():
        return False
    state = path.stat()
    return (state.st_size, state.st_mtime_ns) == (entry.size, entry.mtime_ns)


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Be the only process that changes a spool folder."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / _LOCK).open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
