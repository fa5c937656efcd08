"""The clean stage itself: one record in, one cleaned document out, every line accounted for.

Pure and deterministic: no clock, no network, no files but the stage's own data. What is known about single
questions (dates, headlines, chrome) lives in the modules beside this one; here is only the order of asking.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from operator import itemgetter

from pipelines.clean.accounting import (
    AccountedLine,
    account,
    account_text,
    dropped_lines,
    share_of_boilerplate,
)
from pipelines.clean.article import (
    Zone,
    drop_lists_inside,
    drop_outside,
    drop_repeats,
    end_of_telling,
    extend_over_items,
    extend_over_opening,
    find_zone,
    mark_link_lists,
    reads_like_text,
)
from pipelines.clean.author import find_author
from pipelines.clean.context import (
    keep_stamps,
    mark_bio,
    mark_cards,
    mark_flat_copies,
    mark_shouted_links,
    mark_sources,
)
from pipelines.clean.dates import DateFound, find_dates
from pipelines.clean.dayorder import month_comes_first
from pipelines.clean.encoding import is_sound, repair, without_surrogates
from pipelines.clean.envelope import read_envelope
from pipelines.clean.html import keep_extracted, read_page
from pipelines.clean.judge import judge
from pipelines.clean.language import detect_language
from pipelines.clean.lines import LONG, TAIL, Line, measure, split_lines
from pipelines.clean.model import CleanDocument, DroppedLine, RawDocument
from pipelines.clean.paragraphs import to_lines
from pipelines.clean.published import HEAD, Published, Surroundings, find_published
from pipelines.clean.second import find_second, mark_second
from pipelines.clean.site import find_site, find_url_date
from pipelines.clean.site_lines import SharedLines
from pipelines.clean.title import Headline, find_headline, strip_site

DATE_WORDS = 14  # a line with a date and no more words than this may be a date line
DATE_PARTS, CLOCK_PARTS, DATE_REST = 3, 4, 9  # words of a date, of a time; words besides on a date line
MERIDIEM = re.compile(r"\b[ap]\.\s?m\.$", re.I)  # closes a date line as if it were a sentence
HANDLE = re.compile(r"^[—–-].{0,80}\(@\w")  # who wrote a post that the article quotes
OPENING = 130  # characters of a sentence line in which its dateline stands
NO_TEXT = "no text left after cleaning"
EMPTY = "the record holds no text"
NO_HTML = "the page holds no HTML element, or is larger than 20 million characters or 400 000 tags"


@dataclass(slots=True)
class _Work:
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


def clean_document(raw: RawDocument, shared: SharedLines | None = None) -> CleanDocument:
    """Return ``raw`` cleaned. Never fails on a text: what cannot be used comes back with ``rejected`` set.

    ``shared`` knows the lines that come again on the sites of a collection; without it only the text speaks.
    """
    return _clean(raw, shared)[0]


def clean_and_account(
    raw: RawDocument, shared: SharedLines | None = None
) -> tuple[CleanDocument, list[AccountedLine]]:
    """Return ``raw`` cleaned as by ``clean_document``, and what became of each line of the input.

    The lines of a plain text give back the text when joined. Those of an HTML page are its visible lines, or its
    source where it could not be read as HTML.
    """
    document, work = _clean(raw, shared)
    if raw.content == "html" and work.texts:
        return document, account([f"{text}\n" for text in work.texts], document.dropped)
    return document, account_text(raw.text, document.dropped, "not_html" if raw.content == "html" else None)


def _clean(raw: RawDocument, shared: SharedLines | None) -> tuple[CleanDocument, _Work]:
    work = _Work(raw, shared=shared or SharedLines())
    for name in ("url", "title", "author", "publisher"):
        value = getattr(raw, name)
        if value and value.strip():
            work.fields[name] = " ".join(value.split())
    work.published.append((raw.published, "explicit_field"))
    if not raw.text.strip():
        return _finish(work, Zone(0, 0), Published(None, "none"), EMPTY), work
    return (_clean_html(work) if raw.content == "html" else _clean_text(work)), work


def _clean_text(work: _Work) -> CleanDocument:
    text = work.raw.text
    envelope = read_envelope(text)
    work.published.append((envelope.fields.pop("published", None), "explicit_prefix"))
    for name, value in envelope.fields.items():
        work.fields.setdefault(name, repair(value))
    inside = text[: envelope.length]
    work.dropped += [
        DroppedLine(position, line, "envelope") for position, line in enumerate(split_lines(inside)) if line
    ]
    skipped = len(f"{inside}|".splitlines()) - 1
    lines = split_lines(text[envelope.length :])
    repaired = lines if is_sound(text) else [repair(line) for line in lines]
    work.dropped += [
        DroppedLine(position, line, "invisible")
        for position, (line, shown) in enumerate(zip(lines, repaired, strict=True), start=skipped)
        if line and not shown
    ]
    work.texts = [""] * skipped + repaired
    work.lines = to_lines(work.texts)
    return _choose(work)


def _choose(work: _Work) -> CleanDocument:
    """Find article, headline and day among the work's lines."""
    lines = work.lines
    language, _ = detect_language(" ".join(line.text[:200] for line in lines[:400] if line.is_prose)[:1000])
    _find_dates(work, language)
    _mark_date_lines(work)
    _mark_chrome(lines)
    _mark_site_lines(work)
    _drop_second_article(work)
    stop = end_of_telling(lines)
    mark_link_lists(lines, stop)
    mark_flat_copies(lines)
    zone = mark_cards(lines, find_zone(lines, stop))
    site = find_site(work.fields.get("url"))
    first = next((i for i in range(zone.start, zone.end) if lines[i].is_prose), zone.start)
    first = first if zone.end else len(lines)
    headline = find_headline(lines, first, work.fields.get("title"), work.fields.get("url"), site)
    zone = extend_over_items(lines, _after_headline(lines, zone, headline), stop)
    zone = extend_over_opening(lines, zone)
    work.title = work.fields.get("title") or (headline.text if headline else None)
    if headline:
        for index in headline.copies:
            lines[index].drop("title")
    if zone.start == zone.end and reads_like_text(lines, stop):
        zone = Zone(0, stop)
    at = headline.at if headline else -1
    author = find_author(lines, at, zone.start) if "author" not in work.fields else None
    if author:
        work.fields["author"] = author
    drop_outside(lines, zone, stop, at)
    drop_repeats(lines)
    drop_lists_inside(lines, zone)
    mark_shouted_links(lines, zone)
    mark_sources(lines, zone)
    mark_bio(lines, zone, work.fields.get("author"))
    keep_stamps(lines, zone)
    published = _find_published(work, zone, headline, language)
    return _finish(work, zone, published, None)


