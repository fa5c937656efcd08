"""Addresses: the site a text stood on, and what its path says about the day. No address is ever opened."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from urllib.parse import parse_qsl, urlsplit

from pipelines.clean.date_values import DateFound, month_number, read_iso, real
from pipelines.clean.dates import find_dates
from pipelines.clean.knowledge import read_toml

SLASHES = re.compile(r"(?:^|[/_-])((?:19|20)\d\d)[/_-](\d\d?)[/_-](\d\d?)(?=$|[/_.T-])")
SLASHED_MONTH = re.compile(r"/((?:19|20)\d\d)[/-](\d\d)(?=$|/)")
RUN = re.compile(r"(?:^|[/_-])((?:19|20)\d\d)(\d\d)(\d\d)(?=$|[/_.-])")
STAMP = re.compile(r"(?:^|[/_-])((?:19|20)\d\d)(\d\d)(\d\d)\d{3,}(?:[/_.-]|$)")
NAMED = re.compile(r"/((?:19|20)\d\d)/([a-z]{3,9})/(\d\d?)(?=$|/)", re.I)
ARCHIVED = re.compile(r"https?://[^/]{3,80}/(?:web/|wayback/)?\d{8,14}[a-z_]{0,4}/(https?://\S+)", re.I)
NAMED_MONTH = re.compile(r"/((?:19|20)\d\d)/([a-z]{3,9})(?=$|/)", re.I)
REMEMBERED = 100  # addresses: a document's own is asked about several times while it is cleaned


def split_url(url: str) -> tuple[str, str, str]:
    """Return host, path and query of ``url``; three empty strings where it cannot be read as an address."""
    try:
        parts = urlsplit(url.strip())
        return (parts.hostname or "", parts.path, parts.query)
    except ValueError:  # a bracketed host that is no IPv6 address, say
        return "", "", ""


def original(url: str) -> str:
    """Return the address that a web archive's ``url`` keeps a copy of, or ``url`` itself."""
    match = ARCHIVED.match(url.strip())
    return match[1] if match else url


@lru_cache(maxsize=REMEMBERED)
def find_site(url: str | None) -> str | None:
    """Return the host of ``url`` in lower case without ``www.``, or None."""
    host = split_url(original(url))[0] if url else ""
    return host.removeprefix("www.") or None


@lru_cache(maxsize=REMEMBERED)
def find_url_date(url: str | None) -> DateFound | None:
    """Return the date that the path or a parameter of ``url`` states: a day, else a month, or None."""
    if not url:
        return None
    _, path, query = split_url(original(url))
    for pattern in (SLASHES, NAMED, RUN, STAMP):
        for match in pattern.finditer(path):
            found = _build(match[1], match[2], match[3])
            if found:
                return found
    for name, value in parse_qsl(query[:500]):
        if name.casefold() in _parameters() and (
            found := read_iso(value) or next(iter(find_dates(value)), None)
        ):
            return found
    for pattern in (SLASHED_MONTH, NAMED_MONTH):
        month_match = pattern.search(path)
        if month_match and (found := _build(month_match[1], month_match[2], None)):
            return found
    return None


@cache
def _parameters() -> frozenset[str]:
    return frozenset(read_toml("dates.toml")["url_query"])


def _build(year: str, month: str, day: str | None) -> DateFound | None:
    number = int(month) if month.isdigit() else month_number(month, "en")
    days = int(day) if day else None
    if number is None or not real(int(year), number, days):
        return None
    return DateFound(0, 0, int(year), number, days)
