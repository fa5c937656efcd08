"""What a home consists of: the listing that lies on the storage, and what this machine knows of its own copy."""

from __future__ import annotations

import hashlib
import json
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from warehouse.durable import write_whole
from warehouse.remote.names import safe

INDEX = "index.json"
_TOLD_APART = 12  # digits of a digest: enough to tell the contents apart that one file ever had


@dataclass(frozen=True, slots=True)
class File:
    """A file of a home: its size in bytes and the SHA-256 of its content."""

    bytes: int
    sha256: str

    def object_of(self, key: str) -> str:
        """The object's name for this content of the file ``key``: the digest stands before the suffix."""
        path = PurePosixPath(key)
        return str(path.with_name(f"{path.stem}.{self.sha256[:_TOLD_APART]}{path.suffix}"))


Listing = Mapping[str, File]


def dumped(listing: Listing) -> bytes:
    """The index as it is stored: for each file its size, its digest and the object that holds it."""
    stored = {
        key: {"bytes": file.bytes, "sha256": file.sha256, "object": file.object_of(key)}
        for key, file in sorted(listing.items())
    }
    return json.dumps(stored, indent=1).encode() + b"\n"


def loaded(data: bytes) -> dict[str, File]:
    """What ``dumped`` wrote. StoreError where a name leads out of the home."""
    return {safe(key): File(file["bytes"], file["sha256"]) for key, file in json.loads(data).items()}


@dataclass(frozen=True, slots=True)
class Known:
    """What this machine's copy was when it was last the same as the store, and this machine's name there.

    ``times`` has the files' times of change, so that what has not changed since is not read again.
    """

    path: Path
    machine: str
    files: dict[str, File]
    times: dict[str, int]

    @classmethod
    def read(cls, path: Path) -> Known:
        """What ``write`` wrote; nothing, under a new name, where there is no file."""
        try:
            stored = json.loads(path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return cls(path, uuid.uuid4().hex, {}, {})
        files = {key: File(file[0], file[1]) for key, file in stored["files"].items()}
        return cls(path, stored["machine"], files, {key: file[2] for key, file in stored["files"].items()})

    def write(self) -> None:
        """Keep it beside the files that it is about."""
        files = {key: (file.bytes, file.sha256, self.times[key]) for key, file in self.files.items()}
        write_whole(self.path, json.dumps({"machine": self.machine, "files": files}))

    def whole(self, files: Listing, root: Path) -> Known:
        """The same machine, whose copy below ``root`` is just these files."""
        return Known(self.path, self.machine, dict(files), _times(files, root))

    def along(self, files: Listing, root: Path) -> Known:
        """The same, and these files besides what was known of others."""
        return Known(self.path, self.machine, self.files | dict(files), self.times | _times(files, root))

    def file(self, key: str, root: Path) -> File:
        """A file as it is now, read only if it was touched."""
        path = root / key
        state, known = path.stat(), self.files.get(key)
        if known is not None and (known.bytes, self.times[key]) == (state.st_size, state.st_mtime_ns):
            return known
        return File(state.st_size, sha256_of(path))

    def holds(self, key: str, file: File, root: Path) -> bool:
        """Whether the file is there as the store has it."""
        path = root / key
        return path.is_file() and path.stat().st_size == file.bytes and self.file(key, root) == file


def _times(files: Listing, root: Path) -> dict[str, int]:
    return {key: (root / key).stat().st_mtime_ns for key in files}


def sha256_of(path: Path) -> str:
    """The digest of a file's bytes, in hexadecimal digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
