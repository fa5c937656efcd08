"""The size and digest of every file in the lake, kept up with each commit, and the files that are not what it says.

What belongs here: the bytes of files as they were put there. What does not: their rows, which the checks judge,
and what they were made from, which is in their stamps.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from warehouse.durable import write_whole
from warehouse.home import Home

_FILES = "*/batch=*/data.parquet"


@dataclass(frozen=True, slots=True)
class Mark:
    """A file's size in bytes and its SHA-256 in hexadecimal digits."""

    bytes: int
    sha256: str


def mark_of(path: Path) -> Mark:
    """The mark of a file as it is."""
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
        return Mark(file.tell(), digest)


def marks_below(folder: Path, files: Iterable[Path]) -> dict[str, Mark]:
    """The marks of files by their paths below a folder."""
    return {path.relative_to(folder).as_posix(): mark_of(path) for path in files}


def lake_files(folder: Path) -> list[Path]:
    """The files of a lake, or of a staging folder, which has its shape; sorted."""
    return sorted(folder.glob(_FILES))


def read(home: Home) -> dict[str, Mark]:
    """What is known of the lake's files, by their paths in the lake."""
    try:
        return marks_in(json.loads(home.ledger.read_text(encoding="utf-8")))
    except FileNotFoundError:
        return {}


def marks_in(stored: Mapping[str, Any]) -> dict[str, Mark]:
    """Marks as JSON holds them."""
    return {path: Mark(int(mark["bytes"]), str(mark["sha256"])) for path, mark in stored.items()}


def write(home: Home, marks: Mapping[str, Mark]) -> None:
    """Keep what is known of the lake's files."""
    write_whole(home.ledger, json.dumps(stored(marks), indent=1) + "\n")


def stored(marks: Mapping[str, Mark]) -> dict[str, dict[str, int | str]]:
    """Marks as JSON holds them, sorted by path."""
    return {path: {"bytes": mark.bytes, "sha256": mark.sha256} for path, mark in sorted(marks.items())}


def with_unknown(home: Home, known: Mapping[str, Mark]) -> dict[str, Mark]:
    """The marks with those of files that nobody has marked: an older version's, before it kept any."""
    unknown = [path for path in lake_files(home.lake) if path.relative_to(home.lake).as_posix() not in known]
    return {**known, **marks_below(home.lake, unknown)}


def differing(folder: Path, marks: Mapping[str, Mark]) -> Iterator[tuple[Path, str]]:
    """The files below a folder that are not what their marks say, each with how they differ."""
    for name, mark in sorted(marks.items()):
        path = folder / name
        if difference := difference_of(path, mark):
            yield path, difference


def difference_of(path: Path, mark: Mark) -> str | None:
    """How a file differs from its mark, in a few words; None where it does not."""
    if not path.is_file():
        return "is missing"
    size = path.stat().st_size
    if size != mark.bytes:
        return f"has {size:,} bytes instead of {mark.bytes:,}"
    return None if mark_of(path) == mark else f"has {size:,} bytes as it should, but not the same ones"
