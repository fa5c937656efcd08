"""What a file is, told by its name."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pipelines.ingest.records import Rejection

_FILE = Path(__file__).parent / "data" / "formats.csv"
WHOLE_FILE_FORMATS = frozenset({"txt", "html"})
"""Formats in which a file is one record."""


@dataclass(frozen=True, slots=True)
class Format:
    """The format of a file's content, and how it is compressed, if at all."""

    name: str
    compression: str | None = None


def recognise(file_name: str) -> Format:
    """The format that the name stands for; raises Rejection for a name that says nothing known."""
    endings = _endings()
    path = Path(file_name.lower())
    if path.suffix in endings["compression"]:
        inner = endings["format"].get(Path(path.stem).suffix)
        if inner is not None:
            return Format(inner, endings["compression"][path.suffix])
    elif path.suffix in endings["format"]:
        return Format(endings["format"][path.suffix])
    shown = "".join(path.suffixes[-2:]) if path.suffix in endings["compression"] else path.suffix
    raise Rejection("unsupported-format", ending=shown or "without an ending", known=_known())


def format_name(file_name: str) -> str:
    """The format's name for the ledger, ``unknown`` where the file's name says nothing known."""
    try:
        return recognise(file_name).name
    except Rejection:
        return "unknown"


def _known() -> str:
    endings = _endings()
    return ", ".join(endings["format"]) + ", each also with " + ", ".join(endings["compression"])


@cache
def _endings() -> dict[str, dict[str, str]]:
    with _FILE.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(line for line in stream if not line.startswith("#")))
    return {
        kind: {row["ending"]: row["name"] for row in rows if row["kind"] == kind}
        for kind in ("format", "compression")
    }
