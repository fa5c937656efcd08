"""Lines to paragraphs: joins what was wrapped to a width, and only where the lines themselves show that.

Which paragraphs belong to the article is not asked here.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator

from pipelines.clean.lines import CLOSED, TAIL, Line, measure
from pipelines.clean.marks import opens_byline

NARROW, WIDE = 40, 120  # characters: texts are wrapped to something between
SNUG = 0.75  # a wrapped line fills at least this share of the width
EVIDENCE = 3  # so many snug lines at least
MAJORITY = 0.8
BROKEN = 0.6  # of the lines end in the middle of a sentence
CARRIED = 8  # words a line has at least before it may run on into a lower-case line


def to_lines(texts: list[str]) -> list[Line]:
    """Return measured lines for the stripped input lines ``texts``; wrapped ones come joined."""
    wrapped = is_wrapped(texts)
    lines: list[Line] = []
    start, current = 0, ""
    more: list[str] = []  # lines that carry on the current one
    for position, text in enumerate([*texts, ""]):
        if current:
            last = more[-1] if more else current
            if text and (wrapped or text[0].islower()) and runs_on(last, text, wrapped):
                more.append(text)
                continue
            lines.append(measure(join([current, *more]) if more else current, start, position - 1))
            more = []
        start, current = position, text
    return lines


def is_wrapped(texts: list[str]) -> bool:
    """Say whether most lines that another follows directly are filled to one common width."""
    inner = [line for block in _blocks(texts) for line in block[:-1]]
    if len(inner) < EVIDENCE:
        return False
    lengths = sorted(map(len, inner))
    width = lengths[int(len(inner) * 0.95)]
    if width > WIDE:
        return False
    snug = bisect_right(lengths, width * 1.1) - bisect_left(lengths, width * SNUG)
    if snug < max(EVIDENCE, MAJORITY * len(inner)):
        return False
    return sum(CLOSED.search(line[-TAIL:]) is None for line in inner) >= BROKEN * len(inner)


def _blocks(texts: list[str]) -> Iterator[list[str]]:
    """Yield the groups of lines with no empty line between them that are wide enough to tell of wrapping."""
    block: list[str] = []
    for text in [*texts, ""]:
        if text:
            block.append(text)
        elif block:
            if len(block) > 1 and max(map(len, block)) >= NARROW:
                yield block
            block = []


def runs_on(before: str, after: str, wrapped: bool) -> bool:
    """Say whether the line ``after`` carries on the line ``before``, which it follows directly."""
    if wrapped:
        return not (CLOSED.search(before[-TAIL:]) and len(before) < NARROW)
    return (
        after[0].islower()
        and (before[-1].isalpha() or before[-1] == ",")
        and len(before) < 2000
        and len(after) < 2000
        and before.count(" ") + 1 >= CARRIED
        and not opens_byline(after)
    )


def join(parts: list[str]) -> str:
    """Return the parts as one line; a word broken by a hyphen between two lower-case letters is mended."""
    whole = [parts[0]]
    for part in parts[1:]:
        last = whole[-1]
        broken = len(last) > 2 and last[-1] == "-" and last[-2].islower() and part[0].islower()
        if broken:
            whole[-1] = last[:-1]
        whole.append(part if broken else " " + part)
    return "".join(whole)
