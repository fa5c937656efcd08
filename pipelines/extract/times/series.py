"""Days that follow one another in a list ("on 9 and 10 August") as the one stretch of time they are for an event."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from pipelines.extract.model import Sentence, Time

_BETWEEN = re.compile(r"\s*(?:,|and|,\s*and|&)\s*(?:on\s+|in\s+)?(?:the\s+)?")
_PRECISIONS = ("day", "month", "year")


def joined(times: Sequence[Time], sentence: Sentence) -> list[Time]:
    """The times of a sentence, in text order, with each run of coordinated neighbouring days, months or years as one."""
    found: list[Time] = []
    for time in times:
        if found and (both := _join(found[-1], time, sentence)) is not None:
            found[-1] = both
        else:
            found.append(time)
    return found


def _join(first: Time, second: Time, sentence: Sentence) -> Time | None:
    gap = sentence.text[first.end - sentence.start : second.start - sentence.start]
    if _BETWEEN.fullmatch(gap) is None or second.precision not in _PRECISIONS or not _touch(first, second):
        return None
    opening, closing = (first.edtf or "").split("/")[0], second.edtf or ""
    if len(opening) != len(closing):
        return None
    return replace(
        first,
        text=sentence.text[first.start - sentence.start : second.end - sentence.start],
        end=second.end,
        edtf=f"{opening}/{closing}",
        end_date=second.end_date,
        precision="interval",
    )


def _touch(first: Time, second: Time) -> bool:
    if first.end_date is None or second.start_date is None:
        return False
    return date.fromisoformat(second.start_date) - date.fromisoformat(first.end_date) == timedelta(days=1)
