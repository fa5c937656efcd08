"""What readers give: records, refusals of single records, and the refusal of a file's rest."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from pipelines.ingest.fields import Fields
from pipelines.ingest.limits import Limits
from pipelines.ingest.naming import Given
from pipelines.ingest.reasons import explain


class Rejection(Exception):  # noqa: N818  (it is no error of ours: refusing is what ingest is for)
    """Why something cannot be used: ``reason`` is a fixed word, ``detail`` a sentence for people."""

    def __init__(self, reason: str, **facts: object) -> None:
        self.reason = reason
        self.detail = explain(reason, **facts)
        super().__init__(f"{reason}: {self.detail}")


@dataclass(frozen=True, slots=True)
class Record:
    """A usable record.

    ``number`` is its position in the file, ``raw`` its bytes as they were read, or None where the record is
    the file itself and was not read as it stands on disk. ``captured`` is when a crawler fetched it, as the
    input states it: evidence of when it was there, and no publication date.
    """

    number: int
    fields: Fields
    encoding: str | None
    raw: bytes | None
    captured: str | None = None


@dataclass(frozen=True, slots=True)
class Refusal:
    """A record that cannot be used.

    ``raw`` holds its bytes, or None where the record is the file itself. Where a record was too long to be
    held, ``raw`` is its beginning, and ``size`` (bytes) and ``sha256`` are those of the whole. ``is_kept`` is
    false where a copy would help nobody: a crawl holds millions of pictures, which stay where they are.
    """

    number: int
    reason: str
    detail: str
    raw: bytes | None
    size: int | None = None
    sha256: str | None = None
    is_kept: bool = True

    @classmethod
    def of(cls, number: int, why: Rejection, raw: bytes | None) -> Refusal:
        """The refusal of one record for the reason that was raised."""
        return cls(number, why.reason, why.detail, raw)

    @classmethod
    def left(cls, number: int, why: Rejection, size: int) -> Refusal:
        """The refusal of a record of ``size`` bytes that is left where it is, unread."""
        return cls(number, why.reason, why.detail, b"", size, is_kept=False)


@dataclass(frozen=True, slots=True)
class Opened:
    """A file under a reader: ``stream`` gives its bytes, expanded; ``size`` is its size on disk in bytes.

    ``given`` are the user's own names of fields.
    """

    stream: io.BufferedReader
    format: str
    size: int
    limits: Limits
    given: Given = ()


Reader = Callable[[Opened], Iterator[Record | Refusal]]
"""Splits an opened file into records. Raises Rejection where the rest of the file cannot be read."""
