"""Whether files that are no longer there were removed, or are only out of reach.

A folder on a disk that is not mounted looks empty. So a path where nothing at all is left, not even a neighbour, does
not make its rows go until somebody says so; any other file that is missing was removed.
"""

from __future__ import annotations

import glob
import os
from collections.abc import Mapping
from pathlib import Path

import pyarrow.compute as pc
import pyarrow.parquet as pq

from warehouse.batches import BatchError, Registration, located, read, register
from warehouse.home import Home
from warehouse.overlay import Overlay


class OutOfReachError(BatchError):
    """The files of a batch cannot be seen now, and may be there still; the message says what to do."""


def is_there(path: str) -> bool:
    """Whether a registered file, folder or glob stands for anything."""
    return os.path.lexists(path) or bool(glob.glob(path, recursive=True))  # noqa: PTH207


def places_of(home: Home, registration: Registration) -> dict[str, str]:
    """Where the files of each path of a batch lie on this machine. StoreError where a storage refuses."""
    return {path: located(home, path) for path in registration.paths}


def out_of_reach(
    home: Home, registration: Registration, places: Mapping[str, str] | None = None
) -> list[str]:
    """The paths of a batch that rows came from and where nothing is left now; ``places`` is where they lie."""
    places = places_of(home, registration) if places is None else places
    empty = [path for path in registration.paths if _nothing_is_left(Path(places[path]))]
    return [path for path in empty if _gave_rows(home, registration.batch, path)]


def give_up(home: Home, batch: str) -> None:
    """Let a batch no longer stand for paths where nothing is left, so that their rows go with the next run."""
    registration = read(home, batch)
    if registration is not None and (lost := out_of_reach(home, registration)):
        register(home, batch, [path for path in registration.paths if path not in lost], replace=True)


def holds_anything(path: str) -> bool:
    """Whether a path is a file, a folder with something in it, or a glob that something matches."""
    return _holds_anything(Path(path)) if Path(path).is_dir() else is_there(path)


def _nothing_is_left(path: Path) -> bool:
    if path.is_dir():
        return not _holds_anything(path)
    if is_there(str(path)):
        return False
    folder = next(parent for parent in path.parents if not glob.has_magic(str(parent)))
    return not folder.is_dir() or not _holds_anything(folder)


def _holds_anything(folder: Path) -> bool:
    try:
        with os.scandir(folder) as entries:
            return any(not entry.name.startswith(".") for entry in entries)
    except OSError:
        return False


def _gave_rows(home: Home, batch: str, path: str) -> bool:
    """Whether the ledger has rows of a registered path; of a glob, any row counts."""
    ledger = Overlay(home).path("inputs", batch)
    if ledger is None:
        return False
    with pq.ParquetFile(ledger) as file:
        sources = file.read(columns=["source_uri"]).column("source_uri")
    if glob.has_magic(path) and not os.path.lexists(path):
        return len(sources) > 0
    name = Path(path).name
    within = pc.or_(pc.equal(sources, name), pc.match_substring(sources, f"{name}/"))
    return bool(pc.any(within).as_py())
