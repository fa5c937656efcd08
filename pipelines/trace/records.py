"""Reading one record of an input file once more, and where its bytes stand in the file.

The readers of the ingest stage are used up to that record, so it is the very record that the ledger numbers.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from io import FileIO

from pipelines.ingest.archives import SEPARATOR
from pipelines.ingest.compression import open_regular
from pipelines.ingest.limits import Limits
from pipelines.ingest.outcomes import Outcomes, Seen, weigh
from pipelines.ingest.records import Record, Refusal, Rejection
from pipelines.ingest.sources import Source

_GAP = 4096  # bytes between two records in which the next is mostly found
_PIECE = 1 << 20
_REACH = 1 << 26  # bytes searched for a record before giving up: compressed files do not hold it as it is


@dataclass(frozen=True, slots=True)
class Reread:
    """A record as it is now.

    ``raw`` are its bytes, None where they are not to be had as they stand in a file; ``offset`` is where they
    begin in the file on disk, None where they do not stand there as they are (compressed files, Parquet).
    ``size`` and ``sha256`` are what the ledger would hold.
    """

    raw: bytes | None
    offset: int | None
    size: int
    sha256: str | None
    encoding: str | None


def reread(source: Source, uri: str, number: int) -> Reread | None:
    """The record with that number under a ``uri``, which is the source's own or that of a file in an archive.

    None where there is none, or it cannot be read any more.
    """
    if source.problem is not None:
        return None
    limits = Limits()
    try:
        with open_regular(source.path) as file:
            places = _Places(file)
            for seen in Outcomes(source, limits):
                offset = None if seen.is_member else places.next(seen.outcome)
                if (seen.source.uri, seen.outcome.number) == (uri, number):
                    return _as_it_is(seen, offset, limits)
    except (OSError, Rejection):
        return None
    return None


def source_of(sources: Iterable[Source], uri: str) -> Source | None:
    """The file that a ``uri`` names or lies in; None where it is not among the sources."""
    return next((one for one in sources if uri == one.uri or uri.startswith(one.uri + SEPARATOR)), None)


def _as_it_is(seen: Seen, offset: int | None, limits: Limits) -> Reread:
    outcome, weight = seen.outcome, weigh(seen, limits)
    encoding = outcome.encoding if isinstance(outcome, Record) else None
    return Reread(outcome.raw, offset, weight.size, weight.sha256, encoding)


class _Places:
    """Where records begin in a file, asked for one after the other."""

    def __init__(self, file: FileIO) -> None:
        self._file = file
        self._position: int | None = 0

    def next(self, outcome: Record | Refusal) -> int | None:
        """Where the bytes of the next record begin; None once a record's bytes were not found."""
        if self._position is None or not outcome.raw:
            return None
        found = self._find(outcome.raw, self._position)
        longer = outcome.size if isinstance(outcome, Refusal) and outcome.size else 0
        self._position = None if found is None else found + max(len(outcome.raw), longer)
        return found

    def _find(self, wanted: bytes, position: int) -> int | None:
        """The first place of the bytes from a position on."""
        self._file.seek(position)
        held, piece, limit = b"", len(wanted) + _GAP, position + len(wanted) + _REACH
        while position < limit and (data := self._file.read(piece)):
            held += data
            found = held.find(wanted)
            if found >= 0:
                return position + found
            passed = max(0, len(held) - len(wanted) + 1)
            held, position, piece = held[passed:], position + passed, _PIECE
        return None
