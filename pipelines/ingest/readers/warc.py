"""Web archives (WARC): every record of the archive is a record, the first number 0.

Taken are pages and plain texts: what a server answered, and the texts that crawlers make of it (WET). All
others, pictures as well as the crawler's own notes, get a refusal of fixed words that costs the ledger a few
bytes, and stay where they are. Framing is read here rather than by a library: those that there are stop at
the first lie in a header, and lose what they had read ahead when an archive is cut.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass

from pipelines.ingest.compression import BUFFER_BYTES
from pipelines.ingest.encodings import codec_for, decode
from pipelines.ingest.fields import Fields, content_of, normalise
from pipelines.ingest.readers.html import declared_encoding
from pipelines.ingest.readers.http_answer import Answer, media_type, parse_headers, read_answer
from pipelines.ingest.records import Opened, Record, Refusal, Rejection

_MAX_HEADER_BYTES = 1 << 16
_MAX_KIND = 40  # characters of a type that stand in the ledger
_BEGINNING = b"WARC/"
_HTTP = "application/http"
_PAGES = {"text/html": "html", "application/xhtml+xml": "html", "text/plain": "text"}


@dataclass(frozen=True, slots=True)
class _Head:
    """A record's header: its fields by name in small letters, and the length of its block in bytes."""

    fields: dict[str, str]
    length: int

    @property
    def kind(self) -> str:
        return self.fields.get("warc-type", "unknown").lower()


def read(opened: Opened) -> Iterator[Record | Refusal]:
    """The records of the archive. Raises Rejection where it is cut; what stands before the cut has come."""
    stream = opened.stream
    number = 0
    while (line := _next_line(stream)) is not None:
        if line.startswith(_BEGINNING):
            head = _read_head(stream)
            yield _read_record(stream, number, head, opened.limits.max_record_bytes)
        elif number == 0:
            raise Rejection("broken-warc", finding="it does not begin as a web archive does")
        else:
            yield _skip_to_next(stream, number, len(line))
        number += 1


def _next_line(stream: io.BufferedReader) -> bytes | None:
    """The next line that is not blank; None at the end."""
    while line := stream.readline(_MAX_HEADER_BYTES):
        if line.strip():
            return line
    return None


def _read_head(stream: io.BufferedReader) -> _Head | Rejection:
    """The header behind its first line, or why it cannot be used."""
    data = bytearray()
    while (line := stream.readline(_MAX_HEADER_BYTES)).strip():
        data += line
        if len(data) > _MAX_HEADER_BYTES:
            return Rejection("broken-warc", finding="a header is far too long")
    if not line:
        raise Rejection("truncated-warc")
    fields = parse_headers(bytes(data))
    length = fields.get("content-length", "")
    if not (length.isascii() and length.isdigit() and len(length) < 16):
        return Rejection("broken-warc", finding="a header does not say how long its record is")
    return _Head(fields, int(length))


def _read_record(
    stream: io.BufferedReader, number: int, head: _Head | Rejection, limit: int
) -> Record | Refusal:
    if isinstance(head, Rejection):
        return _skip_to_next(stream, number, 0, head)
    if head.kind not in ("response", "resource", "conversion"):
        return _passed_over(stream, number, Rejection("warc-bookkeeping", kind=head.kind[:_MAX_KIND]), head)
    media = media_type(head.fields.get("content-type"))
    if head.kind != "response" or media != _HTTP:
        return _read_plain(stream, number, head, limit)
    return _read_response(stream, number, head, limit)


def _read_plain(stream: io.BufferedReader, number: int, head: _Head, limit: int) -> Record | Refusal:
    """A record whose block is the text itself."""
    media = media_type(head.fields.get("content-type"))
    if media not in _PAGES:
        return _passed_over(stream, number, _not_a_page(media), head)
    if head.length > limit:
        return _passed_over(stream, number, Rejection("too-large", limit=limit), head)
    data = _exactly(stream, head.length)
    return _record(number, head, data, data, media, head.fields.get("content-type"))


def _read_response(stream: io.BufferedReader, number: int, head: _Head, limit: int) -> Record | Refusal:
    """A server's answer: its header says whether the rest is worth reading."""
    beginning = _exactly(stream, min(head.length, _MAX_HEADER_BYTES))
    rest = _Rest(head.length - len(beginning))
    try:
        answer = Answer.of(beginning)
        if answer.status // 100 != 2:
            raise Rejection("http-status", status=answer.status)
        media = answer.media or ("text/html" if content_of(_peeked(answer)) == "html" else "")
        if media not in _PAGES:
            raise _not_a_page(media)
        if head.length > limit:
            raise Rejection("too-large", limit=limit)
    except Rejection as why:
        rest.skip(stream)
        return Refusal.left(number, why, head.length)
    block = beginning + _exactly(stream, rest.length)
    try:
        payload = read_answer(answer, block[answer.body_start :], limit)
    except Rejection as why:
        return Refusal.of(number, why, block)
    return _record(number, head, block, payload, media, answer.fields.get("content-type"))


def _record(
    number: int, head: _Head, block: bytes, payload: bytes, media: str, content_type: str | None
) -> Record | Refusal:
    charset = (content_type or "").lower().partition("charset=")[2].split(";")[0].strip(" \"'")
    declared = charset if codec_for(charset) else declared_encoding(payload)
    try:
        decoded = decode(payload, declared)
    except Rejection as why:
        return Refusal.of(number, why, block)
    text = normalise(decoded.text)
    content = content_of(text) if _PAGES[media] == "text" else "html"
    url = head.fields.get("warc-target-uri", "").strip("<> ") or None
    captured = head.fields.get("warc-date", "")[:_MAX_KIND].strip() or None
    return Record(number, Fields(text, content, url=url), decoded.encoding, block, captured)


def _not_a_page(media: str) -> Rejection:
    return Rejection("not-a-page", kind=media[:_MAX_KIND] or "something without a type")


def _peeked(answer: Answer) -> str:
    return answer.beginning[answer.body_start :][:4096].decode("utf-8", "replace")


@dataclass(slots=True)
class _Rest:
    """The part of a block that has not been read, in bytes."""

    length: int

    def skip(self, stream: io.BufferedReader) -> None:
        """Read over it; raises Rejection where the archive ends before."""
        while self.length:
            piece = stream.read(min(self.length, BUFFER_BYTES))
            if not piece:
                raise Rejection("truncated-warc")
            self.length -= len(piece)


def _passed_over(stream: io.BufferedReader, number: int, why: Rejection, head: _Head) -> Refusal:
    _Rest(head.length).skip(stream)
    return Refusal.left(number, why, head.length)


def _exactly(stream: io.BufferedReader, length: int) -> bytes:
    data = stream.read(length)
    if len(data) < length:
        raise Rejection("truncated-warc")
    return data


def _skip_to_next(stream: io.BufferedReader, number: int, size: int, why: Rejection | None = None) -> Refusal:
    """The refusal of everything as far as the next line that begins a record, or the end."""
    why = why or Rejection("broken-warc", finding="something stands where a record should begin")
    while beginning := stream.peek(len(_BEGINNING)):
        if beginning.startswith(_BEGINNING):
            break
        while True:  # to the end of the line, however long it is
            line = stream.readline(BUFFER_BYTES)
            size += len(line)
            if not line or line.endswith(b"\n"):
                break
    return Refusal.left(number, why, size)
