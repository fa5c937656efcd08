"""Split an article into sentences with their offsets.

Blingfire finds the boundaries inside a block of text; this module decides what a block is, and joins
what Blingfire splits too eagerly (after titles and abbreviations, initials, ordinals before a month).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from ctypes import Array, byref, c_char, c_char_p, c_int, c_int32
from functools import cache
from itertools import islice

import blingfire

from pipelines.extract.model import Sentence
from pipelines.extract.wordlists import word_pattern

# A block ends at an empty line, and at a line break unless the text plainly runs on.
_BREAK = re.compile(r"[^\S\n]*\n[^\S\n]*(?:\n\s*)?")
_RUNS_ON = re.compile(
    r"[,;:\-–—]$|\b(?:a|an|the|of|in|on|at|to|for|and|or|with|by|from|that|which|as)$", re.I
)
_MAX_BLOCK = 20_000
_ABBREVIATION = word_pattern("abbreviations", r"(?:^|[\s(“\"'‘])(?:{words})\.$")
_INITIAL = re.compile(r"(?:^|[\s.(])[A-Z]\.$")
_ORDINAL_DAY = re.compile(r"(?:^|\s)\d{1,2}\.$")
_MONTH_NEXT = re.compile(r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)", re.I)


def split_sentences(text: str) -> list[Sentence]:
    """Every sentence of the text in order; offsets are code points, surrounding white space left out."""
    spans = [span for start, end in _blocks(text) for span in _block_sentences(text, start, end)]
    return [Sentence(index, start, end, text[start:end]) for index, (start, end) in enumerate(spans)]


def _blocks(text: str) -> Iterator[tuple[int, int]]:
    """Stretches of text that no sentence crosses."""
    start = 0
    for match in _BREAK.finditer(text):
        line, following = text[start : match.start()], text[match.end() : match.end() + 1]
        single = match.group().count("\n") == 1
        if single and (following.islower() or _RUNS_ON.search(line[-12:])):
            continue
        yield from _bounded(start, match.start())
        start = match.end()
    yield from _bounded(start, len(text))


def _bounded(start: int, end: int) -> Iterator[tuple[int, int]]:
    """A block in pieces of bounded length: hostile pages hold lines of megabytes."""
    for piece in range(start, end, _MAX_BLOCK):
        yield piece, min(piece + _MAX_BLOCK, end)


def _block_sentences(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    block = text[start:end]
    if not block.strip():
        return
    # Blingfire reads NUL as the end of its input and moves offsets at line breaks; same-length stand-ins keep them.
    plain = block.replace("\n", " ").replace("\x00", " ")
    spans: list[tuple[int, int]] = []
    for first, last in _boundaries(plain):
        if spans and _belongs_together(plain[spans[-1][0] : spans[-1][1]], plain[first:last]):
            spans[-1] = (spans[-1][0], last)
        else:
            spans.append((first, last))
    for first, last in spans:
        piece = block[first:last]
        lead = len(piece) - len(piece.lstrip())
        trimmed = piece.strip()
        if trimmed:
            yield start + first + lead, start + first + lead + len(trimmed)


def _boundaries(line: str) -> Iterator[tuple[int, int]]:
    """Blingfire's sentences of a line without NUL, as code points.

    The answers of ``blingfire.text_to_sentences_and_offsets``, which spends most of its time on counting code points.
    """
    encoded = line.encode("utf-8")
    size = 2 << len(encoded).bit_length()  # at least the room that Blingfire itself gives
    text, numbers = _room(size)
    sentences, starts, ends = text(), numbers(), numbers()
    written = blingfire.blingfire.TextToSentencesWithOffsets(
        c_char_p(encoded), c_int(len(encoded)), byref(sentences), byref(starts), byref(ends), c_int(size)
    )
    if not 0 < written <= size:
        return
    count = sentences.value.count(b"\n") + 1
    for start, end in islice(zip(starts, ends, strict=True), count):
        yield _code_points(encoded, line, start), _code_points(encoded, line, end + 1)


@cache
def _room(size: int) -> tuple[type[Array[c_char]], type[Array[c_int32]]]:
    """Types of so many characters and numbers; to make a type costs more than Blingfire does with a sentence."""
    return c_char * size, c_int32 * size


def _code_points(encoded: bytes, line: str, offset: int) -> int:
    """How many code points of the line lie before an offset into its bytes."""
    return offset if len(encoded) == len(line) else len(encoded[:offset].decode("utf-8", "ignore"))


def _belongs_together(before: str, after: str) -> bool:
    """Whether a boundary between the two is an artefact of a full stop that ends no sentence."""
    tail = before[-24:]
    if _ORDINAL_DAY.search(tail) and _MONTH_NEXT.match(after):
        return True
    return bool(_ABBREVIATION.search(tail) or _INITIAL.search(tail)) and not after.startswith(("“", '"'))
