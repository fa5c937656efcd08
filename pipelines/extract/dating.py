"""When a mention's event happened: the time expression that belongs to it, or what stands in for one."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from spacy.tokens import Token

from pipelines.extract.model import Sentence, Time
from pipelines.extract.spans import head_token, tree_distance

_TOO_FAR = 9
_PLAIN = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")


def stated_time(
    trigger: Token, sentence: Sentence, times: Sequence[Time], taken: Sequence[tuple[int, int]]
) -> Time | None:
    """The time expression of the sentence that is nearest to the trigger in the parse.

    ``taken`` are article spans whose years mean something else, such as the period of an agreement.
    """
    best: tuple[int, int, int] | None = None
    chosen = None
    for order, time in enumerate(times):
        if not (sentence.start <= time.start and time.end <= sentence.end) or time.edtf is None:
            continue
        if any(start < time.end and time.start < end for start, end in taken):
            continue
        head = head_token(trigger.doc, time.start - sentence.start, time.end - sentence.start)
        if head is None:
            continue
        distance = tree_distance(trigger, head)
        rank = (distance, abs(head.i - trigger.i), order)
        if distance <= _TOO_FAR and (best is None or rank < best):
            best, chosen = rank, time
    return chosen


def inherited(time: Time) -> Time:
    """The time of a neighbouring sentence about the same event, marked as such."""
    return replace(time, method="inherited")


def publication_time(published: str | None) -> Time | None:
    """The publication date (EDTF day, month or year) as the time that stands in where nothing is said, or None."""
    if published is None or (match := _PLAIN.fullmatch(published)) is None:
        return None
    year, month, day = (int(part) if part else None for part in match.groups())
    if year is None:
        return None
    first = date(year, month or 1, day or 1)
    if day:
        return _published(published, first, first, "day")
    if month:
        return _published(published, first, date(year, month, monthrange(year, month)[1]), "month")
    return _published(published, first, date(year, 12, 31), "year")


def _published(edtf: str, first: date, last: date, precision: str) -> Time:
    return Time("", 0, 0, edtf, first.isoformat(), last.isoformat(), precision, "published")
