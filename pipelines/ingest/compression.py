"""Opening files: expansion while reading, bounds on what a small file may become, and faults by name.

A new compression is one more entry in ``_EXPANDERS`` and its ending in ``data/formats.csv``.
"""

from __future__ import annotations

import gzip
import io
import os
import stat
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, cast

from pipelines.ingest.limits import Limits
from pipelines.ingest.records import Rejection

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

_DO_NOT_WAIT = getattr(os, "O_NONBLOCK", 0)  # opening a pipe would wait for somebody to write into it
_BUFFER_BYTES = 1 << 18
_HEAD_BYTES = 1 << 12
_EXPANDERS: dict[str, Callable[[BinaryIO], BinaryIO]] = {
    "gzip": lambda raw: cast(BinaryIO, gzip.GzipFile(fileobj=raw, mode="rb")),
}


class _Metered(io.RawIOBase):
    """The bytes of a file on disk; every read tells ``progress`` how many came."""

    def __init__(self, raw: io.FileIO, progress: Callable[[int], None]) -> None:
        self._raw = raw
        self._progress = progress

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        return self._raw.seek(offset, whence)

    def tell(self) -> int:
        return self._raw.tell()

    def close(self) -> None:
        self._raw.close()
        super().close()

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        count = self._raw.readinto(buffer) or 0
        self._progress(count)
        return count


class _Expanding(io.RawIOBase):
    """The expanded bytes of a compressed stream. Raises Rejection for damage and for bombs."""

    def __init__(self, raw: BinaryIO, compression: str, size: int, limits: Limits) -> None:
        self._raw = raw
        self._expanded = _EXPANDERS[compression](raw)
        self._compression = compression
        self._allowed = max(limits.expansion_floor_bytes, limits.max_expansion * size)
        self._limits = limits
        self._given = 0

    def readable(self) -> bool:
        return True

    def close(self) -> None:
        self._expanded.close()
        self._raw.close()
        super().close()

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        view = memoryview(buffer).cast("B")
        try:
            data = read_some(self._expanded, len(view))
        except EOFError:
            raise Rejection("truncated") from None
        except (gzip.BadGzipFile, zlib.error):
            raise Rejection("corrupt-compression", compression=self._compression) from None
        self._given += len(data)
        if self._given > self._allowed:
            raise Rejection("expansion-bound", times=self._limits.max_expansion)
        view[: len(data)] = data
        return len(data)


def open_regular(path: Path) -> io.FileIO:
    """A file's bytes as they are on disk. Raises OSError as opening does, Rejection for a pipe or device."""
    raw = io.FileIO(path, opener=lambda name, flags: os.open(name, flags | _DO_NOT_WAIT))
    if not stat.S_ISREG(os.fstat(raw.fileno()).st_mode):
        raw.close()
        raise Rejection("not-a-file")
    return raw


def open_expanded(
    path: Path, compression: str | None, limits: Limits, progress: Callable[[int], None]
) -> tuple[BinaryIO, int]:
    """The file's bytes, expanded, as a buffered stream, and its size on disk in bytes.

    ``progress`` is told of bytes on disk as they are read. Raises OSError as opening does, and Rejection
    for a file that is too large; reads of the stream raise Rejection for damaged or overgrown content.
    """
    raw = open_regular(path)
    size = raw.seek(0, io.SEEK_END)
    raw.seek(0)
    if size > limits.max_file_bytes:
        raw.close()
        raise Rejection("file-too-large", limit=limits.max_file_bytes)
    stream: BinaryIO = io.BufferedReader(_Metered(raw, progress), _BUFFER_BYTES)
    if compression is None:
        return stream, size
    return io.BufferedReader(_Expanding(stream, compression, size, limits), _BUFFER_BYTES), size


def read_some(stream: BinaryIO, limit: int) -> bytes:
    """What can be had at once, at most ``limit`` bytes; nothing at the end.

    Reading on until the limit is reached would lose what was good before a fault in a compressed file.
    """
    read: Callable[[int], bytes] = getattr(stream, "read1", stream.read)
    return read(limit)


def read_chunks(stream: BinaryIO) -> Iterator[bytes]:
    """The stream in pieces, the first long enough to tell its encoding; what is good before a fault comes."""
    head = bytearray()
    try:
        while len(head) < _HEAD_BYTES and (piece := read_some(stream, _BUFFER_BYTES)):
            head += piece
    except Rejection:
        if head:
            yield bytes(head)
        raise
    while head:
        yield bytes(head)
        head = bytearray(read_some(stream, _BUFFER_BYTES))


def read_whole(stream: BinaryIO, limit: int) -> bytes:
    """Everything in the stream; raises Rejection where that is more than ``limit`` bytes."""
    data = stream.read(limit + 1)
    if len(data) > limit:
        raise Rejection("too-large", limit=limit)
    return data
