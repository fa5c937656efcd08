"""JSON lines: a record is an object on a line of its own; a broken line costs that line and no other.

Record numbers are line numbers from 0: blank lines count but give no record. A file under this name that
holds one list, or one object over several lines, is read as the JSON document that it is.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipelines.ingest.encodings import wide_encoding
from pipelines.ingest.readers.json_values import parse, read_values
from pipelines.ingest.readers.rows import record_of
from pipelines.ingest.records import Opened, Record, Refusal, Rejection
from pipelines.ingest.splitting import read_lines


def read(opened: Opened) -> Iterator[Record | Refusal]:
    """The records of a file of JSON lines."""
    first = first_line(opened)
    if first.startswith("[") or first == "{":
        return read_elements(opened)
    return read_object_lines(opened)


def read_object_lines(opened: Opened) -> Iterator[Record | Refusal]:
    """A record or refusal for every line that is not blank."""
    for line in read_lines(opened.stream, opened.limits.max_record_bytes):
        if isinstance(line, Refusal):
            yield line
        elif line.text.strip():
            try:
                value = parse(line.text)
            except Rejection as why:
                yield Refusal.of(line.number, why, line.raw)
            else:
                yield record_of(line.number, value, line.raw, line.encoding, opened.given)


def read_elements(opened: Opened) -> Iterator[Record | Refusal]:
    """A record or refusal for every element of a list; raises Rejection where the rest is broken."""
    values = read_values(opened.stream, opened.limits.max_record_bytes)
    for number, (value, raw, encoding) in enumerate(values):
        yield record_of(number, value, raw, encoding, opened.given)


def first_line(opened: Opened) -> str:
    """The beginning of the first line that is not blank, without taking it from the stream."""
    head = opened.stream.peek(1)
    text = head.decode(wide_encoding(head) or "utf-8", "replace")
    return text.lstrip("\ufeff \t\r\n").split("\n", 1)[0].strip()
