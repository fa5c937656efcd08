"""What a line is by itself: chrome by its wording (``chrome``), else by its shape (``marks``).

Verdicts on short lines are remembered: menus and share bars come again on every page of a site.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from pipelines.clean.chrome import chrome_book
from pipelines.clean.lines import REMEMBERED, SHORT, Line, measure
from pipelines.clean.marks import find_mark


class Verdict(NamedTuple):
    """Why a line is chrome, what that does to the lines after it, and the phrase that told."""

    reason: str
    effect: str
    detail: str


def judge(line: Line) -> Verdict | None:
    """Return why ``line`` is chrome, or None."""
    return _judge_short(line.text) if len(line.text) <= SHORT else _judge(line)


def _judge(line: Line) -> Verdict | None:
    chrome = chrome_book().find(line)
    if chrome:
        return Verdict(chrome.reason, chrome.effect, f"“{chrome.phrase}”")
    mark = find_mark(line)
    return Verdict(*mark, "its shape") if mark else None


@lru_cache(maxsize=REMEMBERED)
def _judge_short(text: str) -> Verdict | None:
    return _judge(measure(text, 0, 0))
