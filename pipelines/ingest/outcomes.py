"""One source to its records and refusals, whatever is wrong with it; their size, digest and bytes.

What belongs here: opening a source, handing it to its reader, and turning every fault into a refusal. What
does not: what a fault means for the batch (``stage``).
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from pipelines.ingest.compression import open_expanded, open_regular
from pipelines.ingest.formats import WHOLE_FILE_FORMATS, Format, recognise
from pipelines.ingest.limits import Limits
from pipelines.ingest.readers import READERS
from pipelines.ingest.records import Opened, Record, Refusal, Rejection
from pipelines.ingest.sources import Source, problem_of

_PIECE_BYTES = 1 << 20


class Outcomes:
    """The records and refusals of a source, at least one; ``bytes_read`` grows while they are taken."""

    def __init__(self, source: Source, limits: Limits) -> None:
        self._source = source
        self._limits = limits
        self.bytes_read = 0

    def __iter__(self) -> Iterator[Record | Refusal]:
        """Every record or refusal, in order. Whatever is wrong with the file is a refusal, never an error."""
        if self._source.problem is not None:
            yield Refusal(0, self._source.problem.reason, self._source.problem.detail, None)
            return
        number = 0
        try:
            for outcome in self._read():
                yield outcome
                number = outcome.number + 1
            if number == 0:
                raise Rejection("empty")
        except Rejection as why:
            yield Refusal.of(number, why, None)
        except OSError as fault:
            problem = problem_of(fault)
            yield Refusal(number, problem.reason, problem.detail, None)

    def _read(self) -> Iterator[Record | Refusal]:
        form = recognise(self._source.path.name)
        stream, size = open_expanded(self._source.path, form.compression, self._limits, self._count)
        with stream:
            for outcome in READERS[form.name](
                Opened(stream, form.name, size, self._limits, self._source.given)
            ):
                yield self._checked(outcome, form)

    def _count(self, increment: int) -> None:
        self.bytes_read += increment

    def _checked(self, outcome: Record | Refusal, form: Format) -> Record | Refusal:
        """The outcome, or the refusal of a record that is too long or says nothing."""
        if isinstance(outcome, Refusal):
            return outcome
        is_file = form.name in WHOLE_FILE_FORMATS
        if len(outcome.raw or b"") > self._limits.max_record_bytes:
            why = Rejection("too-large", limit=self._limits.max_record_bytes)
            return Refusal.of(outcome.number, why, outcome.raw)
        if not outcome.fields.text.strip():
            return Refusal.of(outcome.number, Rejection("empty"), None if is_file else outcome.raw)
        return replace(outcome, raw=None) if is_file and form.compression else outcome


@dataclass(frozen=True, slots=True)
class Weight:
    """Size in bytes and SHA-256 of a record; the digest is None where not all of it could be read."""

    size: int
    sha256: str | None


def weigh(source: Source, outcome: Record | Refusal, limits: Limits) -> Weight:
    """Size and digest of a record's bytes: of the file on disk where the record is the file itself."""
    if outcome.raw is None:
        return Weight(source.size, _file_digest(source.path, limits))
    if isinstance(outcome, Refusal) and outcome.size is not None:
        return Weight(outcome.size, outcome.sha256)
    return Weight(len(outcome.raw), hashlib.sha256(outcome.raw).hexdigest())


def bytes_of(source: Source, refusal: Refusal, limits: Limits) -> bytes | Iterator[bytes] | None:
    """A refused record's bytes for keeping, at most ``max_kept_bytes``; None where nothing can be read."""
    if refusal.raw is not None:
        return refusal.raw[: limits.max_kept_bytes]
    try:
        stream = open_regular(source.path)
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
