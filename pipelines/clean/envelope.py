"""The envelope: what a collector wrote in front of a text: `` date 2024-10-23 https://…``, header lines.

Returns the fields and the text without them. HTML has its envelope in its head: see ``html``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache

from pipelines.clean.knowledge import read_toml

ADDRESS = r"https?://\S{3,2000}"
HEADER = re.compile(r"[ \t]*([A-Za-z][A-Za-z ]{1,24}?)[ \t]*[:=][ \t]*(\S[^\r\n]{0,2000}?)[ \t]*(?:\r?\n|$)")
BLANK = re.compile(r"\s*(?:---\s*\n)?\s*")
FENCE = re.compile(r"[ \t]*---[ \t]*(?:\r?\n|$)")


@dataclass(slots=True)
class Envelope:
    """What was written in front, by field (``published``, ``url``, ``title``, ``author``, ``publisher``)."""

    fields: dict[str, str] = field(default_factory=dict)
    length: int = 0  # characters of the text that belong to the envelope


@cache
def _prefix() -> re.Pattern[str]:
    words = "|".join(re.escape(word) for word in read_toml("envelope.toml")["prefix_words"])
    day = r"(?:19|20)\d\d(?:-\d\d(?:-\d\d)?)?(?:T[\d:.+Z-]{2,25})?"
    return re.compile(rf"\s*(?:{words})[ \t]*:?[ \t]+({day})(?=\s|$)(?:[ \t]+({ADDRESS}))?", re.I)


@cache
def _names() -> dict[str, str]:
    fields = read_toml("envelope.toml")["fields"]
    return {name: target for target, names in fields.items() for name in names}


def read_envelope(text: str) -> Envelope:
    """Return the envelope at the beginning of ``text``; an empty one where there is none."""
    envelope = Envelope()
    prefix = _prefix().match(text)
    if prefix:
        envelope.length = prefix.end()
        envelope.fields["published"] = prefix[1]
        if prefix[2]:
            envelope.fields["url"] = prefix[2]
        return envelope
    _read_headers(text, envelope)
    return envelope


def _read_headers(text: str, envelope: Envelope) -> None:
    """Read lines of ``name: value`` for as long as the names are known ones."""
    blank = BLANK.match(text)
    at = blank.end() if blank else 0
    while header := HEADER.match(text, at):
        target = _names().get(" ".join(header[1].casefold().split()))
        if target is None:
            break
        envelope.fields.setdefault(target, header[2].strip().strip("\"'"))
        at = envelope.length = header.end()
    fence = FENCE.match(text, at) if envelope.length else None
    if fence:
        envelope.length = fence.end()
