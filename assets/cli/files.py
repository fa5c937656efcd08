"""Writing a file whole or not at all: a query that fails halfway leaves what was there before."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def whole_file(target: Path) -> Iterator[Path]:
    """A path beside ``target`` to write to, which takes its place when the block ends without an error.

    Devices, pipes and links are written to as they are. OSError where the folder cannot be written to.
    """
    if target.is_symlink() or (target.exists() and not target.is_file()):
        yield target
        return
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        yield part
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)
