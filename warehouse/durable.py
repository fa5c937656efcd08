"""Files that are there after a power cut: written whole, and flushed together with the folder that names them.

What belongs here: the order in which bytes and names reach the disk. What does not: what the files are.
"""

from __future__ import annotations

import errno
import os
import shutil
from pathlib import Path

_NO_LINKS = frozenset({errno.EPERM, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK, errno.EXDEV})


def write_whole(path: Path, text: str) -> None:
    """Put a text in place of a file: readers, and a machine that loses power, find the old or the new one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(path.name + ".part")
    with partial.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    partial.replace(path)
    flush(path.parent)


def flush(path: Path) -> None:
    """Have the disk keep what was written to a file, or which names a folder has."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def share(path: Path, other: Path) -> None:
    """Give a file a second name, which costs no space; where the disk knows no such thing, a copy."""
    other.parent.mkdir(parents=True, exist_ok=True)
    try:
        other.hardlink_to(path)
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        partial = other.with_name(other.name + ".part")
        shutil.copyfile(path, partial)
        flush(partial)
        partial.replace(other)
