"""Whose "our country" a site's texts speak of: the country behind its country-code domain."""

from __future__ import annotations

from functools import cache

import pycountry

from pipelines.extract.wordlists import words

_UNLIKE_ISO = {"uk": "GBR", "su": "RUS", "eu": None}


@cache
def country_of_site(site: str | None) -> str | None:
    """Alpha-3 code of a host's country-code domain; None for generic domains and those sold worldwide."""
    if not site or "." not in site:
        return None
    ending = site.rsplit(".", 1)[-1].lower()
    if ending in words("worldwide_domains"):
        return None
    if ending in _UNLIKE_ISO:
        return _UNLIKE_ISO[ending]
    found = pycountry.countries.get(alpha_2=ending.upper()) if len(ending) == 2 else None
    return found.alpha_3 if found else None
