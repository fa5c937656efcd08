"""A byte stream to numbered lines, in bounded memory, whatever the encoding's width."""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

from pipelines.ingest.compression import read_chunks
from pipelines.ingest.encodings import Decoded, decode, decode_narrow, wide_encoding
from pipelines.ingest.records import Refusal, Rejection


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
    chunks = read_chunks(stream)
    head = next(chunks, b"")
    wide = wide_encoding(head)
    legacy = None if wide else _legacy_encoding(head)
    for number, raw in enumerate(_split(itertools.chain([head], chunks), _line_end(head, wide), limit)):
        if raw.sha256 is not None:
            why = Rejection("too-large", limit=limit)
            yield Refusal(number, why.reason, why.detail, raw.data, raw.size, raw.sha256)
            continue
        if wide is None and raw.data.isspace():  # files padded with millions of line ends
            yield Line(number, "", "utf-8", raw.data)
            continue
        try:
            decoded = _decode_line(raw.data, wide, legacy)
        except Rejection as why:
            yield Refusal.of(number, why, raw.data)
            continue
        yield Line(number, decoded.text.rstrip("\r\n"), decoded.encoding, raw.data)


def _decode_line(data: bytes, wide: str | None, legacy: str | None) -> Decoded:
    if wide is None:
        return decode_narrow(data, legacy)
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


def _split(chunks: Iterable[bytes], end: bytes, limit: int) -> Iterator[_Raw]:
    """The bytes cut behind line ends; of a line longer than ``limit`` only the beginning is held."""
    held, overlong = _Held(end), _Overlong(limit)
    for chunk in chunks:
        for line in held.add(chunk):
            yield overlong.finish(line) if overlong.size else _measured(line, limit)
            overlong = _Overlong(limit) if overlong.size else overlong
        if held.size > limit or overlong.size:
            overlong.take(held.give_all_but(held.size % len(end)))
    rest = held.give_all_but(0)
    if overlong.size:
        yield overlong.finish(rest)
    elif rest:
        yield _measured(rest, limit)


class _Held:
    """The beginning of a line whose end has not been read yet, in pieces: joining them each time would cost
    quadratic time on a long line.
    """

    def __init__(self, end: bytes) -> None:
        self._end = end
        self._pieces: list[bytes] = []
        self._last = b""  # the last bytes held: a line end may lie across the border of pieces
        self.size = 0

    def add(self, chunk: bytes) -> list[bytes]:
        """Hold the chunk too; the lines that are complete now."""
        around_border = self._last + chunk
        self._pieces.append(chunk)
        self._last = around_border[-len(self._end) :]
        self.size += len(chunk)
        if self._end not in around_border:
            return []
        *lines, rest = _cut(self.give_all_but(0), self._end)
        self._restart(rest)
        return lines

    def give_all_but(self, count: int) -> bytes:
        """What is held, except for the last ``count`` bytes, which stay."""
        data = b"".join(self._pieces)
        given = len(data) - count
        self._restart(data[given:])
        return data[:given]

    def _restart(self, data: bytes) -> None:
        self._pieces, self.size = [data], len(data)
        self._last = data[-len(self._end) :]


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
    """A line too long to be held: its beginning, size and digest; of size 0 while there is none."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._beginning = b""
        self._digest = hashlib.sha256()
        self.size = 0

    def take(self, data: bytes) -> None:
        """Measure the next bytes of the line, and let them go."""
        self._beginning += data[: self._limit - len(self._beginning)]
        self._digest.update(data)
        self.size += len(data)

    def finish(self, data: bytes) -> _Raw:
        """The line, with this as its last bytes."""
        self.take(data)
        return _Raw(self._beginning, self.size, self._digest.hexdigest())
