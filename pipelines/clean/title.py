"""The headline: which line it is, where its copies stand, and the title without the site's name.

Fields and HTML come first (see ``stage``); what is here reads plain text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipelines.clean.lines import Line, normalise

SUFFIX = re.compile(r"\s+(?:[|–—·»›•]|::|-{1,2}|/)\s+|\s*\|\s*")
SHORTEST, LONGEST = 3, 40  # words of a headline
SAME_START = 4  # words in common that make a cut-off copy
NEAR = 8  # lines looked back from the article's first sentence


@dataclass(frozen=True, slots=True)
class Headline:
    """A headline and the indexes of all its copies among the lines; the article follows the copy ``at``."""

    text: str
    at: int
    copies: frozenset[int]


def could_be_headline(line: Line) -> bool:
    """Say whether ``line`` has the length of a headline and does not end like a sentence of the text."""
    if not SHORTEST <= line.words <= LONGEST and not (line.words == 2 and len(line.text) > 12):
        return False
    return not line.text.endswith((".", "。", ",", ":", ";", "…")) and "://" not in line.text


def is_copy(key: str, other: str) -> bool:
    """Say whether ``other`` repeats ``key``: equal, longer by a site's name or a path, or cut off."""
    if key == other:
        return True
    if not key or key.count(" ") + 1 < SHORTEST:
        return False
    if f" {key} " in f" {other} ":
        return len(other) - len(key) <= max(60, len(key))
    return _is_cut_off(key, other)


def _is_cut_off(key: str, other: str) -> bool:
    start = " ".join(key.split()[:SAME_START])
    at = f" {other} ".find(f" {start} ")
    return start.count(" ") + 1 == SAME_START and at >= 0 and key.startswith(other[at:])


def strip_site(text: str, site: str | None) -> str:
    """Return a page's title without the names of site and section that follow, or go before, the headline."""
    parts = [part for part in SUFFIX.split(text) if part.strip()]
    if len(parts) < 2:
        return text
    longest = max(parts, key=len)
    if longest is parts[0]:
        return text[: _end_of_headline(text, parts, site)].strip()
    return longest.strip() if len(longest) > len(text) * 0.6 else text


def _end_of_headline(text: str, parts: list[str], site: str | None) -> int:
    """Cut from the end whatever part is short or names the site."""
    end = len(text)
    name = re.sub(r"\W", "", (site or "").rsplit(".", 1)[0]).casefold()
    for part in reversed(parts[1:]):
        plain = re.sub(r"\W", "", part).casefold()
        if part.count(" ") >= 4 and not (plain and name and (plain in name or name in plain)):
            break
        end = text.rfind(part, 0, end)
        separator = SUFFIX.search(text[max(0, end - 6) : end])
        end = max(0, end - 6) + separator.start() if separator else end
    return end


def find_headline(lines: list[Line], start: int, given: str | None, site: str | None) -> Headline | None:
    """Return the headline of the article whose first sentence is ``lines[start]``.

    ``given`` is the title that came beside the text, if one did: then only its copies are looked for.
    """
    if given:
        return _with_copies(lines, start, given, normalise(given))
    top = [
        i for i in range(min(start, len(lines))) if could_be_headline(lines[i]) and lines[i].reason is None
    ]
    best = max(top, key=lambda i: _support(lines, i, start), default=None)
    if best is None or _support(lines, best, start) <= 0:
        return _from_page_title(lines, start, site)
    text = lines[best].text
    return _with_copies(lines, start, strip_site(text, site) if best == 0 else text, lines[best].key)


def _support(lines: list[Line], index: int, start: int) -> float:
    """How much speaks for a line: copies above the article, the page's title, nearness to the article."""
    line = lines[index]
    others = [i for i in range(min(start + 3, len(lines))) if i != index and lines[i].words >= SHORTEST]
    copies = sum(
        is_copy(line.key, lines[i].key) for i in others[:400] if i < start or lines[i].key == line.key
    )
    titled = index != 0 and lines[0].words >= SHORTEST and is_copy(line.key, lines[0].key)
    near = max(0.0, 1 - (start - index) / NEAR)
    substance = min(line.words, 8) / 8
    alone = start <= NEAR and index <= 1
    return (
        3 * titled + 2 * min(copies, 2) * substance + near * substance + 0.5 * alone - 0.4 * (line.words < 4)
    )


def _from_page_title(lines: list[Line], start: int, site: str | None) -> Headline | None:
    if not lines or start == 0 or lines[0].reason is not None or not could_be_headline(lines[0]):
        return None
    text = strip_site(lines[0].text, site)
    return _with_copies(lines, start, text, normalise(text))


def _with_copies(lines: list[Line], start: int, text: str, key: str) -> Headline:
    copies = {
        i
        for i in range(len(lines))
        if lines[i].words <= 2 * LONGEST and not lines[i].is_prose and is_copy(key, lines[i].key)
    }
    copies |= {i for i in range(len(lines)) if lines[i].key == key}
    before = [i for i in copies if i < start]
    return Headline(text, max(before, default=-1), frozenset(copies))
