"""One stream of bytes to the records in it: what it is, expanded if it is compressed, and read.

What belongs here: the way from a name and a stream to a reader, the same for a file and for a member of an
archive. What does not: files on disk (``outcomes``) and archives (``archives``).
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass, replace

from pipelines.ingest.compression import Allowance, expand
from pipelines.ingest.contents import packing_of
from pipelines.ingest.formats import WHOLE_FILE_FORMATS, format_name, has_other_format, recognise
from pipelines.ingest.limits import Limits
from pipelines.ingest.naming import Given
from pipelines.ingest.readers import READERS
from pipelines.ingest.records import Opened, Record, Refusal, Rejection


@dataclass(frozen=True, slots=True)
class Packed:
    """A stream of ``size`` bytes under a name; what is expanded out of it counts against ``allowances``."""

    stream: io.BufferedReader
    name: str
    size: int
    limits: Limits
    given: Given = ()
    allowances: tuple[Allowance, ...] = ()


class Reading:
    """The records in a stream; ``format`` is what it turned out to be, once the first has been asked for."""

    def __init__(self, packed: Packed) -> None:
        self._packed = packed
        self.format = format_name(packed.name)
        self.is_expanded = False

    def __iter__(self) -> Iterator[Record | Refusal]:
        """Every record or refusal. Raises Rejection where the rest cannot be read, and OSError as reads do."""
        packed = self._packed
        stream = self._expanded(packed)
        self.format = recognise(packed.name, stream.peek(1), packed.given)
        opened = Opened(stream, self.format, packed.size, packed.limits, packed.given)
        for outcome in READERS[self.format](opened):
            yield self._checked(outcome, packed.limits)

    def _expanded(self, packed: Packed) -> io.BufferedReader:
        stream = packed.stream
        packing = packing_of(stream.peek(1))
        if packing is not None and packing[0] == "compression":
            stream = expand(stream, packing[1], packed.size, packed.limits, packed.allowances)
            self.is_expanded = True
            packing = packing_of(stream.peek(1))
        if packing is not None and not has_other_format(packed.name):
            raise Rejection("nested-archive", kind=packing[1])
        return stream

    def _checked(self, outcome: Record | Refusal, limits: Limits) -> Record | Refusal:
        """The outcome, or the refusal of a record that is too long or says nothing."""
        if isinstance(outcome, Refusal):
            return outcome
        if len(outcome.raw or b"") > limits.max_record_bytes:
            why = Rejection("too-large", limit=limits.max_record_bytes)
            return Refusal.of(outcome.number, why, outcome.raw)
        is_file = self.format in WHOLE_FILE_FORMATS
        if not outcome.fields.text.strip():
            return Refusal.of(outcome.number, Rejection("empty"), None if is_file else outcome.raw)
        return replace(outcome, raw=None) if is_file and self.is_expanded else outcome
