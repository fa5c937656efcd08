"""Where the article begins and ends among a page's lines, and which lines between belong to it.

Lines come with the reason that their wording or shape gave them (``chrome``, ``marks``). Here the
neighbourhood speaks: prose draws the lines around it in, menus and headings of link lists push them out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipelines.clean.lines import Line
from pipelines.clean.marks import is_comment_line

PROSE_TOP = 60  # words: a longer sentence line is worth no more
MENU_COST = 3.0  # what a short line that is no sentence costs
CHROME_COST = 10.0
DATE_COST = 10.0  # a date or author line where the story is under way: it heads another story
LIST_COST = 12.0  # a heading over links
END_COST = 30.0  # comments, copyright
TOLD = 40  # words of prose after which an article may end
TOLD_SHARE = 0.4  # and this share of all prose
ABOUT_SHARE = 0.7  # more before the heading "About …", which may also stand inside an article
COMMENT_REACH = 15  # lines after a heading among which comments begin
COMMENTS = 2
LIST_REACH = 6  # lines after the heading of a link list that may belong to it
SUBHEADS = 2  # so many short lines between prose are subheads; more are a list
FEW_LINES = 8  # a text of so few lines is no menu
CLOSE = 3  # lines from one sentence to the next of the same group
MENU_LINES = 8  # a part of the page with so many lines that are no sentences is links
REST_WORDS = 90  # a group of sentences behind the article has so many words, or it is a teaser
FULL_LINES = 5.0  # words: a list whose lines average more belongs to the text


HEADING_LINES = 1  # between the article and a list that belongs to it
ITEMS, ITEM_WORDS = 3, 4  # a list has so many items, of so many words on average
ITEM = re.compile(r"(?:[•*▪●◦‣–—-]\s?\w|\(?\d{1,3}[.):]\s|[^\W\d_]{3,9}\.? \d{1,2}\b)")


@dataclass(frozen=True, slots=True)
class Zone:
    """Indexes of the article's first line and of the line after its last; empty when equal."""

    start: int
    end: int


def score(line: Line) -> float:
    """What a line by itself says for (above 0) or against (below 0) being inside the article."""
    if line.reason is not None:
        return {"list": -LIST_COST, "end": -END_COST, "neutral": 0.0}.get(line.effect, -CHROME_COST)
    if line.closed:
        return float(min(line.words, PROSE_TOP)) if line.words >= 10 else line.words * 0.5
    if line.words >= 15:
        return line.words * 0.2
    return -MENU_COST if line.words < 10 else -1.0


def end_of_telling(lines: list[Line]) -> int:
    """Return the index of the line (comments, copyright) that ends the article above it, else how many."""
    total = sum(line.words for line in lines if line.is_prose and line.reason is None)
    told = 0
    for index, line in enumerate(lines):
        if line.effect == "end" and told >= TOLD:
            share = ABOUT_SHARE if line.reason == "about_author" else TOLD_SHARE
            if told >= share * total or opens_comments(lines, index):
                return index
        elif line.is_prose and line.reason is None:
            told += line.words
    return len(lines)


def reads_like_text(lines: list[Line], stop: int) -> bool:
    """Say whether lines without a whole sentence are text all the same: few, or long on average."""
    left = [line for line in lines[:stop] if line.reason is None]
    return len(left) <= FEW_LINES or sum(line.words for line in left) >= FULL_LINES * len(left)


def opens_comments(lines: list[Line], index: int) -> bool:
    """Say whether readers' comments follow: several heads of comments close after the line."""
    return sum(is_comment_line(line) for line in lines[index + 1 : index + 1 + COMMENT_REACH]) >= COMMENTS


def extend_over_items(lines: list[Line], zone: Zone, stop: int) -> Zone:
    """Return the zone with the list of like items (bullets, numbers, days) that directly follows, if any."""
    first = zone.end
    while first < stop and first <= zone.end + HEADING_LINES and not ITEM.match(lines[first].text):
        if lines[first].reason is not None:
            return zone
        first += 1
    last = first
    while last < stop and ITEM.match(lines[last].text) and lines[last].reason is None:
        last += 1
    items = lines[first:last]
    full = len(items) >= ITEMS and sum(line.words for line in items) >= ITEM_WORDS * len(items)
    return Zone(zone.start, last) if full else zone