def _after_headline(lines: list[Line], zone: Zone, headline: Headline | None) -> Zone:
    """Begin the zone at the headline's last copy that most of the zone's prose follows."""
    if headline is None:
        return zone
    prose = [(i, lines[i].words) for i in range(zone.start, zone.end) if lines[i].is_prose]
    total = sum(words for _, words in prose)
    for index in sorted(headline.copies, reverse=True):
        after = sum(words for i, words in prose if i > index)
        if after >= 0.7 * total:
            return Zone(max(zone.start, min(index + 1, zone.end)), zone.end)
    return zone


def _find_dates(work: _Work, language: str | None) -> None:
    """Find the dates on lines: anywhere on a short one, at the beginning of a sentence."""
    for index, line in enumerate(work.lines):
        if line.numbered and len(line.text) <= LONG:
            found = find_dates(line.text[: OPENING if line.is_prose else HEAD], language)
            if found:
                work.dates[index] = found


def _mark_date_lines(work: _Work) -> None:
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


def _mark_chrome(lines: list[Line]) -> None:
    """Give each line the reason that its own wording or shape is chrome."""
    for line in lines:
        judged = judge(line)
        if judged and not (line.reason and judged.effect != "end"):
            line.reason, line.effect, line.detail = judged


def _mark_site_lines(work: _Work) -> None:
    """Give lines that other documents of the site hold too, and that nothing else is known of, that reason."""
    known = work.shared.lines_for(find_site(work.fields.get("url")))
    if known is None:
        return
    for index, count in known.shared(work.lines, work.texts).items():
        line = work.lines[index]
        if line.reason is None:
            line.reason, line.effect, line.detail = "site_line", "line", f"{count} of {known.total} documents"


def _drop_second_article(work: _Work) -> None:
    """Drop the article that stands behind the first, with its dates, which say nothing about the first."""
    start = find_second(work.lines, work.fields.get("title"), work.fields.get("url"))
    if start is not None:
        mark_second(work.lines, start)
        work.dates = {index: found for index, found in work.dates.items() if index < start}


def _find_published(work: _Work, zone: Zone, headline: Headline | None, language: str | None) -> Published:
    address = find_url_date(work.fields.get("url"))
    every = [found for found_here in work.dates.values() for found in found_here]
    near = " ".join(work.lines[index].text[:HEAD] for index in work.dates)
    month_first = month_comes_first(every, near, work.fields.get("url"), language)
    copies = tuple(sorted(index for index in headline.copies if 0 < index < zone.start)) if headline else ()
    around = Surroundings(headline.at if headline else -1, zone, address, month_first, copies)
    return find_published(work.published, work.lines, work.dates, around, language)


def _finish(work: _Work, zone: Zone, published: Published, rejected: str | None) -> CleanDocument:
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


def _clean_html(work: _Work) -> CleanDocument:
    page = read_page(without_surrogates(work.raw.text), work.raw.url)
    if page is None:
        return _finish(work, Zone(0, 0), Published(None, "none"), NO_HTML)
    fields = dict(page.fields)
    work.published.append((fields.pop("published", None), "explicit_meta"))
    page_title = fields.pop("page_title", None)
    site = find_site(work.fields.get("url") or fields.get("url"))
    if page_title:
        fields.setdefault("title", strip_site(page_title, site))
    for name, value in fields.items():
        work.fields.setdefault(name, repair(value))
    work.texts = [repair(line) for line in page.visible]
    work.lines = [measure(text, index, index) for index, text in enumerate(work.texts) if text]
    if not page.article:
        return _choose(work)
    work.title = work.fields.get("title")
    keep_extracted(work.lines, [repair(line) for line in page.article], work.title)
    drop_repeats(work.lines)
    return _finish_extracted(work)


def _finish_extracted(work: _Work) -> CleanDocument:
    """Date a page whose article the extractor has found, and build the document."""
    kept = [index for index, line in enumerate(work.lines) if line.reason is None]
    zone = Zone(kept[0], kept[-1] + 1) if kept else Zone(0, 0)
    language, _ = detect_language(" ".join(work.lines[i].text[:200] for i in kept)[:1000])
    _find_dates(work, language)
    copies = frozenset(i for i, line in enumerate(work.lines) if line.reason == "title" and i < zone.start)
    headline = Headline(work.title or "", max(copies, default=-1), copies)
    return _finish(work, zone, _find_published(work, zone, headline, language), None)
