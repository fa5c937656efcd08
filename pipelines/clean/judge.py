"""What a line is by itself: chrome by its wording (``chrome``), else by its shape (``marks``).

Verdicts on short lines are remembered: menus and share bars come again on every page of a site.
"""

from __future__ import annotations

from typing import NamedTuple

from pipelines.clean.chrome import chrome_book
from pipelines.clean.lines import REMEMBERED, SHORT, Line
from pipelines.clean.marks import find_mark


class Verdict(NamedTuple):
    """Why a line is chrome, what that does to the lines after it, and the phrase that told."""

    reason: str
    effect: str
    detail: str


NOT_JUDGED = Verdict("", "", "")
_short: dict[str, Verdict | None] = {}  # what was said of short lines


def judge(line: Line) -> Verdict | None:
    """Return why ``line`` is chrome, or None."""
    text = line.text
    if len(text) > SHORT:
        return _judge(line)
    verdict = _short.get(text, NOT_JUDGED)
    if verdict is NOT_JUDGED:
        if len(_short) >= REMEMBERED:
            _short.clear()
        verdict = _short[text] = _judge(line)
    return verdict


def _judge(line: Line) -> Verdict | None:
    chrome = chrome_book().find(line)
    if chrome:
        return Verdict(chrome.reason, chrome.effect, f"“{chrome.phrase}”")
    mark = find_mark(line)
    return Verdict(*mark, "its shape") if mark else None
