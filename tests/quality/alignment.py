"""Which found mention answers to which annotated event, and what is wrong with the answer.

Works on one sentence or document at a time. Sums and shares over many are ``score``'s business.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from annotations import Document, Event, Sentence, Told

from pipelines.extract.model import Actor, Mention, Place

FOUND = 0.5  # share of a phrase's words that an actor's text must hold to count as that phrase
_WORD = re.compile(r"\w+")
Gold = TypeVar("Gold")
_EMPTY_WORDS = {"the", "a", "an", "of", "in", "s", "and", "its", "his", "her"}


@dataclass(frozen=True, slots=True)
class Answer(Generic[Gold]):
    """An annotated event with the mention that answers to it, one of the two possibly missing."""

    gold: Gold | None
    mention: Mention | None
    type_right: bool = False


@dataclass(frozen=True, slots=True)
class Check:
    """One yes-or-no question put to an answer."""

    name: str
    passed: bool


def words(text: str | None) -> set[str]:
    """The words that tell one phrase from another, in lower case."""
    return {word.lower() for word in _WORD.findall(text or "")} - _EMPTY_WORDS


def overlap(phrase: str, actors: Iterable[Actor]) -> float:
    """The largest share of the phrase's words that one actor's text or name holds, 0 to 1."""
    wanted = words(phrase)
    held = [wanted & words(text) for actor in actors for text in (actor.text, actor.name)]
    return max((len(one) / (len(wanted) or 1) for one in held), default=0.0)


def answer_sentence(sentence: Sentence, mentions: Sequence[Mention]) -> list[Answer[Event]]:
    """Every expected event and every mention once: pairs of the right type first, then what is left over."""
    left = list(mentions)
    events = list(sentence.expected)
    answers = _pair(events, left, lambda event, one: one.type in event.types, _likeness, type_right=True)
    for event in (event for event in sentence.events if event.optional):
        left[:] = _without_first(left, event)
    answers += _pair(
        events, left, lambda event, one: _likeness(event, one) >= FOUND, _likeness, type_right=False
    )
    answers += [Answer(event, None) for event in events]
    return answers + [Answer(None, one) for one in left]


def answer_document(document: Document, mentions: Sequence[Mention]) -> list[Answer[Told]]:
    """Likewise for a document, where an event is answered only from the sentence that tells it."""
    left = list(mentions)
    events = list(document.events)
    answers = _pair(events, left, _tells, _fullness, type_right=True)
    left = [one for one in left if not any(_covers(one, offset) for offset in document.tolerated)]
    return answers + [Answer(event, None) for event in events] + [Answer(None, one) for one in left]


def check_sentence(event: Event, mention: Mention) -> list[Check]:
    """What the annotation says about the event against what was found, for a mention of the right type."""
    checks = [Check("status", mention.status in event.statuses)]
    if event.source:
        checks.append(Check("actor", all(overlap(one, mention.actors) >= FOUND for one in event.source)))
    if event.target:
        checks.append(
            Check("recipient", all(overlap(one, _others(mention)) >= FOUND for one in event.target))
        )
    if event.mode:
        checks.append(Check("mode", mention.mode == event.mode))
    if event.time:
        checks.append(Check("date", mention.time is not None and mention.time.edtf == event.time))
    if event.place:
        checks.append(Check("place", _same_place(event.place, mention.place)))
    if event.reported_by:
        checks.append(Check("reporter", _same_reporter(event.reported_by, mention)))
    return checks


def check_document(event: Told, mention: Mention | None) -> list[Check]:
    """Likewise for an event of a document; without a mention every question is answered with no."""
    checks = [Check("status", mention is not None and mention.status in event.statuses)]
    everybody = [*mention.actors, *mention.recipients] if mention else []
    checks += [Check("actor", any(_is(actor, one) for one in everybody)) for actor in event.actors]
    others = mention.recipients if mention else ()
    checks += [Check("recipient", any(_is(actor, one) for one in others)) for actor in event.recipients]
    if event.dates:
        checks.append(Check("date", bool(mention and mention.time and mention.time.edtf in event.dates)))
    if event.place:
        checks.append(Check("place", mention is not None and _same_place(event.place, mention.place)))
    if event.reported_by:
        checks.append(Check("reporter", mention is not None and _same_reporter(event.reported_by, mention)))
    for agreement in event.agreements:
        checks.append(Check("agreement", mention is not None and _has_agreement(agreement, mention)))
    return checks


def _pair(
    events: list[Gold],
    mentions: list[Mention],
    may: Callable[[Gold, Mention], bool],
    likeness: Callable[[Gold, Mention], float],
    *,
    type_right: bool,
) -> list[Answer[Gold]]:
    """Take the likeliest pairs out of both lists until none is left."""
    pairs = [
        (-likeness(event, one), e, m)
        for e, event in enumerate(events)
        for m, one in enumerate(mentions)
        if may(event, one)
    ]
    answers: list[Answer[Gold]] = []
    used_events: set[int] = set()
    used_mentions: set[int] = set()
    for _, e, m in sorted(pairs):
        if e not in used_events and m not in used_mentions:
            answers.append(Answer(events[e], mentions[m], type_right))
            used_events.add(e)
            used_mentions.add(m)
    events[:] = [event for e, event in enumerate(events) if e not in used_events]
    mentions[:] = [one for m, one in enumerate(mentions) if m not in used_mentions]
    return answers


def _likeness(event: Event, mention: Mention) -> float:
    source = max((overlap(one, mention.actors) for one in event.source), default=0.0)
    target = max((overlap(one, _others(mention)) for one in event.target), default=0.0)
    return source + target + 0.25 * (mention.status in event.statuses)


def _without_first(mentions: list[Mention], event: Event) -> list[Mention]:
    fitting = [m for m, one in enumerate(mentions) if one.type in event.types]
    return [one for m, one in enumerate(mentions) if not fitting or m != fitting[0]]


def _tells(event: Told, mention: Mention) -> bool:
    return mention.type in event.types and _covers(mention, event.offset)


def _fullness(event: Told, mention: Mention) -> float:
    return sum(check.passed for check in check_document(event, mention))


def _covers(mention: Mention, offset: int) -> bool:
    return mention.sentence.start <= offset < mention.sentence.end


def _others(mention: Mention) -> tuple[Actor, ...]:
    """Where a target may stand: with the recipients, or beside the actors where nobody leads."""
    return mention.recipients or mention.actors


def _is(wanted: dict[str, str], actor: Actor) -> bool:
    if "country" in wanted and actor.country != wanted["country"]:
        return False
    return wanted.get("name", "").lower() in f"{actor.text} | {actor.name}".lower()


def _same_place(wanted: tuple[str, str], place: Place | None) -> bool:
    if place is None or place.country != wanted[1]:
        return False
    return bool(words(wanted[0]) & (words(place.name) | words(place.text)))


def _same_reporter(wanted: str, mention: Mention) -> bool:
    names = words(mention.reported_by) | (words(mention.reporter.name) if mention.reporter else set())
    return len(words(wanted) & names) / (len(words(wanted)) or 1) >= FOUND


def _has_agreement(wanted: dict[str, object], mention: Mention) -> bool:
    statuses = _listed(wanted["status"]) + _listed(wanted.get("or_status", []))
    period = wanted.get("period")
    return any(
        str(wanted["title"]).lower() in one.title.lower()
        and one.kind == wanted["kind"]
        and one.status in statuses
        and (not period or [one.period_start, one.period_end] == period)
        for one in mention.agreements
    )


def _listed(value: object) -> list[str]:
    return [str(one) for one in value] if isinstance(value, list) else [str(value)]
