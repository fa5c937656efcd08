"""One source to its records and refusals, whatever is wrong with it; their size, digest and bytes.

What belongs here: opening a source, finding the files in it if it is an archive, and turning every fault into
a refusal. What does not: what a fault means for the batch (``stage``).
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from pipelines.ingest.archives import SEPARATOR, Zip
from pipelines.ingest.compression import open_regular, open_source
from pipelines.ingest.contents import packing_of
from pipelines.ingest.formats import format_name, has_other_format
from pipelines.ingest.limits import Limits
from pipelines.ingest.opening import Packed, Reading
from pipelines.ingest.records import Record, Refusal, Rejection
from pipelines.ingest.sources import Source, problem_of

_PIECE_BYTES = 1 << 20


@dataclass(frozen=True, slots=True)
class Seen:
    """A record or refusal, the format it was read as, and the file that it is from.

    For a member of an archive ``source`` is the archive under the member's ``uri`` and ``size``.
    """

    source: Source
    format: str
    outcome: Record | Refusal
    is_member: bool = False


class Outcomes:
    """The records and refusals of a source, at least one; ``bytes_read`` grows while they are taken."""

    def __init__(self, source: Source, limits: Limits) -> None:
        self._source = source
        self._limits = limits
        self.bytes_read = 0

    def __iter__(self) -> Iterator[Seen]:
        """Every record or refusal, in order. Whatever is wrong with the file is a refusal, never an error."""
        source = self._source
        if source.problem is not None:
            why = source.problem
            yield Seen(source, format_name(source.path.name), Refusal(0, why.reason, why.detail, None))
            return
        try:
            stream, size = open_source(source.path, self._limits, self._count)
            with stream:
                yield from (
                    self._of_archive(stream, size)
                    if self._is_archive(stream)
                    else self._of(self._packed(stream, source.path.name, size), source)
                )
        except (Rejection, OSError) as fault:
            yield Seen(source, format_name(source.path.name), _refusal(0, fault))

    def _is_archive(self, stream: io.BufferedReader) -> bool:
        """Whether the stream is a zip archive, and not one of the many documents that are zips inside."""
        return packing_of(stream.peek(1)) == ("archive", "zip") and not has_other_format(
            self._source.path.name
        )

    def _packed(self, stream: io.BufferedReader, name: str, size: int) -> Packed:
        return Packed(stream, name, size, self._limits, self._source.given)

    def _of(self, packed: Packed, source: Source, *, is_member: bool = False) -> Iterator[Seen]:
        """The records of a file or member, and a refusal for what cannot be read of it."""
        reading = Reading(packed)
        number = 0
        try:
            for outcome in reading:
                yield Seen(source, reading.format, outcome, is_member)
                number = outcome.number + 1
            if number == 0:
                raise Rejection("empty")
        except (Rejection, OSError) as fault:
            yield Seen(source, reading.format, _refusal(number, fault), is_member)

    def _of_archive(self, stream: io.BufferedReader, size: int) -> Iterator[Seen]:
        archive = Zip(stream, size, self._limits)
        is_empty = True
        for member in archive.members():
            is_empty = False
            source = replace(
                self._source, uri=f"{self._source.uri}{SEPARATOR}{member.name}", size=member.size
            )
            try:
                if member.problem is not None:
                    raise member.problem
                unpacked = archive.open(member)
            except Rejection as why:
                yield Seen(source, format_name(member.name), _refusal(0, why), is_member=True)
                continue
            with unpacked:
                packed = replace(
                    self._packed(unpacked, member.name, member.packed_size), allowances=(archive.allowance,)
                )
                yield from self._of(packed, source, is_member=True)
        if is_empty:
            raise Rejection("empty")

    def _count(self, increment: int) -> None:
        self.bytes_read += increment


def _refusal(number: int, fault: Rejection | OSError) -> Refusal:
    """The refusal of a file, or of what is left of it."""
    why = fault if isinstance(fault, Rejection) else problem_of(fault)
    return Refusal(number, why.reason, why.detail, None)


@dataclass(frozen=True, slots=True)
class Weight:
    """Size in bytes and SHA-256 of a record; the digest is None where not all of it could be read."""

    size: int
    sha256: str | None


def weigh(seen: Seen, limits: Limits) -> Weight:
    """Size and digest of a record's bytes: of the file on disk where the record is the file itself.

    What was left unread in an archive has its size only.
    """
    outcome = seen.outcome
    if outcome.raw is None:
        return Weight(seen.source.size, None if seen.is_member else _file_digest(seen.source.path, limits))
    if isinstance(outcome, Refusal) and outcome.size is not None:
        return Weight(outcome.size, outcome.sha256)
    return Weight(len(outcome.raw), hashlib.sha256(outcome.raw).hexdigest())


def bytes_of(seen: Seen, limits: Limits) -> bytes | Iterator[bytes] | None:
    """A refused record's bytes for keeping, at most ``max_kept_bytes``; None where there are none to keep.

    Members that are refused as a whole stay in their archive: whoever packed them there can find them.
    """
    outcome = seen.outcome
    if isinstance(outcome, Refusal) and not outcome.is_kept:
        return None
    if outcome.raw is not None:
        return outcome.raw[: limits.max_kept_bytes]
    if seen.is_member:
        return None
    try:
        stream = open_regular(seen.source.path)
    except (OSError, Rejection):
        return None  # the refusal itself says why
    return _pieces(stream, limits.max_kept_bytes)


def _pieces(stream: io.FileIO, limit: int) -> Iterator[bytes]:
    with stream:
        left = limit
        while left > 0 and (piece := stream.read(min(_PIECE_BYTES, left))):
            left -= len(piece)
            yield piece


def _file_digest(path: Path, limits: Limits) -> str | None:
    """The digest of a file that is no longer than what is kept of it."""
    try:
        with open_regular(path) as stream:
            if stream.seek(0, io.SEEK_END) > limits.max_kept_bytes:
                return None
            stream.seek(0)
            return hashlib.file_digest(io.BufferedReader(stream), "sha256").hexdigest()
    except (OSError, Rejection):
        return None  # the refusal itself says why
