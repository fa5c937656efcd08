"""Which of a document's lines are the article: the rules on lines and their neighbours, in the order of asking.

What each rule knows lives in the modules beside this one. Pages whose article the extractor has found do not come here.
"""

from __future__ import annotations

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
from pipelines.clean.judge import judge
from pipelines.clean.language import detect_language
from pipelines.clean.lines import Line
from pipelines.clean.model import CleanDocument
from pipelines.clean.second import find_second, mark_second
from pipelines.clean.site import find_site
from pipelines.clean.title import Headline, find_headline
from pipelines.clean.work import Work, find_day, find_line_dates, finish, mark_date_lines


def choose(work: Work) -> CleanDocument:
    """Find article, headline and day among the work's lines."""
    lines = work.lines
    language, _ = detect_language(" ".join(line.text[:200] for line in lines[:400] if line.is_prose)[:1000])
    find_line_dates(work, language)
    mark_date_lines(work)
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
    published = find_day(work, zone, headline, language)
    return finish(work, zone, published, None)


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


def _mark_chrome(lines: list[Line]) -> None:
    """Give each line the reason that its own wording or shape is chrome."""
    for line in lines:
        judged = judge(line)
        if judged and not (line.reason and judged.effect != "end"):
            line.reason, line.effect, line.detail = judged


def _mark_site_lines(work: Work) -> None:
    """Give lines that other documents of the site hold too, and that nothing else is known of, that reason."""
    known = work.shared.lines_for(find_site(work.fields.get("url")))
    if known is None:
        return
    for index, count in known.shared(work.lines, work.texts).items():
        line = work.lines[index]
        if line.reason is None:
            line.reason, line.effect, line.detail = "site_line", "line", f"{count} of {known.total} documents"


def _drop_second_article(work: Work) -> None:
    """Drop the article that stands behind the first, with its dates, which say nothing about the first."""
    start = find_second(work.lines, work.fields.get("title"), work.fields.get("url"))
    if start is not None:
        mark_second(work.lines, start)
        work.dates = {index: found for index, found in work.dates.items() if index < start}
