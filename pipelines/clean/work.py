"""A document while it is being cleaned: what is known of it, its dates, and the cleaned document at the end.

Both texts and pages go through here. Which lines are the article is found in ``choose``; the order of asking is in
``stage``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from operator import itemgetter

from pipelines.clean.accounting import dropped_lines, share_of_boilerplate
from pipelines.clean.article import Zone
from pipelines.clean.date_values import DateFound
from pipelines.clean.dates import find_dates
from pipelines.clean.dayorder import month_comes_first
from pipelines.clean.language import detect_language
from pipelines.clean.lines import LONG, TAIL, Line
from pipelines.clean.model import CleanDocument, DroppedLine, RawDocument
from pipelines.clean.published import HEAD, Published, Surroundings, find_published
from pipelines.clean.site import find_site, find_url_date
from pipelines.clean.site_lines import SharedLines
from pipelines.clean.title import Headline

DATE_WORDS = 14  # a line with a date and no more words than this may be a date line
DATE_PARTS, CLOCK_PARTS, DATE_REST = 3, 4, 9  # words of a date, of a time; words besides on a date line
MERIDIEM = re.compile(r"\b[ap]\.\s?m\.$", re.I)  # closes a date line as if it were a sentence
HANDLE = re.compile(r"^[—–-].{0,80}\(@\w")  # who wrote a post that the article quotes
OPENING = 130  # characters of a sentence line in which its dateline stands
NO_TEXT = "no text left after cleaning"


@dataclass(slots=True)
class Work:
    """What is known about a document while it is being cleaned."""

    raw: RawDocument
    fields: dict[str, str] = field(
        default_factory=dict
    )  # the record's own, then the envelope's, then the page's
    published: list[tuple[str | None, str]] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)  # input lines
    lines: list[Line] = field(default_factory=list)
    dropped: list[DroppedLine] = field(default_factory=list)
    dates: dict[int, list[DateFound]] = field(default_factory=dict)
    title: str | None = None
    shared: SharedLines = field(default_factory=SharedLines)


def find_line_dates(work: Work, language: str | None) -> None:
    """Find the dates on lines: anywhere on a short one, at the beginning of a sentence."""
    for index, line in enumerate(work.lines):
        if line.numbered and len(line.text) <= LONG:
            found = find_dates(line.text[: OPENING if line.is_prose else HEAD], language)
            if found:
                work.dates[index] = found


def mark_date_lines(work: Work) -> None:
    """Short lines that hold a day, and little else, are date lines."""
    for index, found in work.dates.items():
        line = work.lines[index]
        if line.words > DATE_WORDS or not found[0].day:
            continue
        rest = line.words - DATE_PARTS * len(found)
        clock = MERIDIEM.search(line.text[-TAIL:]) is not None
        rest -= CLOCK_PARTS if clock else 0
        said = (line.is_prose and not clock) or HANDLE.search(line.text)
        if rest <= DATE_REST and not said:
            line.reason, line.effect, line.detail = "date_line", "neutral", found[0].edtf


def find_day(work: Work, zone: Zone, headline: Headline | None, language: str | None) -> Published:
    """Return the document's day of publication and how it was found; ``zone`` is where the article stands."""
    address = find_url_date(work.fields.get("url"))
    every = [found for found_here in work.dates.values() for found in found_here]
    near = " ".join(work.lines[index].text[:HEAD] for index in work.dates)
    month_first = month_comes_first(every, near, work.fields.get("url"), language)
    copies = tuple(sorted(index for index in headline.copies if 0 < index < zone.start)) if headline else ()
    around = Surroundings(headline.at if headline else -1, zone, address, month_first, copies)
    return find_published(work.published, work.lines, work.dates, around, language)


def finish(work: Work, zone: Zone, published: Published, rejected: str | None) -> CleanDocument:
    """Build the document from the lines that have no reason against them."""
    kept = [line for line in work.lines if line.reason is None]
    body = "\n\n".join(line.text for line in kept)
    language, confidence = detect_language(body or work.title or "")
    work.dropped += dropped_lines(work.lines, work.texts)
    if rejected is None and not any(line.words for line in kept):
        rejected = NO_TEXT
    found = published.found
    return CleanDocument(
        document_id=work.raw.document_id,
        url=work.fields.get("url"),
        site=find_site(work.fields.get("url")),
        publisher=work.fields.get("publisher"),
        author=work.fields.get("author"),
        title=work.title or work.fields.get("title"),
        body=body,
        language=language,
        language_confidence=confidence,
        published_on=found.on if found else None,
        published_edtf=found.edtf if found else None,
        published_method=published.method,
        words=sum(line.words for line in kept),
        boilerplate_share=share_of_boilerplate(kept, work.texts, work.dropped),
        rejected=rejected,
        dropped=tuple(sorted(work.dropped, key=itemgetter(0))),
    )
