"""A home on object storage and its copy on this machine: pulling what is new there, pushing what is new here.

The storage holds a home's files under their own names and an index of them, with a SHA-256 each. The index is
written last, so it is what makes a state whole: whoever pulls while another pushes sees that a file is not what
the index says, and begins again. Locks, staging and the orchestrator's own files stay on the machine.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from warehouse.remote.names import safe
from warehouse.remote.stores import Store, StoreError

INDEX = "index.json"
_KNOWN = ".remote.json"
_STAYS = ("staging", "dagster")
_UNFINISHED = (".tmp", ".part", ".lock", ".wal")
_TRIES = 3


@dataclass(frozen=True, slots=True)
class File:
    """A file of a home: its size in bytes and the SHA-256 of its content."""

    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Mirror:
    """A home's two copies: ``store`` is the one that counts, ``root`` the one on this machine."""

    store: Store
    root: Path

    def pull(self, *names: str) -> None:
        """Make the local copy what the store holds; with names, only these files or folders of it.

        StoreError where the store changes faster than it can be read.
        """
        self.root.mkdir(parents=True, exist_ok=True)
        for _ in range(_TRIES):
            index = self._index()
            wanted = {key: file for key, file in index.items() if not names or key.split("/")[0] in names}
            if self._take(wanted):
                break
        else:
            raise StoreError(f"{self.store.address} is being written to: try again in a minute")
        if not names:
            for key in self._mine().keys() - index.keys():
                (self.root / key).unlink()
        self._remember(index if not names else {**self._remembered(), **wanted})

    def push(self) -> None:
        """Make the store hold what the local copy does.

        StoreError where another machine has pushed since the pull: its work is not overwritten, ours stays here.
        """
        before, mine = self._remembered(), self._mine()
        if mine == before:
            return
        self._check_unchanged(before)
        for key, file in mine.items():
            if before.get(key) != file:
                self.store.upload(str(self.root / key), key)
        self._check_unchanged(before)
        self.store.write(INDEX, _dumped(mine))
        for key in before.keys() - mine.keys():
            self.store.delete(key)
        self._remember(mine)

    def _check_unchanged(self, before: Mapping[str, File]) -> None:
        if self._index() != before:
            raise StoreError(
                f"another machine has written to {self.store.address} meanwhile; nothing of it was overwritten: "
                "run the same command again"
            )

    def _take(self, wanted: Mapping[str, File]) -> bool:
        """Download what differs; whether everything came as the index says."""
        for key, file in wanted.items():
            target = self.root / key
            if target.is_file() and target.stat().st_size == file.bytes and _sha256(target) == file.sha256:
                continue
            target.parent.mkdir(parents=True, exist_ok=True)
            partial = target.with_name(target.name + ".part")
            try:
                self.store.download(key, str(partial))
            except StoreError:
                if self._index().get(key) == file:
                    raise
                return False
            if _sha256(partial) != file.sha256:
                partial.unlink()
                return False
            partial.replace(target)
        return True

    def _mine(self) -> dict[str, File]:
        return {
            path.relative_to(self.root).as_posix(): File(path.stat().st_size, _sha256(path))
            for path in self._files()
        }

    def _files(self) -> Iterator[Path]:
        for path in sorted(self.root.rglob("*")):
            inside = path.relative_to(self.root)
            stays = inside.parts[0] in _STAYS or inside.name in (_KNOWN, INDEX)
            if path.is_file() and not stays and path.suffix not in _UNFINISHED:
                yield path

    def _index(self) -> dict[str, File]:
        data = self.store.read(INDEX)
        return _loaded(data) if data else {}

    def _remembered(self) -> dict[str, File]:
        try:
            return _loaded((self.root / _KNOWN).read_bytes())
        except FileNotFoundError:
            return {}

    def _remember(self, index: Mapping[str, File]) -> None:
        partial = self.root / f"{_KNOWN}.part"
        partial.write_bytes(_dumped(index))
        partial.replace(self.root / _KNOWN)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _dumped(index: Mapping[str, File]) -> bytes:
    return json.dumps({key: asdict(file) for key, file in sorted(index.items())}, indent=1).encode() + b"\n"


def _loaded(data: bytes) -> dict[str, File]:
    return {safe(key): File(**file) for key, file in json.loads(data).items()}
