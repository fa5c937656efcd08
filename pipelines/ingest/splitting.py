"""A byte stream to numbered lines, in bounded memory, whatever the encoding's width."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from pipelines.ingest.encodings import Decoded, decode, wide_encoding
from pipelines.ingest.records import Refusal, Rejection

_CHUNK_BYTES = 1 << 18


@dataclass(frozen=True, slots=True)
class Line:
    """A decoded line without its end. ``raw`` is its bytes as they were read, with the end."""

    number: int
    text: str
    encoding: str
    raw: bytes


@dataclass(frozen=True, slots=True)
class _Raw:
    """A line's bytes; of one that is too long only the beginning, with size and digest of the whole."""

    data: bytes
    size: int
    sha256: str | None = None


def read_lines(stream: BinaryIO, limit: int) -> Iterator[Line | Refusal]:
    """The stream's lines, numbered from 0; one longer than ``limit`` bytes, or no text, comes as a Refusal.

    Raises what the stream raises.
    """
    head = stream.read(_CHUNK_BYTES)
    wide = wide_encoding(head)
    legacy = None if wide else _legacy_encoding(head)
    for number, raw in enumerate(_split(head, stream, _line_end(head, wide), limit)):
        if raw.sha256 is not None:
            why = Rejection("too-large", limit=limit)
            yield Refusal(number, why.reason, why.detail, raw.data, raw.size, raw.sha256)
            continue
        try:
            decoded = _decode_line(raw.data, wide, legacy)
        except Rejection as why:
            yield Refusal.of(number, why, raw.data)
            continue
        yield Line(number, decoded.text.rstrip("\r\n"), decoded.encoding, raw.data)


def _decode_line(data: bytes, wide: str | None, legacy: str | None) -> Decoded:
    if wide is None:
        return decode(data, legacy)
    return Decoded(data.decode(wide, "replace").removeprefix("\ufeff"), wide)


def _legacy_encoding(head: bytes) -> str | None:
    """The encoding of a file that is not UTF-8: a single line often says too little to tell it."""
    try:
        return decode(head[: head.rfind(b"\n") + 1] or head).encoding
    except Rejection:
        return None


def _line_end(head: bytes, wide: str | None) -> bytes:
    """The bytes that end a line: a line feed, or a carriage return where the file has nothing else."""
    encoding = wide or "utf-8"
    feed, carriage = "\n".encode(encoding), "\r".encode(encoding)
    return carriage if feed not in head and carriage in head else feed


def _split(head: bytes, stream: BinaryIO, end: bytes, limit: int) -> Iterator[_Raw]:
    """Cut at line ends that lie on a character's border; longer lines are measured but not held."""
    rest, chunk = b"", head
    overlong: _Overlong | None = None
    while chunk:
        *lines, rest = _cut(rest + chunk, end)
        for line in lines:
            if overlong is not None:
                yield overlong.finish(line)
                overlong = None
            else:
                yield _measured(line, limit)
        if overlong is not None or len(rest) > limit:
            overlong = overlong or _Overlong(limit)
            rest = overlong.add(rest, len(end))
        chunk = stream.read(max(_CHUNK_BYTES, len(rest)))
    if overlong is not None:
        yield overlong.finish(rest)
    elif rest:
        yield _measured(rest, limit)


def _cut(data: bytes, end: bytes) -> list[bytes]:
    """The data cut after every line end; the last piece is what follows the last one."""
    if len(end) == 1:
        pieces = data.split(end)
        return [piece + end for piece in pieces[:-1]] + pieces[-1:]
    pieces, begin, search = [], 0, 0
    while (found := data.find(end, search)) >= 0:
        if (found - begin) % len(end):
            search = found + 1
            continue
        search = found + len(end)
        pieces.append(data[begin:search])
        begin = search
    return [*pieces, data[begin:]]


def _measured(line: bytes, limit: int) -> _Raw:
    if len(line) <= limit:
        return _Raw(line, len(line))
    return _Overlong(limit).finish(line)


class _Overlong:
    """A line that is too long to be held: its beginning, size and digest."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._beginning = b""
        self._size = 0
        self._digest = hashlib.sha256()

    def add(self, data: bytes, width: int) -> bytes:
        """Take the data but for a last broken character of ``width`` bytes, which is given back."""
        whole = len(data) - len(data) % width
        self._take(data[:whole])
        return data[whole:]

    def finish(self, data: bytes) -> _Raw:
        """The line, with this as its last bytes."""
        self._take(data)
        return _Raw(self._beginning, self._size, self._digest.hexdigest())

    def _take(self, data: bytes) -> None:
        if len(self._beginning) < self._limit:
            self._beginning += data[: self._limit - len(self._beginning)]
        self._size += len(data)
        self._digest.update(data)
