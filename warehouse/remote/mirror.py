"""A home on object storage and its copy on this machine: pulling what is new there, pushing what is new here.

An object is never overwritten: it has its file's name with a part of the SHA-256 in it, and the index, which is
written last and in one piece, says of which objects the home consists. So whoever pulls gets a whole state, also where
a push was cut short. Locks, staging, fetched inputs and the orchestrator's own files stay on the machine.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Collection, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from warehouse.durable import share
from warehouse.remote import turns
from warehouse.remote.addresses import StoreError
from warehouse.remote.index import INDEX, File, Known, Listing, dumped, loaded, sha256_of
from warehouse.remote.stores import Store

Result = TypeVar("Result")
_KNOWN = ".remote.json"
_STAYS = ("staging", "fetched", "dagster")
_UNFINISHED = (".tmp", ".part", ".lock", ".wal")
_TRIES = 3
_AT_ONCE = 8


@dataclass(frozen=True, slots=True)
class Mirror:
    """A home's two copies: ``store`` is the one that counts, ``root`` the one on this machine."""

    store: Store
    root: Path

    def pull(self, *names: str, is_ahead: bool = False) -> None:
        """Make the local copy what the store holds; with names, only these files or folders of it.

        A copy that ``is_ahead`` has work that was never pushed: it is left alone if nobody has pushed since, and
        given up otherwise. StoreError where the store changes faster than it can be read.
        """
        self.root.mkdir(parents=True, exist_ok=True)
        known = self._known()
        for _ in range(_TRIES):
            index = self._index()
            if is_ahead and index == known.files:
                return
            wanted = index if is_ahead else _below(index, names)
            if self._take(wanted, known):
                break
        else:
            raise StoreError(f"{self.store.address} is being written to: try again in a minute")
        if wanted == index:
            self._make_whole(index, known)
        else:
            known.along(wanted, self.root).write()

    def push(self) -> None:
        """Make the store hold what the local copy does.

        StoreError where another machine has pushed since the pull: its work is not overwritten, ours stays here.
        """
        known = self._known()
        before = known.files
        mine = {key: known.file(key, self.root) for key in self._keys()}
        if mine == before:
            return
        self._check_unchanged(before)
        new = {key: file for key, file in mine.items() if before.get(key) != file}
        held = _objects(before)
        with turns.uploading(self.store, known.machine, _objects(new), held):
            _each(lambda key: self.store.upload(str(self.root / key), new[key].object_of(key)), new)
            with turns.alone(self.store, known.machine):
                self._check_unchanged(before)
                self.store.write(INDEX, dumped(mine))
            known.whole(mine, self.root).write()
        _each(self.store.delete, held - _objects(mine))

    def _check_unchanged(self, before: Listing) -> None:
        if self._index() != before:
            raise StoreError(
                f"another machine has written to {self.store.address} meanwhile; nothing of it was overwritten: "
                "run the same command again"
            )

    def _take(self, wanted: Listing, known: Known) -> bool:
        """Download what differs, equal contents once; whether everything was there that the index says."""
        lacking = [key for key, file in wanted.items() if not known.holds(key, file, self.root)]
        first = {wanted[key].sha256: key for key in reversed(lacking)}
        if not all(_each(lambda key: self._download(key, wanted[key]), first.values())):
            return False
        for key in lacking:
            twin = first[wanted[key].sha256]
            if twin != key:
                partial = self._partial(key)
                share(self.root / twin, partial)
                partial.replace(self.root / key)
        return True

    def _download(self, key: str, file: File) -> bool:
        partial = self._partial(key)
        try:
            self.store.download(file.object_of(key), str(partial))
        except StoreError:
            if self._index().get(key) == file:
                raise
            return False
        if sha256_of(partial) != file.sha256:
            partial.unlink()
            raise StoreError(
                f"{self.store.address}/{file.object_of(key)} is not what was pushed: restore that object"
            )
        partial.replace(self.root / key)
        return True

    def _partial(self, key: str) -> Path:
        path = self.root / key
        path.parent.mkdir(parents=True, exist_ok=True)
        partial = path.with_name(path.name + ".part")
        partial.unlink(missing_ok=True)
        return partial

    def _make_whole(self, index: Listing, known: Known) -> None:
        """Remove what the index has not, and what was staged on top of another state."""
        for key in self._keys():
            if key not in index:
                (self.root / key).unlink()
        if index != known.files:
            shutil.rmtree(self.root / "staging", ignore_errors=True)
        known.whole(index, self.root).write()

    def _keys(self) -> list[str]:
        """The files that travel."""
        return [path.relative_to(self.root).as_posix() for path in self._files()]

    def _files(self) -> Iterator[Path]:
        for path in sorted(self.root.rglob("*")):
            inside = path.relative_to(self.root)
            stays = inside.parts[0] in _STAYS or inside.as_posix() == _KNOWN
            if path.is_file() and not stays and path.suffix not in _UNFINISHED:
                yield path

    def _known(self) -> Known:
        return Known.read(self.root / _KNOWN)

    def _index(self) -> dict[str, File]:
        data = self.store.read(INDEX)
        if data is None:
            self.store.check_bucket()
            return {}
        return loaded(data)


def _below(index: Listing, names: Collection[str]) -> dict[str, File]:
    """The files with these names and those in folders of these names; all without names."""
    return {
        key: file
        for key, file in index.items()
        if not names or any(key == name or key.startswith(f"{name}/") for name in names)
    }


def _objects(listing: Listing) -> set[str]:
    return {file.object_of(key) for key, file in listing.items()}


def _each(do: Callable[[str], Result], keys: Collection[str]) -> list[Result]:
    """Do it for several keys at once, since each waits for the network."""
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        return list(pool.map(do, keys))
