"""When a mention's event happened: the time expression that belongs to it, or what stands in for one.

Which expression belongs to the event is read off the parse; what an expression means is decided in ``times``.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

from spacy.tokens import Token

from pipelines.extract.clauses import SPEECH_TYPES, Toll, cost, is_ahead, is_verbal, way
from pipelines.extract.model import Sentence, Time
from pipelines.extract.scene_words import scene_words
from pipelines.extract.spans import head_token
from pipelines.extract.times.leaning import counted_back, leaning
from pipelines.extract.times.series import joined

_TOO_FAR = 9
_LAST_RESORT = 20
_RECENT = timedelta(days=7)
_TIGHT = ("poss", "compound", "nmod", "amod", "nummod")
_PLAIN = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")
_DATELINE = re.compile(r"[^\n]{2,60}?\s(?:--?|–|—)\s")
_MAX_CLIMB = 8


def stated_time(
    trigger: Token,
    sentence: Sentence,
    times: Sequence[Time],
    taken: Sequence[tuple[int, int]] = (),
    *,
    type_: str = "",
    status: str = "occurred",
    published: str | None = None,
) -> Time | None:
    """The time expression of the sentence that belongs to the trigger, in the parse; None where none does.

    ``taken`` are article spans whose years mean something else, such as the period of an agreement. ``type_`` and
    ``status`` are those of the event, ``published`` is the EDTF day of publication: a bare weekday or month is read
    as lying ahead where its clause does, and what has occurred is never dated after publication.
    """
    own = joined(
        [time for time in times if sentence.start <= time.start and time.end <= sentence.end], sentence
    )
    best: tuple[int, int, int] | None = None
    chosen = None
    for order, time in enumerate(own):
        if time.edtf is None or any(start < time.end and time.start < end for start, end in taken):
            continue
        head = head_token(trigger.doc, time.start - sentence.start, time.end - sentence.start)
        if head is None:
            continue
        time = leaning(time, published, _lean(head, trigger, status))
        away = _distance(trigger, head, time, sentence, type_, status, published)
        if away is None:
            continue
        rank = (away, abs(head.i - trigger.i), order)
        if best is None or rank < best:
            best, chosen = rank, time
    return chosen or _counted(trigger, sentence, times, published)


def _distance(
    trigger: Token,
    head: Token,
    time: Time,
    sentence: Sentence,
    type_: str,
    status: str,
    published: str | None,
) -> int | None:
    """How far off the time stands, or None where it dates something else."""
    happened = status in ("occurred", "ongoing")
    if happened and _is_later(time, published):
        return None
    if _in_dateline(time, sentence):
        return _LAST_RESORT if happened else None
    between = way(trigger, head)
    if between is None or not _dates(head, trigger, status):
        return None
    content = 3 if _is_recent(time, published) else None
    toll = cost(
        trigger, between, Toll(said=2, content=content, speech=type_ in SPEECH_TYPES or type_ == "AGREE")
    )
    if toll is None or between.steps + toll > _TOO_FAR:
        return None
    return between.steps + toll


def _dates(head: Token, trigger: Token, status: str) -> bool:
    """Whether the expression, by what it hangs on, can be the time of the trigger at all."""
    governor = head.head
    if head.dep_ in _TIGHT and governor.pos_ in ("NOUN", "PROPN"):
        return _dates_noun(governor, trigger)
    if head.dep_ not in ("pobj", "pcomp"):
        return True
    if governor.lower_ == "of" and governor.head.pos_ in ("NOUN", "PROPN"):
        return _dates_noun(governor.head, trigger)
    if governor.lower_ in scene_words("bounding_prepositions"):
        return False
    if governor.lower_ == "by":
        return status == "planned"
    if governor.lower_ == "for":
        host = governor.head
        return host.lemma_.lower() in scene_words("appointing") or host.lower_ in scene_words("appointing")
    return True


def _dates_noun(noun: Token, trigger: Token) -> bool:
    """ "Monday's talks", "the talks of 12 May": the time of that noun, and of the clause that it is the occasion of."""
    if noun == trigger:
        return True
    if noun.dep_ == "pobj" and noun.head.lower_ in scene_words("circumstance"):
        return True
    verb = noun.head
    return noun.dep_ in ("dobj", "nsubj", "nsubjpass") and (
        verb == trigger and verb.lemma_ in scene_words("happening_verbs")
    )


def _lean(head: Token, trigger: Token, status: str) -> int:
    """Whether the clause of the expression lies ahead (1) or behind (-1), 0 where it does not tell."""
    verb = _clause(head)
    if status == "planned" and _governs(verb, trigger):
        return 1 if verb == _clause(trigger) or not _is_past(verb) else 0
    if is_ahead(verb):
        return 1
    return -1 if _is_past(verb) else 0


def _clause(token: Token) -> Token:
    for _ in range(_MAX_CLIMB):
        if is_verbal(token) or token.head == token:
            break
        token = token.head
    return token


def _governs(verb: Token, trigger: Token) -> bool:
    node = _clause(trigger)
    for _ in range(_MAX_CLIMB):
        if node == verb:
            return True
        if node.dep_ not in ("xcomp", "conj") or node.head == node:
            return False
        node = node.head
    return False


def _is_past(verb: Token) -> bool:
    if verb.tag_ == "VBD":
        return verb.lemma_ != "be" or not any(child.dep_ == "xcomp" for child in verb.children)
    return verb.tag_ == "VBN" and any(child.lower_ in ("was", "were", "had") for child in verb.children)


def _is_later(time: Time, published: str | None) -> bool:
    day = _day(published)
    return bool(day and time.start_date and date.fromisoformat(time.start_date) > day)


def _is_recent(time: Time, published: str | None) -> bool:
    """Whether it is a day that the news of publication can be of; any day, where that is not known."""
    day = _day(published)
    if time.precision != "day":
        return False
    if day is None or time.start_date is None:
        return published is None
    return timedelta(0) <= day - date.fromisoformat(time.start_date) <= _RECENT


def _day(published: str | None) -> date | None:
    match = _PLAIN.fullmatch(published or "")
    return date.fromisoformat(match.group()) if match and match.group(3) else None


def _in_dateline(time: Time, sentence: Sentence) -> bool:
    """Whether the expression is the day in front of the first sentence's dash ("CAIRO, May 3 - The …")."""
    match = _DATELINE.match(sentence.text)
    if match is None or time.end > sentence.start + match.end():
        return False
    lead = sentence.text[: time.start - sentence.start]
    return lead[:3].isupper() and any(month in time.text for month in scene_words("dateline_months"))


