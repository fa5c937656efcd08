"""A file of plain text is one record. A page's HTML source under a name for text is read as HTML."""

from __future__ import annotations

from collections.abc import Iterator

from pipelines.ingest.compression import read_whole
from pipelines.ingest.encodings import decode
from pipelines.ingest.fields import Fields, content_of, normalise
from pipelines.ingest.records import Opened, Record, Refusal


def read(opened: Opened) -> Iterator[Record | Refusal]:
    """The one record of the file; raises Rejection where there is none."""
    raw = read_whole(opened.stream, opened.limits.max_record_bytes)
    decoded = decode(raw)
    text = normalise(decoded.text)
    yield Record(0, Fields(text, content_of(text)), decoded.encoding, raw)
