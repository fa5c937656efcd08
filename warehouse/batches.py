"""Registered batches: which files and folders a name stands for. What is in them is for the pipelines."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from warehouse.home import Home
from warehouse.remote.addresses import checked, is_address
from warehouse.tables.common import BATCH_PATTERN

_LONGEST = 100


class BatchError(Exception):
    """A batch cannot be used as asked; the message says why and what to do, in one line."""


@dataclass(frozen=True, slots=True)
class Registration:
    """A batch: its name and the absolute files, folders or globs, or addresses, it was registered with.

    ``fields`` are pairs of a document's field and the name that the batch's files have for it.
    """

    batch: str
    paths: tuple[str, ...]
    fields: tuple[tuple[str, str], ...] = ()


def batch_name(path: str) -> str:
    """A batch's name made from the last part of a path, in letters, digits, dot, dash and underscore."""
    stem = re.sub(r"[*?\[\]]+", "", Path(path).expanduser().resolve().name)
    name = re.sub(r"[^A-Za-z0-9._-]+", "-", stem).strip("-._")[:_LONGEST]
    return name if name else "batch"


def register(
    home: Home,
    batch: str,
    paths: Sequence[str],
    *,
    replace: bool,
    fields: Sequence[tuple[str, str]] | None = None,
) -> Registration:
    """Remember what a batch stands for, and its names of fields; None leaves these as they are.

    With ``replace`` a batch may come to stand for other paths; without it that is an error, since two folders
    that happen to share a name must not silently take each other's place. A batch without any path stands for
    nothing any more, and may come to stand for something again. Raises BatchError.
    """
    if not re.fullmatch(BATCH_PATTERN, batch):
        raise BatchError(
            f"{batch!r} cannot name a batch: use letters, digits, dot, dash and underscore, "
            "beginning with a letter or digit"
        )
    known = read(home, batch)
    kept = known.fields if known is not None and fields is None else tuple(fields or ())
    wanted = Registration(batch, tuple(sorted({absolute(path) for path in paths})), kept)
    if known is not None and known.paths and known.paths != wanted.paths and not replace:
        raise BatchError(
            f"batch {batch!r} already stands for {', '.join(known.paths)}: give another name with --batch, "
            f"or --batch {batch} to let it stand for the new paths"
        )
    if known != wanted:
        target = _file(home, batch)
        partial = target.with_suffix(".part")
        partial.write_text(
            json.dumps({"batch": batch, "paths": wanted.paths, "fields": wanted.fields}, indent=2) + "\n",
            encoding="utf-8",
        )
        partial.replace(target)
    return wanted


def read(home: Home, batch: str) -> Registration | None:
    """The registration of a batch; None where it was never registered."""
    try:
        stored = json.loads(_file(home, batch).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    fields = tuple((field, name) for field, name in stored.get("fields", ()))
    return Registration(stored["batch"], tuple(stored["paths"]), fields)


def names(home: Home) -> tuple[str, ...]:
    """Every registered batch, sorted."""
    return tuple(sorted(path.stem for path in home.batches.glob("*.json")))


def _file(home: Home, batch: str) -> Path:
    return home.batches / f"{batch}.json"


def absolute(path: str) -> str:
    """A path as it is registered: from the root on, links and globs as they were written; an address as it is."""
    if is_address(path):
        return checked(path)
    return os.path.abspath(Path(path).expanduser())  # noqa: PTH100 - resolve() would follow links, and globs stay globs


def located(home: Home, path: str) -> str:
    """Where the files of a registered path lie on this machine; those of an address are fetched first.

    Raises StoreError where the storage refuses.
    """
    if not is_address(path):
        return path
    from warehouse.remote.inputs import fetched

    return str(fetched(path, home.fetched))
