"""Source text as a reader of the page sees it, every character still at its place.

What belongs here: taking off what a format wraps around words (JSON's escapes, HTML's tags and entities) without
changing the length, so that a place in the result is the same place in the source. What does not: finding
anything in it (``words``).
"""

from __future__ import annotations

import html
import re

FILLER = "\0"
"""Stands for what an escape or entity was longer than the character it means."""

_JSON_ESCAPE = re.compile(r"\\(?:u[0-9a-fA-F]{4}|.)", re.DOTALL)
_JSON_CONTROLS = {"n": "\n", "r": "\r", "t": "\t", "b": " ", "f": " "}
_TAG = re.compile(r"<[^<>]*>")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_UNSEEN = {
    re.compile(r"<!--"): re.compile(r"-->"),
    re.compile(r"<script\b", re.IGNORECASE): re.compile(r"</script", re.IGNORECASE),
    re.compile(r"<style\b", re.IGNORECASE): re.compile(r"</style", re.IGNORECASE),
}


def without_json_escapes(source: str) -> str:
    """JSON source with its escapes as the characters they mean, followed by fillers."""
    return _JSON_ESCAPE.sub(lambda match: _padded(_meant(match.group()), match.group()), source)


def without_markup(source: str) -> str:
    """HTML source with blanks for tags, comments, scripts and styles, and entities as what they mean."""
    for opening, closing in _UNSEEN.items():
        source = _without(source, opening, closing)
    source = _TAG.sub(lambda match: " " * len(match.group()), source)
    return _ENTITY.sub(lambda match: _padded(html.unescape(match.group()), match.group()), source)


def _meant(escape: str) -> str:
    if escape[1] != "u" or len(escape) == 2:
        return _JSON_CONTROLS.get(escape[1], escape[1])
    char = chr(int(escape[2:], 16))
    return " " if "\ud800" <= char <= "\udfff" else char


def _padded(text: str, source: str) -> str:
    return text[: len(source)].ljust(len(source), FILLER)


def _without(source: str, opening: re.Pattern[str], closing: re.Pattern[str]) -> str:
    """Blanks for everything from an opening to its closing; an opening without one is left as it is."""
    pieces, position = [], 0
    while (begun := opening.search(source, position)) and (ended := closing.search(source, begun.end())):
        pieces += [source[position : begun.start()], " " * (ended.end() - begun.start())]
        position = ended.end()
    return "".join([*pieces, source[position:]])
