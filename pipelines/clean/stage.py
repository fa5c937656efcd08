"""The clean stage itself: one record in, one cleaned document out, every line accounted for.

Pure and deterministic: no clock, no network, no files but the stage's own data. What is known about single
questions (dates, headlines, chrome) lives in the modules beside this one; here is only the order of asking.
"""

from __future__ import annotations

from pipelines.clean.accounting import AccountedLine, account, account_text
from pipelines.clean.article import Zone, drop_repeats
from pipelines.clean.choose import choose
from pipelines.clean.encoding import is_sound, repair, without_surrogates
from pipelines.clean.envelope import read_envelope
from pipelines.clean.html import keep_extracted, read_page
from pipelines.clean.language import detect_language
from pipelines.clean.lines import measure, split_lines
from pipelines.clean.model import CleanDocument, DroppedLine, RawDocument
from pipelines.clean.paragraphs import to_lines
from pipelines.clean.published import Published
from pipelines.clean.site import find_site
from pipelines.clean.site_lines import SharedLines
from pipelines.clean.title import Headline, strip_site
from pipelines.clean.work import Work, find_day, find_line_dates, finish

EMPTY = "the record holds no text"
NO_HTML = "the page holds no HTML element, or is larger than 20 million characters or 400 000 tags"


def clean_document(raw: RawDocument, shared: SharedLines | None = None) -> CleanDocument:
    """Return ``raw`` cleaned. Never fails on a text: what cannot be used comes back with ``rejected`` set.

    ``shared`` knows the lines that come again on the sites of a collection; without it only the text speaks.
    """
    return _clean(raw, shared)[0]


def warm_up() -> None:
    """Load all that cleaning needs, by cleaning a text."""
    clean_document(RawDocument("", "The library of the harbour town opens at nine on weekdays."))


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


def _clean(raw: RawDocument, shared: SharedLines | None) -> tuple[CleanDocument, Work]:
    work = Work(raw, shared=shared or SharedLines())
    for name in ("url", "title", "author", "publisher"):
        value = getattr(raw, name)
        if value and value.strip():
            work.fields[name] = " ".join(value.split())
    work.published.append((raw.published, "explicit_field"))
    if not raw.text.strip():
        return finish(work, Zone(0, 0), Published(None, "none"), EMPTY), work
    return (_clean_html(work) if raw.content == "html" else _clean_text(work)), work


def _clean_text(work: Work) -> CleanDocument:
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
    return choose(work)


def _clean_html(work: Work) -> CleanDocument:
    page = read_page(without_surrogates(work.raw.text), work.raw.url)
    if page is None:
        return finish(work, Zone(0, 0), Published(None, "none"), NO_HTML)
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
        return choose(work)
    work.title = work.fields.get("title")
    keep_extracted(work.lines, [repair(line) for line in page.article], work.title)
    drop_repeats(work.lines)
    return _finish_extracted(work)


def _finish_extracted(work: Work) -> CleanDocument:
    """Date a page whose article the extractor has found, and build the document."""
    kept = [index for index, line in enumerate(work.lines) if line.reason is None]
    zone = Zone(kept[0], kept[-1] + 1) if kept else Zone(0, 0)
    language, _ = detect_language(" ".join(work.lines[i].text[:200] for i in kept)[:1000])
    find_line_dates(work, language)
    copies = frozenset(i for i, line in enumerate(work.lines) if line.reason == "title" and i < zone.start)
    headline = Headline(work.title or "", max(copies, default=-1), copies)
    return finish(work, zone, find_day(work, zone, headline, language), None)
