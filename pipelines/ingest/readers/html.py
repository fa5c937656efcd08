"""A file of HTML source is one record; its title and date are for the clean stage to read."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipelines.ingest.compression import read_whole
from pipelines.ingest.encodings import decode
from pipelines.ingest.fields import Fields, normalise
from pipelines.ingest.records import Opened, Record, Refusal

_HEAD_BYTES = 4096
_DECLARED = re.compile(
    rb"""<(?:meta|\?xml)[^>]{0,300}?(?:charset|encoding)\s{0,5}=\s{0,5}["']?\s{0,5}([\w.:-]{2,40})""", re.I
)


def read(opened: Opened) -> Iterator[Record | Refusal]:
    """The one record of the file; raises Rejection where there is none."""
    raw = read_whole(opened.stream, opened.limits.max_record_bytes)
    decoded = decode(raw, declared_encoding(raw))
    yield Record(0, Fields(normalise(decoded.text), "html"), decoded.encoding, raw)


def declared_encoding(raw: bytes) -> str | None:
    """The encoding that a page names in its head; None where it names none."""
    found = _DECLARED.search(raw[:_HEAD_BYTES])
    return found.group(1).decode("ascii", "replace") if found else None
