"""The author's name on a plain text page: "By Jane Roe", near the headline. Fields and HTML come first."""

from __future__ import annotations

import re
from functools import cache

from pipelines.clean.knowledge import read_toml
from pipelines.clean.lines import Line
from pipelines.clean.marks import name_after_opening

ENOUGH = re.compile(r"\s*(?:\s[^\W\d_]{3,10}\.?\s\d|[,;|·•(@/]|\s[-–—]\s|\d|\s(?:on|am|le|el)\s).*$", re.S)
ABOVE, BELOW = 3, 4  # lines from headline and first sentence in which an author's line stands
NAMES = (2, 6)  # words of a name, or of two names with "and"


@cache
def _labels() -> frozenset[str]:
    settings = read_toml("dates.toml")
    return frozenset(settings["published"]) | frozenset(settings["updated"])


def find_author(lines: list[Line], headline: int, start: int) -> str | None:
    """Return the author named between the headline's line and the article's ``start``, or None."""
    first = max(0, (headline if headline >= 0 else start) - ABOVE)
    for line in lines[first : start + BELOW]:
        if line.is_prose or line.reason not in ("byline", "date_line"):
            continue
        words = ENOUGH.sub("", name_after_opening(line.text) or "").strip(" -–").split()
        labels = [at for at, word in enumerate(words) if word.casefold() in _labels()]
        words = words[: min(labels, default=len(words))]
        if NAMES[0] <= len(words) <= NAMES[1] and all(word[0].isupper() or len(word) < 4 for word in words):
            return " ".join(words)
    return None
