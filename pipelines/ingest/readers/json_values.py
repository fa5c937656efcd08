"""JSON values out of text, one after the other: a list needs the memory of its longest element."""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterator
from typing import BinaryIO

from pipelines.ingest.compression import read_chunks
from pipelines.ingest.encodings import decode, refuse_controls, refuse_known_binary, wide_encoding
from pipelines.ingest.records import Rejection

_CHUNK_BYTES = 1 << 16
_BLANKS = re.compile(r"[\s,]*")
_DECODER = json.JSONDecoder(strict=False)  # a bare line break inside a string does no harm
# A fault this far before the end of what was read is not one of having read too little.
_MARGIN = 64


def parse(text: str) -> object:
    """The value of a whole JSON text; raises Rejection (``broken-json``)."""
    try:
        return _DECODER.decode(text)
    except json.JSONDecodeError as fault:
        raise _broken(f"{fault.msg.removesuffix(' at')} at character {fault.pos + 1}") from None
    except RecursionError:
        raise _broken("it is nested too deeply") from None
    except ValueError:
        raise _broken("a number in it has too many digits") from None


def read_values(stream: BinaryIO, limit: int) -> Iterator[tuple[object, bytes, str]]:
    """The elements of the list that the stream holds, or the values that it holds side by side.

    Each comes with its bytes and encoding. Raises Rejection where the rest cannot be told apart, or where a
    value is longer than ``limit`` characters.
    """
    window = _Window(stream)
    in_list = window.next_char() == "["
    if in_list:
        window.position += 1
    while (char := window.next_char()) is not None:
        if in_list and char == "]":
            in_list = False
            window.position += 1
            continue
        value, source = window.take(limit)
        yield value, source.encode(window.encoding, "surrogatepass"), window.encoding
    if in_list:
        raise _broken("the list is not closed")


class _Window:
    """The part of the text that is being read; ``position`` is where the next value begins."""

    def __init__(self, stream: BinaryIO) -> None:
        self._chunks = read_chunks(stream)
        head = next(self._chunks, b"")
        self.encoding = _encoding_of(head)
        self._decoder = codecs.getincrementaldecoder(self.encoding)("replace")
        self._text = self._decoder.decode(head).removeprefix("\ufeff")
        self._ended = not head
        self._fault: Rejection | None = None
        self.position = 0

    def next_char(self) -> str | None:
        """The next character that is neither blank nor a comma; None at the end."""
        while True:
            found = _BLANKS.match(self._text, self.position)
            self.position = found.end() if found else self.position
            if self.position < len(self._text):
                return self._text[self.position]
            if self._ended:
                return None
            self._read_on()

    def take(self, limit: int) -> tuple[object, str]:
        """The value at the position, and its source text."""
        while True:
            try:
                value, end = _DECODER.raw_decode(self._text, self.position)
                if end < len(self._text) or self._ended:
                    source = self._text[self.position : end]
                    self.position = end
                    return value, source
            except json.JSONDecodeError as fault:
                if self._ended or self._is_final(fault):
                    raise _broken(fault.msg) from None
            except RecursionError:
                raise _broken("it is nested too deeply") from None
            except ValueError:
                raise _broken("a number in it has too many digits") from None
            if len(self._text) - self.position > limit:
                raise Rejection("too-large", limit=limit)
            self._read_on()

    def _is_final(self, fault: json.JSONDecodeError) -> bool:
        return fault.pos < len(self._text) - _MARGIN and not fault.msg.startswith("Unterminated string")

    def _read_on(self) -> None:
        """Forget what was taken, and read as much again as is held, so that long values cost linear time."""
        held = self._text[self.position :]
        data = self._read_at_least(max(_CHUNK_BYTES, len(held)))
        self._ended = not data
        self._text = held + self._decoder.decode(data, final=self._ended)
        self.position = 0

    def _read_at_least(self, wanted: int) -> bytes:
        """So many bytes or a few more; fewer at the end and before a fault, which is raised next time."""
        if self._fault is not None:
            raise self._fault
        data = bytearray()
        try:
            while len(data) < wanted and (piece := next(self._chunks, b"")):
                data += piece
        except Rejection as fault:
            if not data:
                raise
            self._fault = fault
        return bytes(data)


def _encoding_of(head: bytes) -> str:
    wide = wide_encoding(head)
    if wide is not None:
        return wide
    refuse_known_binary(head)
    refuse_controls(head)
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        return decode(head).encoding.removesuffix("-damaged")
    return "utf-8"


def _broken(finding: str) -> Rejection:
    return Rejection("broken-json", finding=finding)