def extend_over_opening(lines: list[Line], zone: Zone) -> Zone:
    """Return the zone with the line before it that announces its first ("They agreed to:"), if one does."""
    before = zone.start - 1
    announces = zone.start < zone.end and before >= 0 and lines[before].reason is None
    if announces and lines[before].words > 2 and lines[before].text.endswith((":", "：")):
        return Zone(before, zone.end)
    return zone


def find_zone(lines: list[Line], stop: int) -> Zone:
    """Return the run of lines before ``stop`` whose scores sum highest (one pass)."""
    best, best_zone = 0.0, Zone(0, 0)
    running, start = 0.0, 0
    for index in range(stop):
        line = lines[index]
        running += score(line) if line.effect != "neutral" or running < TOLD else -DATE_COST
        if running <= 0:
            running, start = 0.0, index + 1
        elif running > best:
            best, best_zone = running, Zone(start, index + 1)
    return best_zone


def mark_link_lists(lines: list[Line], stop: int) -> None:
    """Give the short lines right after a heading of links the heading's reason."""
    for index in range(stop):
        if not heads_links(lines[index]):
            continue
        for after in range(index + 1, min(index + 1 + LIST_REACH, stop)):
            line = lines[after]
            if line.words >= 15 or line.is_prose or line.effect in ("list", "end") or line.text[-1] in ":：":
                break
            if line.reason is None:
                line.drop("related_links", f"under {lines[index].detail}")


def heads_links(line: Line) -> bool:
    """Say whether links follow ``line``: it is known as a heading over them, or is a button with a colon."""
    return line.effect == "list" or (line.reason == "navigation" and line.text[-1] in ":：")


def drop_outside(lines: list[Line], zone: Zone, stop: int, headline: int) -> None:
    """Name the reason for each line outside the zone.

    Whole sentences stay where they may be a lead (between headline and zone) or a part of the article that
    was cut off (a group of some length, or no menus about); what stands among menus goes.
    """
    menu_above = sum(not line.is_prose for line in lines[: max(headline, 0)]) >= MENU_LINES
    menu_below = sum(not line.is_prose for line in lines[zone.end : stop]) >= MENU_LINES
    for group in _groups(lines, zone, stop):
        words = sum(lines[index].words for index in group)
        for index in group:
            if index >= zone.end and menu_below and words < REST_WORDS:
                lines[index].drop("teaser", f"{words} words of sentences here")
            elif index < min(headline, zone.start) and menu_above:
                lines[index].drop("before_article")
    for index, line in enumerate(lines):
        if line.reason is not None or zone.start <= index < zone.end:
            continue
        if index >= stop or not line.is_prose:
            line.drop("before_article" if index < zone.start else "after_article")


def _groups(lines: list[Line], zone: Zone, stop: int) -> list[list[int]]:
    """Return the indexes of whole sentences outside the zone, those close together as one group."""
    groups: list[list[int]] = []
    for index, line in enumerate(lines[:stop]):
        if line.reason is not None or not line.is_prose or zone.start <= index < zone.end:
            continue
        if groups and index - groups[-1][-1] <= CLOSE and (index < zone.start or groups[-1][-1] >= zone.end):
            groups[-1].append(index)
        else:
            groups.append([index])
    return groups


def drop_lists_inside(lines: list[Line], zone: Zone) -> None:
    """Drop runs of short lines between the zone's sentences, unless they are few or read like text."""
    run: list[Line] = []
    for index in range(zone.start, zone.end + 1):
        line = lines[index] if index < zone.end else None
        if line is not None and line.reason is not None:
            continue
        if line is not None and not line.closed and line.words < 10:
            run.append(line)
            continue
        if len(run) > SUBHEADS and sum(each.words for each in run) < FULL_LINES * len(run):
            for each in run:
                each.drop("link_list", f"{len(run)} short lines in a row")
        run = []


def drop_repeats(lines: list[Line]) -> None:
    """Keep the first of equal lines; the later ones get the reason ``repeat``."""
    seen: dict[str, int] = {}
    for line in lines:
        if line.reason is not None:
            continue
        if line.key in seen and line.key:
            line.drop("repeat", f"of line {seen[line.key] + 1}")
        seen.setdefault(line.key, line.first)
