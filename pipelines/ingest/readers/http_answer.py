"""A server's answer as a web archive holds it: status, header fields, and the page without its packing.

Archives lie: many crawlers take a page's packing off and leave the header that tells of it. So what is not
packed as it says is taken as it is.
"""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Callable
from dataclasses import dataclass

import pyarrow as pa

from pipelines.ingest.records import Rejection

_STATUS = re.compile(rb"HTTP/\d(?:\.\d)? {1,5}(\d{3})\b")
_END = re.compile(rb"\r?\n\r?\n")
_CHUNK_SIZE = re.compile(rb"\s{0,4}([0-9a-fA-F]{1,8})[^\r\n]{0,200}\r?\n")
_FIELD = re.compile(rb"[!-9;-~]{1,100}")
_PIECE = 1 << 16
_MOST_PACKINGS = 3


@dataclass(frozen=True, slots=True)
class Answer:
    """The head of an answer: ``beginning`` is what was read of it, where the body starts at ``body_start``."""

    status: int
    fields: dict[str, str]
    beginning: bytes
    body_start: int

    @classmethod
    def of(cls, beginning: bytes) -> Answer:
        """The head that stands in an answer's first bytes; raises Rejection where none does."""
        status, end = _STATUS.match(beginning), _END.search(beginning)
        if status is None or end is None:
            raise Rejection("broken-http", finding="it does not begin with a status and header")
        return cls(int(status[1]), parse_headers(beginning[status.end() : end.start()]), beginning, end.end())

    @property
    def media(self) -> str:
        """The media type in small letters, without parameters; empty where none is given."""
        return media_type(self.fields.get("content-type"))


def media_type(content_type: str | None) -> str:
    """The type without its parameters, in small letters."""
    return (content_type or "").split(";", 1)[0].strip().lower()


def parse_headers(data: bytes) -> dict[str, str]:
    """Header fields by name in small letters; of a field given twice the first counts."""
    fields: dict[str, str] = {}
    for line in data.splitlines():
        name, colon, value = line.partition(b":")
        if colon and _FIELD.fullmatch(name.strip()):
            fields.setdefault(name.strip().decode("ascii").lower(), _text(value))
    return fields


def _text(value: bytes) -> str:
    text = value.decode("utf-8", "replace").strip()
    return "".join(char if char.isprintable() else " " for char in text)


def read_answer(answer: Answer, body: bytes, limit: int) -> bytes:
    """The page in the body; raises Rejection for one that is damaged or longer than ``limit`` bytes."""
    if "chunked" in answer.fields.get("transfer-encoding", "").lower():
        body = _without_chunks(body)
    names = answer.fields.get("content-encoding", "").lower().split(",")
    if len(names) > _MOST_PACKINGS:
        raise Rejection("broken-http", finding="it says to be packed again and again")
    for name in reversed([name.strip().removeprefix("x-") for name in names]):
        body = _unpacked(body, name, limit)
    if len(body) > limit:
        raise Rejection("too-large", limit=limit)
    return body


def _without_chunks(body: bytes) -> bytes:
    pieces: list[bytes] = []
    position = 0
    while size := _CHUNK_SIZE.match(body, position):
        count = int(size[1], 16)
        if count == 0:
            return b"".join(pieces)
        pieces.append(body[size.end() : size.end() + count])
        position = size.end() + count
        position += 2 if body.startswith(b"\r\n", position) else 1
    return b"".join(pieces) if position >= len(body) > 0 else body


def _unpacked(body: bytes, name: str, limit: int) -> bytes:
    if name not in _READERS or not body:
        return body
    try:
        return _READERS[name](body, limit)
    except (zlib.error, OSError):
        if _looks_plain(body):
            return body
        raise Rejection("broken-http", finding=f"its {name} packing is damaged") from None


def _looks_plain(body: bytes) -> bool:
    if body.lstrip().startswith(b"<"):
        return True
    try:
        body.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _gzip(body: bytes, limit: int) -> bytes:
    return _inflated(body, 31, limit)


def _deflate(body: bytes, limit: int) -> bytes:
    try:
        return _inflated(body, 15, limit)
    except zlib.error:  # many servers leave the wrapper out
        return _inflated(body, -15, limit)


def _inflated(body: bytes, window: int, limit: int) -> bytes:
    data = zlib.decompressobj(window).decompress(body, limit + 1)
    if len(data) > limit:
        raise Rejection("too-large", limit=limit)
    return data


def _by_arrow(name: str) -> Callable[[bytes, int], bytes]:
    def read(body: bytes, limit: int) -> bytes:
        pieces, size = [], 0
        with pa.CompressedInputStream(pa.PythonFile(io.BytesIO(body), mode="r"), name) as stream:
            while piece := stream.read(_PIECE):
                pieces.append(piece)
                size += len(piece)
                if size > limit:
                    raise Rejection("too-large", limit=limit)
        return b"".join(pieces)

    return read


_READERS: dict[str, Callable[[bytes, int], bytes]] = {
    "gzip": _gzip,
    "deflate": _deflate,
    "br": _by_arrow("brotli"),
    "zstd": _by_arrow("zstd"),
}
