"""What the commands that work without a warehouse read: JSON lines, or one plain text.

What belongs here: telling the two apart, and naming broken lines. What does not: the ledger, field aliases
and duplicates of the ingest stage: here a line is what the commands' contract says it is.
"""

from __future__ import annotations

import itertools
import re
from collections import deque
from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO

from pipelines.ingest.encodings import decode
from pipelines.ingest.fields import normalise, without_surrogates
from pipelines.ingest.limits import Limits
from pipelines.ingest.readers.json_values import parse
from pipelines.ingest.readers.rows import kind_of
from pipelines.ingest.records import Refusal, Rejection
from pipelines.ingest.splitting import Line, read_lines

_OBJECT_LINE = re.compile(r'\s*\{\s*["}]')
_DOCUMENT_LINE = re.compile(r"\s*[\[{]")

_MAX_BLANK_LINES = 10_000  # of any more in front of a text only the last are kept


class BadLine(ValueError):  # noqa: N818  (most callers report it rather than raise it)
    """A line that cannot be used: ``line`` counts from 1, ``reason`` is a word, ``detail`` a sentence."""

    def __init__(self, line: int, why: Rejection | Refusal) -> None:
        self.line = line
        self.reason = why.reason
        self.detail = why.detail
        super().__init__(f"line {line}: {why.detail}")


def read_jsonl_or_text(
    stream: BinaryIO, name: str = "stdin", limits: Limits | None = None
) -> Iterator[dict[str, Any] | BadLine]:
    r"""The objects of a stream of JSON lines, or one object ``{"id": name, "text": …}`` for a plain text.

    A line that cannot be used comes as a BadLine in its place, to be raised or reported, and the next lines
    go on. Blank lines are passed over. An object or a list over several lines is read as well. JSON strings
    are given as they are, but for lone surrogates, which become U+FFFD; plain text has its line ends made
    ``\n``. Memory: a line, or a plain text, of at most ``limits.max_record_bytes``.
    """
    limit = (limits or Limits()).max_record_bytes
    lines = read_lines(stream, limit)
    beginning = _to_first_with_text(lines)
    if not beginning or _is_blank(first := beginning[-1]):
        return
    if isinstance(first, Line) and _OBJECT_LINE.match(first.text):
        yield from (_object(line) for line in itertools.chain([first], lines) if not _is_blank(line))
        return
    try:
        text = _whole_text(itertools.chain(beginning, lines), limit)
    except Rejection as why:
        yield BadLine(first.number + 1, why)
    else:
        yield from _objects(text, first.number + 1) or [{"id": name, "text": text}]


def _to_first_with_text(lines: Iterator[Line | Refusal]) -> deque[Line | Refusal]:
    """The lines as far as the first that is not blank. A plain text keeps them all: offsets count them."""
    beginning: deque[Line | Refusal] = deque(maxlen=_MAX_BLANK_LINES)
    for line in lines:
        beginning.append(line)
        if not _is_blank(line):
            break
    return beginning


def _is_blank(line: Line | Refusal) -> bool:
    return isinstance(line, Line) and not line.text.strip()


def _object(line: Line | Refusal) -> dict[str, Any] | BadLine:
    if isinstance(line, Refusal):
        return BadLine(line.number + 1, line)
    try:
        return _checked(parse(line.text))
    except Rejection as why:
        return BadLine(line.number + 1, why)


def _checked(value: object) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise Rejection("not-an-object", kind=kind_of(value))
    return {
        without_surrogates(key): without_surrogates(item) if isinstance(item, str) else item
        for key, item in value.items()
    }


def _whole_text(lines: Iterable[Line | Refusal], limit: int) -> str:
    """All the lines as one text, decoded as a whole; raises Rejection for too many, or no text."""
    raw = bytearray()
    for line in lines:
        if isinstance(line, Refusal) and line.size is not None:
            raise Rejection("too-large", limit=limit)
        raw += line.raw or b""
        if len(raw) > limit:
            raise Rejection("too-large", limit=limit)
    return normalise(decode(bytes(raw)).text)


def _objects(text: str, line: int) -> list[dict[str, Any] | BadLine]:
    """The objects of a JSON document over several lines; nothing where the text is no such document."""
    if not _DOCUMENT_LINE.match(text):
        return []
    try:
        value = parse(text)
        return [_checked(item) for item in (value if isinstance(value, list) else [value])]
    except Rejection as why:
        # A bracket may well begin a sentence; a brace on a line of its own does not.
        return [BadLine(line, why)] if text.lstrip().startswith("{\n") else []
