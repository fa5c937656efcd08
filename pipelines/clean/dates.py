"""Calendar dates as pages write them, in many languages and orders: found and read, not chosen.

Which of them is the day of publication is decided in ``published``. Dates inside prose belong to extraction.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from pipelines.clean.calendars import find_special
from pipelines.clean.date_values import DateFound, month_number, real

YEAR = r"((?:19|20)\d\d)"
IN_NAME = r"[^\s\d,،./|:–—()-]"
NAME = rf"([^\W\d_]{IN_NAME}{{1,13}}(?:\sال[^\W\d_]{{3,6}}(?=\s))?)"  # Arabic has months of two words
GAP = r"[\s/-]{0,3}"
LITTLE = r"(?:(?:de|of|del|do|ga)\s{1,2}|d['’]|ta['’]\s{1,2})?"
OTHER_NAME = r"(?:\s?/\s?[^\W\d_]{3,12})?"  # the month's second name: نيسان/أبريل

NUMBERS_YEAR_FIRST = re.compile(
    rf"(?<!\d){YEAR}(?:\s?[-/.年년]\s?)(\d\d?)(?:\s?[-/.月월]\s?)(\d\d?)(?!\d|[.,]\d)"
)
NUMBERS_YEAR_LAST = re.compile(
    r"(?<![\d./-])(\d\d?)(\.\s?|/|-)(\d\d?)\2(?:((?:19|20)\d\d)|(\d\d)(?![\d:.-]))"
)
DAY_NAME_YEAR = re.compile(
    rf"(?<!\d)(\d\d?)(?:st|nd|rd|th|er|º|ª|\.|,)?{GAP}{LITTLE}{GAP}{NAME}{OTHER_NAME}[.,،]?{GAP}(?:de|del|do)?{GAP}{YEAR}",
    re.I,
)
NAME_DAY_YEAR = re.compile(rf"{NAME}[.,]?{GAP}(\d\d?)(?:st|nd|rd|th)?(?:,|\s|/|-|\.){GAP}{YEAR}", re.I)
YEAR_NAME_DAY = re.compile(rf"(?<!\d){YEAR}[.,]?{GAP}(?:m\.\s|ko\s)?{NAME}\.?{GAP}(\d\d?)(?!\d|:\d)", re.I)
NAME_YEAR = re.compile(rf"{NAME}[.,]?\s(?:de\s)?{YEAR}", re.I)
# What the patterns with a name before the year end in; looking for it first spares most searches for a name.
ENDS_NAMED_YEAR = re.compile(r"[12](?<![\d][12])(?<!\d[,\s/.-][12])(?<!\d[,.]\s[12])(?:(?<=1)9|(?<=2)0)\d\d")
ENDS_DAY_YEAR = re.compile(rf"\d(?:st|nd|rd|th)?[,\s/.-]{GAP}{YEAR}", re.I)
ENDS_NAME_YEAR = re.compile(rf"[12](?:(?<={IN_NAME}\s[12])|(?<={IN_NAME}[.,]\s[12]))(?:(?<=1)9|(?<=2)0)\d\d")
DAY_NAME = re.compile(rf"(?<!\d)(\d\d?)(?:st|nd|rd|th|er|º|\.)?\s(?:de\s|of\s)?{NAME}", re.I)
NAME_DAY = re.compile(rf"{NAME}\.?\s(\d\d?)(?:st|nd|rd|th)?(?![\d:])", re.I)
# Digits of other scripts; each stands for one of ours, so positions stay as they are.
OTHER_DIGITS = "".join(
    chr(zero + n) for zero in (0x660, 0x6F0, 0x966, 0x9E6, 0xE50, 0xFF10) for n in range(10)
)
TO_DIGITS = str.maketrans(OTHER_DIGITS, "0123456789" * 6)
HAS_OTHER_DIGITS = re.compile(f"[{OTHER_DIGITS}]")
# What a date with a year cannot be without; cheap, since most lines have none.
_MAYBE = (
    r"[0-9](?:(?<=1)[349][0-9]{2}|(?<=2)[05][0-9]{2}|[./-]\s?[0-9]{1,2}[./-]\s?[0-9]{2}|-[A-Za-z]{3,9}-[0-9]{2}"
    r"|(?:st|nd|rd|th)?,?\s['’][0-9]{2}|\.?\s[A-Za-z]{3,9}\.?\s['’][0-9]{2})"
)
MAYBE_ASCII = re.compile(_MAYBE)
MAYBE = re.compile(rf"{_MAYBE}|[{OTHER_DIGITS}]{{2}}|(?:令和|平成|昭和|民國|民国)")
MAYBE_SIGN = re.compile(f"[0-9{OTHER_DIGITS}令平昭民]")  # what ``MAYBE`` begins with
DAY = re.compile(
    r"\d(?<!\d\d)\d?(?!\d)"
)  # no date with a day is without; archives and copyrights have only years
# The years that dates are written with, none part of a longer number in front; begins with a sign, which is quick.
FREE_YEAR = re.compile(r"[12](?<!\d[12])(?:(?<=1)9|(?<=2)0)\d\d")
END_REACH = 7  # characters before a year in which the rest of a pattern's end stands
BETWEEN = "0123456789.,،/- \t\n\r\f\v\x1c\x1d\x1e\x1f"  # what may stand between a month's name and the year after it
BEFORE_YEAR, AFTER_YEAR = 34, 26  # characters around a year in which the rest of its date stands


def may_hold_date(text: str, end: int) -> bool:
    """Say whether ``text[:end]`` could hold a date with a year; False is sure."""
    if text.isascii():
        return MAYBE_ASCII.search(text, 0, end) is not None
    sign = MAYBE_SIGN.search(text, 0, end)
    return sign is not None and MAYBE.search(text, sign.start(), end) is not None


def find_dates(text: str, language: str | None = None) -> list[DateFound]:
    """Return the dates with a year in ``text``, in order, none overlapping; full days win over months."""
    if not may_hold_date(text, len(text)):
        return []
    if not text.isascii() and HAS_OTHER_DIGITS.search(text):
        text = text.translate(TO_DIGITS)
    found: list[DateFound] = []
    years = [year.span() for year in FREE_YEAR.finditer(text)]
    if DAY.search(text):
        for finder in (_year_first, _day_name_year, _name_day_year):
            _add_by_year(found, finder, text, language, years)
        _add_apart(found, _year_last(text))
        _add_by_year(found, _year_name_day, text, language, years)
    _add_apart(found, _special(text, language))
    _add_by_year(found, _name_year, text, language, years)
    return sorted(found, key=lambda candidate: candidate.start) if len(found) > 1 else found


Years = list[tuple[int, int]]  # where each year of four digits begins and ends


def _add_by_year(
    found: list[DateFound],
    finder: Callable[[str, str | None, Years], list[DateFound]],
    text: str,
    language: str | None,
    years: Years,
) -> None:
    """Add what ``finder`` finds around ``years``, unless each of them is part of a date found before."""
    if any(_is_apart(found, *year) for year in years):
        _add_apart(found, finder(text, language, years))


def _add_apart(found: list[DateFound], candidates: list[DateFound]) -> None:
    """Add to ``found`` the candidates that overlap none of those found before."""
    for candidate in candidates:
        if _is_apart(found, candidate.start, candidate.end):
            found.append(candidate)


def _is_apart(found: list[DateFound], start: int, end: int) -> bool:
    return all(end <= other.start or other.end <= start for other in found)


def find_yearless(text: str, language: str | None = None) -> DateFound | None:
    """Return the first day and month in ``text``, without a year, or None."""
    for pattern, day_group, name_group in ((DAY_NAME, 1, 2), (NAME_DAY, 2, 1)):
        for match in pattern.finditer(text):
            month = month_number(match[name_group], language)
            if month and real(None, month, int(match[day_group])):
                return DateFound(match.start(), match.end(), None, month, int(match[day_group]))
    return None


def _year_first(text: str, language: str | None, years: Years) -> list[DateFound]:
    found = []
    for start, _ in years:
        m = NUMBERS_YEAR_FIRST.match(text, start)
        if m and real(int(m[1]), int(m[2]), int(m[3])):
            found.append(DateFound(m.start(), m.end(), int(m[1]), int(m[2]), int(m[3])))
    return found


def _year_last(text: str) -> list[DateFound]:
    found: list[DateFound] = []
    if not any(text.count(sign) > 1 for sign in "./-"):
        return found
    for m in NUMBERS_YEAR_LAST.finditer(text):
        day, month, separator = int(m[1]), int(m[3]), m[2].strip()
        year = int(m[4]) if m[4] else 2000 + int(m[5])
        month_leads = month > 12 >= day and separator != "."
        if month_leads:
            day, month = month, day
        if real(year, month, day):
            swapped = day <= 12 and day != month and separator != "."
            found.append(
                DateFound(m.start(), m.end(), year, month, day, swapped, separator, not m[4], month_leads)
            )
    return found


def _ending_in(
    text: str, years: Years, pattern: re.Pattern[str], ends: re.Pattern[str], begins_with_name: bool = True
) -> Iterator[re.Match[str]]:
    """Yield the matches of ``pattern`` that end in one of ``years``; ``ends`` finds their end, and is cheap.

    Where they begin with a name, it is in the last word before the numbers: looking further up costs.
    """
    done = 0
    for year_start, year_end in years:
        end = ends.search(text, max(done, year_start - END_REACH), year_end)
        if end is None:
            continue
        start = max(done, end.start() - BEFORE_YEAR)
        if begins_with_name and text.isascii():
            before = text[start : end.start()].rstrip(BETWEEN).lower().removesuffix(" de")
            start += before.rfind(" ") + 1
        for match in pattern.finditer(text, start, end.end()):
            done = match.end()
            yield match


def _named(
    matches: Iterator[re.Match[str]], language: str | None, year_group: int, name_group: int, day_group: int
) -> list[DateFound]:
    found = []
    for m in matches:
        year, month, day = int(m[year_group]), month_number(m[name_group], language), int(m[day_group])
        if month and real(year, month, day):
            found.append(DateFound(m.start(), m.end(), year, month, day))
    return found


def _day_name_year(text: str, language: str | None, years: Years) -> list[DateFound]:
    matches = _ending_in(text, years, DAY_NAME_YEAR, ENDS_NAMED_YEAR, begins_with_name=False)
    return _named(matches, language, 3, 2, 1)


def _name_day_year(text: str, language: str | None, years: Years) -> list[DateFound]:
    return _named(_ending_in(text, years, NAME_DAY_YEAR, ENDS_DAY_YEAR), language, 3, 1, 2)


def _year_name_day(text: str, language: str | None, years: Years) -> list[DateFound]:
    found = (YEAR_NAME_DAY.match(text, start, end + AFTER_YEAR) for start, end in years)
    return _named(filter(None, found), language, 1, 2, 3)


def _special(text: str, language: str | None) -> list[DateFound]:
    found = []
    for start, end, year, written, day, short in find_special(text, language):
        month = written if isinstance(written, int) else month_number(written, language)
        if month and real(year, month, day):
            found.append(DateFound(start, end, year, month, day, short_year=short))
    return found


def _name_year(text: str, language: str | None, years: Years) -> list[DateFound]:
    found = []
    for m in _ending_in(text, years, NAME_YEAR, ENDS_NAME_YEAR):
        month = month_number(m[1], language)
        if month and real(int(m[2]), month, None):
            found.append(DateFound(m.start(), m.end(), int(m[2]), month, None))
    return found
