"""What a line is by itself: chrome by its wording (``chrome``), else by its shape (``marks``).

Verdicts on short lines are remembered: menus and share bars come again on every page of a site.
"""

from __future__ import annotations

from functools import lru_cache

from pipelines.clean.chrome import chrome_book
from pipelines.clean.lines import REMEMBERED, SHORT, Line, measure
from pipelines.clean.marks import find_mark


def judge(line: Line) -> tuple[str, str] | None:
    """Return the reason why ``line`` is chrome, and the effect on the lines after it, or None."""
    return _judge_short(line.text) if len(line.text) <= SHORT else _judge(line)


def _judge(line: Line) -> tuple[str, str] | None:
    chrome = chrome_book().find(line)
    return (chrome.reason, chrome.effect) if chrome else find_mark(line)


@lru_cache(maxsize=REMEMBERED)
def _judge_short(text: str) -> tuple[str, str] | None:
    return _judge(measure(text, 0, 0))
