"""A record's address, as cleaning would find it, without cleaning the record."""

from __future__ import annotations

from pipelines.clean.encoding import repair, without_surrogates
from pipelines.clean.envelope import read_envelope
from pipelines.clean.html import LARGEST, MOST_TAGS, parse, read_metadata


def address_of(content: str, text: str, url: str | None) -> str | None:
    """The address given beside a record, else the one in its envelope or in the head of its page."""
    if url and url.strip():
        return " ".join(url.split())
    found = _in_head(text) if content == "html" else read_envelope(text).fields.get("url")
    return repair(found) if found else None


def _in_head(source: str) -> str | None:
    if len(source) > LARGEST or source.count("<") > MOST_TAGS:
        return None
    tree = parse(without_surrogates(source))
    return None if tree is None else read_metadata(tree).get("url")
