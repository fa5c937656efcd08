"""A second article behind the first in one text: where it begins, by evidence that agrees.

Scrapers glue articles where a page loads the next one below, or where records are joined without a mark. What
belongs here: finding the line from which on the text is another article. What does not: where the first one ends
(``article``), lists of teasers (``context``), and telling apart records of a file (the ingest stage).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipelines.clean.envelope import read_envelope
from pipelines.clean.lines import LONG, PROSE, Line, normalise
from pipelines.clean.title import could_be_headline, slug_words

HEAD_WORDS = 4  # words of a headline; the name of a commenter is shorter
TELLING, TELLING_WORDS = (
    2,
    40,
)  # sentences and words of the first article before, and of the second after, its head
SIGNED = 3  # lines below a headline in which a date or an author stands
LEAD = 6  # lines below a headline in which its story begins
FURNITURE = (
    2  # lines of the page between the two, unless one of them ends an article or heads a list of links
)
MOST = 2  # more heads than this are the entries of a live report, a digest or a page of posts
TOPIC = 6  # letters of words that tell what a text is about
SAME_TOPIC = 0.2  # share of the shorter one's words that the other holds too, where both tell of one matter
SAME_HEAD = 0.34  # the same for the words of the second's headline
NAMED = 0.5  # share of an address's words that stand in the article it leads to
OPENING = 90  # characters in which a dateline ends
BEGINS = re.compile(r"[\"'“„‘¿¡(]?\w|«[^«»]{1,200}»")  # what a headline begins with; links begin with signs
DATELINE = re.compile(r"[^\W\d_a-zà-ÿ]{3}[^.!?\n]{0,70}(?:\s[–—-]{1,2}\s|\)\s?[–—:-])")


def find_second(lines: list[Line], title: str | None, url: str | None) -> int | None:
    """Return the index of the line with which a second article begins, or None.

    ``title`` and ``url`` are what is known of the first. Lines come with the reasons their wording gave them.
    """
    joined = next((index for index in _envelopes(lines, url) if _tells(lines[:index])), None)
    if joined is not None:
        return joined
    heads = list(_heads(lines))
    if not 1 <= len(heads) <= MOST:
        return None
    at = heads[0]
    if not _is_told_of(lines, at, title, url) or not _differ(lines, at, title):
        return None
    return at - 1 if lines[at - 1].effect == "neutral" else at


def mark_second(lines: list[Line], start: int) -> None:
    """Give the lines from ``start`` on, as far as they are no part of the page, the reason ``second_article``."""
    detail = f"begins with “{lines[start].text[:60]}”"
    for line in lines[start:]:
        if line.reason is None or line.effect == "neutral":
            line.drop("second_article", detail)
            line.effect = "line"


def _envelopes(lines: list[Line], url: str | None) -> Iterator[int]:
    """Yield the lines that begin as a collector's line in front of a text does: a day and another address."""
    for index, line in enumerate(lines):
        if "://" in line.text and index and len(line.text) <= LONG:
            fields = read_envelope(f" {line.text}").fields
            if "published" in fields and fields.get("url", url) != url:
                yield index


def _heads(lines: list[Line]) -> Iterator[int]:
    """Yield the lines that look like the headline of a further article: page before, then date or author, then story."""
    told = words = 0
    since: list[Line] = []  # lines of the page since the last sentence
    for index, line in enumerate(lines):
        if line.is_prose and line.reason is None:
            told, words, since = told + 1, words + line.words, []
        elif line.reason is not None and line.effect != "neutral":
            since.append(line)
        elif told >= TELLING and words >= TELLING_WORDS and _parts(since) and _heads_story(lines, index):
            yield index
            told, words, since = 0, 0, []


def _parts(page: list[Line]) -> bool:
    return len(page) >= FURNITURE or any(line.effect in ("end", "list") for line in page)


def _heads_story(lines: list[Line], at: int) -> bool:
    """Say whether ``lines[at]`` is a headline with a date, author or dateline, and a story of some length."""
    head = lines[at]
    worded = head.words >= HEAD_WORDS and BEGINS.match(head.text) is not None
    if head.reason is not None or not worded or not could_be_headline(head):
        return False
    lead = next((i for i in range(at + 1, min(at + 1 + LEAD, len(lines))) if _is_story(lines[i])), None)
    if lead is None:
        return False
    signed = any(line.effect == "neutral" for line in lines[max(at - 1, 0) : min(at + 1 + SIGNED, lead)])
    return (signed or DATELINE.match(lines[lead].text[:OPENING]) is not None) and _tells(lines[lead:])


def _is_story(line: Line) -> bool:
    return line.is_prose and line.reason is None


def _tells(lines: list[Line]) -> bool:
    """Say whether sentences of some length stand among ``lines``, before anything that ends an article."""
    told = words = 0
    for line in lines:
        if _is_story(line):
            told, words = told + 1, words + line.words
        elif line.effect == "end" and told:
            break
        if told >= TELLING and words >= TELLING_WORDS:
            return True
    return False


def _is_told_of(lines: list[Line], at: int, title: str | None, url: str | None) -> bool:
    """Say whether title or address speak of what stands before ``at``, and not of what stands behind.

    Where neither is known, the first article must have a head as the second has, and an end.
    """
    named = frozenset(normalise(title or "").split()) | slug_words(url)
    first, second = lines[:at], lines[at:]
    if any(len(word) >= TOPIC for word in named.intersection(lines[at].key.split())):
        return False  # a box on the same matter, behind which the article may go on
    if named:
        before, behind = len(named & _words(first, 1)), len(named & _words(second, 1))
        return before >= NAMED * len(named) and behind <= SAME_HEAD * len(named)
    story = next((index for index, line in enumerate(first) if _is_story(line)), 0)
    headed = any(line.reason is None and could_be_headline(line) for line in first[:story])
    ended = any(line.effect == "end" for line in first[story:])
    return headed and ended and any(line.effect == "neutral" for line in first[:story])


def _differ(lines: list[Line], at: int, title: str | None) -> bool:
    """Say whether the article that begins at ``at`` tells of another matter than what stands before it."""
    stories = (
        [line for line in lines[:at] if _is_story(line)],
        [line for line in lines[at:] if _is_story(line)],
    )
    first, second = _words(stories[0], TOPIC), _words(stories[1], TOPIC)
    shorter = min(len(first), len(second))
    if shorter < PROSE or len(first & second) > SAME_TOPIC * shorter:
        return False
    head = {word for word in lines[at].key.split() if len(word) >= HEAD_WORDS}
    before = _words(stories[0], HEAD_WORDS) | set(normalise(title or "").split())
    return bool(head) and len(head & before) <= SAME_HEAD * len(head)


def _words(lines: list[Line], least: int) -> set[str]:
    """The words, of so many letters at ``least``, of the lines that have no reason against them."""
    keys = (line.key for line in lines if line.reason is None and len(line.text) <= LONG)
    return {word for key in keys for word in key.split() if len(word) >= least}
