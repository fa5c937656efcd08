"""One sentence in the bytes, or at least the text, of the record that it came from."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from pipelines.trace.layers import FILLER, without_json_escapes, without_markup
from pipelines.trace.words import Spot, find_sentence

_WORDS = re.compile(r"\w(?:.*\w)?", re.DOTALL)  # from the first word to the last
CONTEXT = 120  # characters of the source shown on either side

_JSON = frozenset({"json", "jsonl", "parquet", "feed"})  # what their records' bytes are written in
_MARKUP = frozenset({"html", "warc"})


@dataclass(frozen=True, slots=True)
class Sought:
    """A sentence, and the body's words next to it."""

    sentence: str
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class Located:
    """A sentence in its source.

    ``text`` is what stands there from character ``begin`` on, ``before`` and ``after`` what stands around it, all as
    written. ``lines`` says over how many lines it goes. ``start`` and ``end`` are bytes of the record, None where the
    source is a decoded text.
    """

    spot: Spot
    begin: int
    text: str
    before: str
    after: str
    lines: int
    start: int | None = None
    end: int | None = None


def locate_in_bytes(
    sought: Sought, raw: bytes, encoding: str | None, form: str, content: str
) -> Located | None:
    """The sentence in a record's bytes; None where it is not found or the bytes cannot be decoded exactly.

    ``form`` is the record's format as the ledger has it, ``content`` says whether its text is HTML.
    """
    decoding = _exact(raw, encoding)
    if decoding is None:
        return None
    text, codec, errors = decoding
    located = _locate(sought, text, form in _JSON, content == "html" or form in _MARKUP)
    if located is None:
        return None
    start = len(text[: located.begin].encode(codec, errors))
    return replace(located, start=start, end=start + len(located.text.encode(codec, errors)))


def locate_in_text(sought: Sought, text: str, content: str) -> Located | None:
    """The sentence in a text as ingest kept it; None where it is not found."""
    return _locate(sought, text, in_json=False, in_markup=content == "html")


def _locate(sought: Sought, text: str, in_json: bool, in_markup: bool) -> Located | None:
    seen = without_json_escapes(text) if in_json else text
    if in_markup:
        seen = without_markup(seen)
    spot = find_sentence(sought.sentence, seen, sought.before, sought.after)
    if spot is None:
        return None
    start, end = _with_punctuation(sought.sentence, seen, spot)
    inside = seen[start:end]
    lines = 1 if in_markup else 1 + max(inside.count("\n"), inside.count("\r"))
    before, after = text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT]
    return Located(spot, start, text[start:end], before, after, lines)


def _with_punctuation(sentence: str, seen: str, spot: Spot) -> tuple[int, int]:
    """Where the sentence begins and ends with the signs before its first word and behind its last."""
    words = _WORDS.search(sentence)
    if words is None:
        return spot.start, spot.end
    head, tail = sentence[: words.start()], sentence[words.end() :]
    return _past(head[::-1], seen, spot.start - 1, -1) + 1, _past(tail, seen, spot.end, 1)


def _past(signs: str, seen: str, position: int, step: int) -> int:
    """The position behind the signs, going on by ``step`` and passing fillers over; as it was if they differ."""
    here = position
    for sign in signs:
        while 0 <= here < len(seen) and seen[here] == FILLER:
            here += step
        if not 0 <= here < len(seen) or seen[here] != sign:
            return position
        here += step
    while signs and step > 0 and seen.startswith(FILLER, here):
        here += step
    return here


def _exact(raw: bytes, encoding: str | None) -> tuple[str, str, str] | None:
    """The text in the bytes, with codec and error handler that give the same bytes back."""
    codec = (encoding or "utf-8").removesuffix("-damaged")
    for errors in ("strict", "surrogateescape", "surrogatepass"):
        try:
            text = raw.decode(codec, errors)
            if text.encode(codec, errors) == raw:
                return text, codec, errors
        except UnicodeError:
            continue
    return None
