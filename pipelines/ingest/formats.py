"""What a file is: told by what it begins with where that is clear, else by its name.

What belongs here: weighing the two against each other. What does not: looking into the content (``contents``).
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pipelines.ingest.contents import kind_of, refuse_no_text
from pipelines.ingest.naming import Given
from pipelines.ingest.records import Rejection

_FILE = Path(__file__).parent / "data" / "formats.csv"
WHOLE_FILE_FORMATS = frozenset({"txt", "html"})
"""Formats in which a file is one record."""

# A name for the first may well hold what looks like the second: its reader knows how to take it.
_AGREEING = {
    "txt": frozenset({"html"}),
    "json": frozenset({"jsonl"}),
    "jsonl": frozenset({"json"}),
    "tsv": frozenset({"csv"}),
}


@dataclass(frozen=True, slots=True)
class Named:
    """What a file's name says: a format, or that it is something ``other``; both None where it says nothing.

    ``rest`` is the name without the ending of a compression.
    """

    rest: str
    format: str | None = None
    other: str | None = None


def read_name(file_name: str) -> Named:
    """What the name stands for."""
    endings = _endings()
    path = Path(file_name.lower())
    if path.suffix in endings["compression"]:
        file_name = file_name[: -len(path.suffix)]
        path = Path(path.stem)
    return Named(file_name, endings["format"].get(path.suffix), endings["other"].get(path.suffix))


def recognise(file_name: str, head: bytes, given: Given = ()) -> str:
    """The format of a file of that name that begins, expanded, with ``head`` (at best some thousand bytes).

    Raises Rejection for a file that is known to be something else, or no text under a name that says nothing.
    """
    named = read_name(file_name)
    found = kind_of(head, given)
    if named.format is not None:
        agrees = found is None or found in _AGREEING.get(named.format, ())
        return named.format if agrees else str(found)
    if found is not None:
        return found
    if named.other is not None:
        ending = Path(named.rest).suffix
        raise Rejection("unsupported-format", ending=ending, kind=named.other, known=_known())
    if not head:
        raise Rejection("empty")
    refuse_no_text(head)
    return "txt"


def format_name(file_name: str) -> str:
    """The format's name for the ledger where the file could not be opened: what its name says, or ``unknown``."""
    if Path(file_name.lower()).suffix in _endings()["archive"]:
        return "zip"
    return read_name(file_name).format or "unknown"


def has_other_format(file_name: str) -> bool:
    """Whether the name says that the file is something known which is never read."""
    return read_name(file_name).other is not None


def _known() -> str:
    endings = _endings()
    several = ", ".join([*endings["compression"], *endings["archive"]])
    return ", ".join(endings["format"]) + ", each also in " + several


@cache
def _endings() -> dict[str, dict[str, str]]:
    with _FILE.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(line for line in stream if not line.startswith("#")))
    return {
        kind: {row["ending"]: row["name"] for row in rows if row["kind"] == kind}
        for kind in ("format", "compression", "archive", "other")
    }