def _counted(trigger: Token, sentence: Sentence, times: Sequence[Time], published: str | None) -> Time | None:
    """ "… on Monday, two days after X …": the time of X, counted from that of the clause it hangs on."""
    for clause in _clauses(trigger):
        mark = next(
            (c for c in clause.children if c.dep_ == "mark" and c.lower_ in ("after", "before")), None
        )
        length = next((c for c in clause.children if c.dep_ == "npadvmod" and mark and c.i < mark.i), None)
        if mark is None or length is None or clause.dep_ != "advcl":
            continue
        base = stated_time(clause.head, sentence, times, published=published)
        if base is None or base.edtf is None:
            return None
        first = min(token.i for token in length.subtree)
        phrase = trigger.doc[first : length.i + 1]
        start = sentence.start + phrase.start_char
        counted = counted_back(phrase.text, base.edtf, -1 if mark.lower_ == "after" else 1)
        return counted and replace(counted, start=start, end=start + len(phrase.text))
    return None


def _clauses(token: Token) -> Iterator[Token]:
    """The verbs above a word up to the border of its clause, itself included."""
    for _ in range(_MAX_CLIMB):
        if is_verbal(token):
            yield token
        if token.head == token or token.dep_ in ("relcl", "ccomp", "advcl"):
            return
        token = token.head


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
