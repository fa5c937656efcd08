"""Rules on what surrounds a line: what looks like text by itself and is not, and the other way round.

Each rule looks at the lines near one another and needs several that agree. The search for the article's
beginning and end is in ``article``; the words that rules need are in ``data/marks.toml``.
"""

from __future__ import annotations

import re
from functools import cache

from pipelines.clean.article import TOLD, Zone
from pipelines.clean.knowledge import read_toml
from pipelines.clean.lines import LONG, Line

CARDS, CARD_HEAD = 3, 1.5  # cards in a row; lines above the sentence of each, on average
CARD_WORDS, CARD_LINES = 160, 4  # words of a card's sentence; most lines above it
MORE_TOLD = 1.5  # times as many words of prose as they hold come before cards that are not signed
FLAT, FLAT_SHARE, FLAT_PARTS = 60, 0.6, 3  # words; share that stands on other lines, and how many these are
FLAT_WORDS = 0.15  # share of the words of all sentences that a copy has at least
MOST_FLAT = 5  # so many lines are looked at: the rule must not cost more than reading the text
SHOUTED = 5  # words of a link in capitals
SOURCES, QUOTED = 4, 3  # works in a row; one in so many has its title between quotation marks
TIME_WORDS = 6
TIMES_ARE = (None, "numbers_or_symbols", "before_article", "link_list")  # what other rules take times for
STAMPS = 3  # times or days that head parts of a text
BIO_PLACE, BIO_WORDS, BIO_START = (
    0.6,
    90,
    10,
)  # share of prose before it; its words; the name is among its first
ENDS_IN_YEAR = re.compile(r"\b(?:19|20)\d\d\W{0,2}$")
QUOTE = re.compile(r"[\"“”„»«]")
ASKED = re.compile(r"[QAFR]\d{0,2}\s?[:.]\s")  # question and answer of an interview
TIME = re.compile(
    r"\d{1,2}[:.h]\d{2}(?::\d{2})?\s{0,2}(?:[ap]\.?\s?m\.?|hrs?|h|Uhr)?\s{0,2}\(?(?:[A-Z]{2,4})?\)?\W{0,2}$",
    re.I,
)


def mark_flat_copies(lines: list[Line]) -> None:
    """Mark lines that hold, in one run, what other lines say: a page's hidden copy of its article."""
    parts = [line for line in lines if line.is_prose and line.reason is None]
    least = max(FLAT, FLAT_WORDS * sum(part.words for part in parts))
    long = [line for line in lines if line.words >= least and line.reason is None and len(line.text) <= LONG]
    for line in sorted(long, key=lambda line: -line.words)[:MOST_FLAT]:
        inside = [part for part in parts if part.words * 2 < line.words and part.key in line.key]
        said = sum({part.key: part.words for part in inside}.values())
        if len(inside) >= FLAT_PARTS and said >= FLAT_SHARE * line.words:
            line.drop("repeat", f"of {len(inside)} lines")
            line.effect = "line"


def mark_cards(lines: list[Line], zone: Zone) -> Zone:
    """Mark the cards at the zone's end and return the zone without them.

    A card announces another text: a section, headline, author or date on lines of their own, then a sentence or
    two. A report may look like that too; it is told apart by what comes before: more text, unless the cards
    are dated or signed. (A date that comes first heads a part of a live report.)
    """
    cards: list[tuple[int, int]] = []  # first line, line of the sentence
    end = zone.end
    while end > zone.start and (card := _last_card(lines, zone.start, end)):
        cards.append(card)
        end = card[0]
    while cards and cards[-1][1] - cards[-1][0] < 2:  # one line above a sentence may be a subhead
        cards.pop()
    if len(cards) < CARDS or sum(at - first for first, at in cards) < CARD_HEAD * len(cards):
        return zone
    start = cards[-1][0]
    told = sum(line.words for line in lines[zone.start : start] if line.is_prose)
    signed = sum(any(line.effect == "neutral" for line in lines[first + 1 : at]) for first, at in cards)
    rest = sum(line.words for line in lines[start : zone.end])
    if told < (TOLD if signed * 2 >= len(cards) else MORE_TOLD * rest):
        return zone
    for line in lines[start : zone.end]:
        if line.reason is None:
            line.drop("teaser", f"one of {len(cards)} cards")
    return Zone(zone.start, start)


def _last_card(lines: list[Line], start: int, end: int) -> tuple[int, int] | None:
    """Return the first line and the sentence's line of the card that ends before ``end``, or None."""
    at = end
    while at > start and end - at < 2 and _tells(lines[at - 1]):
        at -= 1
    first = at
    while (
        first > start
        and at - first < CARD_LINES
        and not lines[first - 1].is_prose
        and not _tells(lines[first - 1])
    ):
        first -= 1
    asked = any(ASKED.match(line.text) for line in lines[first:at])
    return (first, at) if first < at < end and not asked else None


def _tells(line: Line) -> bool:
    return (
        line.closed and line.words <= CARD_WORDS and not line.text.endswith("?") and line.effect != "neutral"
    )


def mark_shouted_links(lines: list[Line], zone: Zone) -> None:
    """Mark headlines in capitals between two sentences that are not: links to other texts."""
    for index in range(zone.start + 1, zone.end - 1):
        line = lines[index]
        if line.reason is not None or line.closed or line.words < SHOUTED or not line.text.isupper():
            continue
        before, after = lines[index - 1], lines[index + 1]
        if before.is_prose and after.closed and not before.text.isupper() and not after.text.isupper():
            line.drop("related_links", "a headline in capitals")


def mark_sources(lines: list[Line], zone: Zone) -> None:
    """Mark works that are listed one after the other, each ending in its year, many with a title in quotes."""
    run: list[Line] = []
    for index in range(zone.start, zone.end + 1):
        line = lines[index] if index < zone.end else None
        if line is not None and not line.closed and line.words > 3 and ENDS_IN_YEAR.search(line.text[-12:]):
            run.append(line)
            continue
        if len(run) >= SOURCES and sum(QUOTE.search(each.text) is not None for each in run) * QUOTED >= len(
            run
        ):
            for each in run:
                each.drop("source_list", f"{len(run)} works in a row")
        run = []


def keep_stamps(lines: list[Line], zone: Zone) -> None:
    """Give back the times and days that head the parts of a live report or a timeline."""
    stamps = [
        lines[index]
        for index in range(max(zone.start - 1, 0), zone.end - 1)
        if lines[index + 1].is_prose and lines[index + 1].reason is None
        if _is_time(lines[index]) or (lines[index].reason == "date_line" and index >= zone.start)
    ]
    if len({line.text for line in stamps}) >= STAMPS:
        for line in stamps:
            line.reason, line.effect, line.detail = None, "", ""


def _is_time(line: Line) -> bool:
    return line.words <= TIME_WORDS and line.reason in TIMES_ARE and TIME.match(line.text) is not None


def mark_bio(lines: list[Line], zone: Zone, author: str | None) -> None:
    """Mark the sentence near the zone's end that says who the author is."""
    name = author.casefold() if author else ""
    if " " not in name:
        return
    prose = [line for line in lines[zone.start : zone.end] if line.is_prose and line.reason is None]
    for line in prose[max(1, int(BIO_PLACE * len(prose))) :]:
        words = line.text[:200].casefold().split()[:BIO_START]
        _, found, rest = " ".join(words).partition(f"{name} ")
        if found and line.words <= BIO_WORDS and rest.split(" ", 1)[0] in _bios():
            line.drop("about_author", "the author's name")


@cache
def _bios() -> frozenset[str]:
    return frozenset(read_toml("marks.toml")["bios"])
