"""What the clean stage takes and gives, as plain values.

Nothing here knows how a value was found. Reading files belongs to ingest, extraction to extract.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal, NamedTuple

PUBLISHED_METHODS = (
    "explicit_field",  # a field that came beside the text
    "explicit_prefix",  # a prefix or header line in front of the text
    "explicit_url",  # the path or a parameter of the address
    "explicit_meta",  # JSON-LD, meta or time elements of an HTML page
    "explicit_line",  # a date line, or a line that says "published", "posted" …
    "explicit_dateline",  # the dateline that opens the story
    "inferred_line",  # a date line whose day, month or year needed other evidence in the document
    "none",  # the document does not say
)
"""The vocabulary of ``CleanDocument.published_method``: how sure, and where from."""


@dataclass(frozen=True, slots=True)
class RawDocument:
    """A record as ingest read it: decoded text and the fields that came beside it, all as strings."""

    document_id: str
    text: str  # HTML source when content is "html"
    content: Literal["text", "html"] = "text"
    url: str | None = None
    title: str | None = None
    author: str | None = None
    published: str | None = None
    publisher: str | None = None
    source_uri: str | None = None


class DroppedLine(NamedTuple):
    """An input line that is not in the body. ``position`` counts the input's lines from 0.

    ``reason`` is one of ``data/reasons.toml``.
    """

    position: int
    text: str
    reason: str
    detail: str = ""  # the phrase, count or other line that the reason rests on


@dataclass(frozen=True, slots=True)
class CleanDocument:
    """An article. ``body`` holds paragraphs with one empty line between them.

    ``published_on`` is a day or None; ``published_edtf`` may be less than a day (``2019-10``,
    ``XXXX-11-22``).
    ``boilerplate_share`` is the share, 0 to 1, of the non-empty input lines' characters that were dropped as
    not the article (the title is not counted as dropped). ``rejected`` is a reason for people, or None.
    """

    document_id: str
    url: str | None
    site: str | None
    publisher: str | None
    author: str | None
    title: str | None
    body: str
    language: str | None
    language_confidence: float
    published_on: date | None
    published_edtf: str | None
    published_method: str
    words: int
    boilerplate_share: float
    rejected: str | None
    dropped: tuple[DroppedLine, ...]
