"""The headline: which line it is, where its copies stand, and the title without the site's name.

Fields and HTML come first (see ``stage``); what is here reads plain text.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from pipelines.clean.lines import Line, normalise
from pipelines.clean.site import split_url

SUFFIX = re.compile(r"\s+(?:[|–—·»›•]|::|-{1,2}|/)\s+|\s*\|\s*")
SHORTEST, LONGEST = 3, 40  # words of a headline
SAME_START = 4  # words in common that make a cut-off copy
NEAR = 8  # lines looked back from the article's first sentence
TOP = 80  # lines at the top among which cut-off copies are looked for
SLUG_WORDS = 3  # an address names the headline with so many words at least


@dataclass(frozen=True, slots=True)
class Headline:
    """A headline and the indexes of all its copies among the lines; the article follows the copy ``at``."""

    text: str
    at: int
    copies: frozenset[int]


@dataclass(frozen=True, slots=True)
class Clues:
    """What the page says about its headline besides the headline itself."""

    page_title: str  # key of the first line
    slug: frozenset[str]  # words of the address's last part
    counts: Counter[str]  # how often each line stands on the page
    cut_off: tuple[str, ...]  # keys of lines at the top that break off
    start: int  # index of the article's first sentence


def could_be_headline(line: Line) -> bool:
    """Say whether ``line`` has the length of a headline and does not end like a sentence of the text."""
    if not SHORTEST <= line.words <= LONGEST and not (line.words == 2 and len(line.text) > 12):
        return False
    return not line.text.endswith((".", "。", ",", ":", ";", "…")) and "://" not in line.text


def is_cut_off(key: str, other: str) -> bool:
    """Say whether ``other``, from some word on, is the beginning of ``key`` and breaks off."""
    start = " ".join(key.split(maxsplit=SAME_START)[:SAME_START])
    at = f" {other} ".find(f" {start} ")
    return start.count(" ") + 1 == SAME_START and at >= 0 and key.startswith(other[at:])


def strip_site(text: str, site: str | None) -> str:
    """Return a page's title without the names of site and section before or after the headline."""
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


def slug_words(url: str | None) -> frozenset[str]:
    """Return the words of the longest part of the address's path, if they could be a headline."""
    _, path, _ = split_url(url or "")
    parts = [normalise(part.replace("_", "-")).split() for part in path[:1000].split("/")]
    words = max(parts, key=len, default=[])
    named = frozenset(word for word in words if len(word) > 2 and not word.isdigit() and word != "html")
    return named if len(named) >= SLUG_WORDS else frozenset()


def find_headline(
    lines: list[Line], start: int, given: str | None, url: str | None, site: str | None
) -> Headline | None:
    """Return the headline of the article whose first sentence is ``lines[start]``.

    ``given`` is the title that came beside the text, if one did: then only its copies are looked for.
    """
    if given:
        return with_copies(lines, start, given, normalise(given))
    clues = Clues(
        page_title=lines[0].key if lines and lines[0].reason is None and lines[0].words >= SHORTEST else "",
        slug=slug_words(url),
        counts=Counter(line.key for line in lines if SHORTEST <= line.words <= LONGEST),
        cut_off=tuple(line.key for line in lines[:TOP] if line.truncated and line.words > SAME_START),
        start=start,
    )
    best, support = None, 0.0
    for index, line in enumerate(lines[:start]):
        if line.reason is None and could_be_headline(line):
            speaks = weigh(line, index, clues)
            if speaks >= support and speaks > 0:
                best, support = index, speaks
    if best is None:
        return None
    text = strip_site(lines[best].text, site) if best == 0 else lines[best].text
    return with_copies(lines, start, text, normalise(text))


def weigh(line: Line, index: int, clues: Clues) -> float:
    """How much speaks for a line: the page's title, the address, copies, nearness to the article."""
    substance = min(line.words, 8) / 8
    near = max(0.0, 1 - (clues.start - index - 1) / NEAR) * substance
    support = near + (0.5 if clues.start <= NEAR and index <= 1 else 0.0) - (0.4 if line.words < 4 else 0.0)
    if clues.counts[line.key] > 1 and line.words > SHORTEST:
        support += substance
    if clues.page_title and (
        index == 0 or (line.key in clues.page_title and f" {line.key} " in f" {clues.page_title} ")
    ):
        support += 0.8 if index == 0 else 4 * min(1.0, 1.5 * len(line.key) / len(clues.page_title))
    if clues.slug:
        shared = len(clues.slug.intersection(line.key.split())) / len(clues.slug)
        support += 3 * shared if shared >= 0.5 else 0.0
    if clues.cut_off and any(is_cut_off(line.key, key) for key in clues.cut_off):
        support += 2.0
    return support


def with_copies(lines: list[Line], start: int, text: str, key: str) -> Headline:
    """Return the headline ``text`` with its copies: equal lines, longer or cut-off ones above the article."""
    copies = {index for index, line in enumerate(lines) if line.key == key}
    for index, line in enumerate(lines[:start]):
        if line.words < SHORTEST or line.words > 2 * LONGEST or line.is_prose or not key:
            continue
        longer = key in line.key and len(line.key) - len(key) <= max(60, len(key))
        if longer or ((line.truncated or index == 0) and is_cut_off(key, line.key)):
            copies.add(index)
    return Headline(text, max((index for index in copies if index < start), default=-1), frozenset(copies))
