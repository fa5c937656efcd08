"""Opening files: expansion while reading, bounds on what a small file may become, and faults by name.

A new compression is one more entry in ``_EXPANDERS``, its ending in ``data/formats.csv`` and its first bytes
in ``data/contents.csv``. Archives of many files are in ``archives``.
"""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import os
import stat
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Protocol, cast

import pyarrow as pa

from pipelines.ingest.limits import Limits
from pipelines.ingest.records import Rejection

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

BUFFER_BYTES = 1 << 18
_DO_NOT_WAIT = getattr(os, "O_NONBLOCK", 0)  # opening a pipe would wait for somebody to write into it
_HEAD_BYTES = 1 << 12
_XZ_MEMORY = 1 << 27  # bytes; the strongest usual setting needs 65 MB, and a header can ask for gigabytes


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


class _Decompressor(Protocol):
    """What the standard library's decompressors of bzip2 and xz share."""

    @property
    def eof(self) -> bool: ...
    @property
    def needs_input(self) -> bool: ...
    @property
    def unused_data(self) -> bytes: ...
    def decompress(self, data: bytes, /, max_length: int = -1) -> bytes: ...


class _Streams(io.RawIOBase):
    """The expanded bytes of one compressed stream or several in a row, a bounded piece at a time.

    The library's file classes would do, but they cannot be told how much memory a decompressor may take.
    """

    def __init__(self, raw: BinaryIO, start: Callable[[], _Decompressor]) -> None:
        self._raw = raw
        self._start = start
        self._current: _Decompressor | None = None
        self._waiting = b""

    def read1(self, size: int = BUFFER_BYTES, /) -> bytes:
        """At most ``size`` bytes; nothing at the end. EOFError where the stream is cut."""
        while True:
            if self._current is None or self._current.needs_input:
                self._waiting = self._waiting or read_some(self._raw, BUFFER_BYTES)
                if not self._waiting and self._current is None:
                    return b""
                if not self._waiting:
                    raise EOFError
            self._current = self._current or self._start()
            data = self._current.decompress(self._waiting, max_length=size)
            self._waiting = b""
            if self._current.eof:
                # Between streams, and behind the last one, files may be padded with zeros.
                self._waiting, self._current = self._current.unused_data.lstrip(b"\0"), None
            if data:
                return data


def _zstandard(raw: BinaryIO) -> BinaryIO:
    # Arrow's reader notices when a stream is cut, which most others pass over in silence.
    return cast(BinaryIO, pa.CompressedInputStream(pa.PythonFile(raw, mode="r"), "zstd"))


_EXPANDERS: dict[str, Callable[[BinaryIO], BinaryIO]] = {
    "gzip": lambda raw: cast(BinaryIO, gzip.GzipFile(fileobj=raw, mode="rb")),
    "bzip2": lambda raw: cast(BinaryIO, _Streams(raw, bz2.BZ2Decompressor)),
    "xz": lambda raw: cast(BinaryIO, _Streams(raw, lambda: lzma.LZMADecompressor(memlimit=_XZ_MEMORY))),
    "zstandard": _zstandard,
}


class Allowance:
    """How many bytes may still come out of a file of ``size`` bytes on disk."""

    def __init__(self, size: int, limits: Limits) -> None:
        self._left = max(limits.expansion_floor_bytes, limits.max_expansion * size)
        self._whole = limits.max_file_bytes
        self._limits = limits

    def take(self, count: int) -> None:
        """Count bytes that came out; raises Rejection where they are more than real text expands to."""
        self._left -= count
        self._whole -= count
        if self._left < 0:
            raise Rejection("expansion-bound", times=self._limits.max_expansion)
        if self._whole < 0:
            raise Rejection("file-too-large", limit=self._limits.max_file_bytes)


class Expanded(io.RawIOBase):
    """The expanded bytes of a compressed stream. Raises Rejection for damage and for bombs."""

    def __init__(self, inner: BinaryIO, compression: str, allowances: tuple[Allowance, ...]) -> None:
        self._inner = inner
        self._compression = compression
        self._allowances = allowances

    def readable(self) -> bool:
        """Yes."""
        return True

    def close(self) -> None:
        """Close what is under it too."""
        self._inner.close()
        super().close()

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        """Fill the buffer as far as there is something at once."""
        view = memoryview(buffer).cast("B")
        data = self._read(len(view))
        for allowance in self._allowances:
            allowance.take(len(data))
        view[: len(data)] = data
        return len(data)

    def _read(self, limit: int) -> bytes:
        try:
            return read_some(self._inner, limit)
        except EOFError:
            raise Rejection("truncated") from None
        except (zlib.error, lzma.LZMAError, zipfile.BadZipFile):
            raise Rejection("corrupt-compression", compression=self._compression) from None
        except OSError as fault:
            if fault.errno is not None:  # the disk's fault, not the file's
                raise
            reason = "truncated" if "Truncated" in str(fault) else "corrupt-compression"
            facts = {"compression": self._compression} if reason == "corrupt-compression" else {}
            raise Rejection(reason, **facts) from None


def open_regular(path: Path) -> io.FileIO:
    """A file's bytes as they are on disk. Raises OSError as opening does, Rejection for a pipe or device."""
    raw = io.FileIO(path, opener=lambda name, flags: os.open(name, flags | _DO_NOT_WAIT))
    if not stat.S_ISREG(os.fstat(raw.fileno()).st_mode):
        raw.close()
        raise Rejection("not-a-file")
    return raw


def open_source(path: Path, limits: Limits, progress: Callable[[int], None]) -> tuple[io.BufferedReader, int]:
    """The file's bytes as a buffered stream, and its size in bytes.

    ``progress`` is told of bytes on disk as they are read. Raises OSError as opening does, and Rejection
    for a file that is too large.
    """
    raw = open_regular(path)
    size = raw.seek(0, io.SEEK_END)
    raw.seek(0)
    if size > limits.max_file_bytes:
        raw.close()
        raise Rejection("file-too-large", limit=limits.max_file_bytes)
    return io.BufferedReader(_Metered(raw, progress), BUFFER_BYTES), size


def expand(
    stream: BinaryIO, compression: str, size: int, limits: Limits, allowances: tuple[Allowance, ...] = ()
) -> io.BufferedReader:
    """The expanded bytes of a compressed stream of ``size`` bytes, whose beginning has been recognised.

    What comes out counts against ``allowances`` too. Reads raise Rejection for damaged or overgrown content.
    """
    inner = _EXPANDERS[compression](stream)
    bounds = (Allowance(size, limits), *allowances)
    return io.BufferedReader(Expanded(inner, compression, bounds), BUFFER_BYTES)


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
        while len(head) < _HEAD_BYTES and (piece := read_some(stream, BUFFER_BYTES)):
            head += piece
    except Rejection:
        if head:
            yield bytes(head)
        raise
    while head:
        yield bytes(head)
        head = bytearray(read_some(stream, BUFFER_BYTES))


def read_whole(stream: BinaryIO, limit: int) -> bytes:
    """Everything in the stream; raises Rejection where that is more than ``limit`` bytes."""
    data = stream.read(limit + 1)
    if len(data) > limit:
        raise Rejection("too-large", limit=limit)
    return data
