"""Day and month in all-number dates: which comes first on this page, by evidence only.

03/05/2021 is left unread when nothing tells.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from pipelines.clean.date_values import DateFound
from pipelines.clean.knowledge import read_toml
from pipelines.clean.site import find_site, find_url_date, split_url

LOCALE = re.compile(r"/en[-_]([a-z]{2})(?:/|$)", re.I)


@cache
def _settings(name: str) -> tuple[str, ...]:
    return tuple(read_toml("dates.toml")[name])


def settle_order(found: DateFound, month_first: bool | None) -> tuple[DateFound | None, bool]:
    """Return the date with day and month in place (None when nothing tells), and whether that is certain."""
    if not found.swapped:
        return found, True
    if month_first is None:
        return None, False
    return (found.turned() if month_first else found), False


def month_comes_first(
    dates: Sequence[DateFound], texts: str, url: str | None, language: str | None
) -> bool | None:
    """Say whether all-number dates of this page put the month first, or None where nothing tells.

    Asked in turn: the day in the address, dates of the page that can be read one way only, the country in the
    address, the language, the time zones in ``texts``.
    """
    address = find_url_date(url)
    for found in dates:
        if found.swapped and address and address.day and found.year == address.year:
            if (found.month, found.day) == (address.day, address.month):
                return True
            if (found.month, found.day) == (address.month, address.day):
                return False
    plain = {found.month_leads for found in dates if found.separator in ("/", "-") and (found.day or 0) > 12}
    if len(plain) == 1:
        return plain.pop()
    return _by_country(url, language, texts)


def _by_country(url: str | None, language: str | None, texts: str) -> bool | None:
    site = find_site(url) or ""
    locale = LOCALE.search(split_url(url or "")[1])
    if locale:
        return locale[1].casefold() == "us"
    if site.endswith(_settings("day_first_sites")):
        return False
    if site.endswith(_settings("month_first_sites")):
        return True
    if language and language != "en":
        return False
    return True if set(texts.casefold().split()) & set(_settings("month_first_zones")) else None
