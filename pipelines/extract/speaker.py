"""What a report makes of the event in it, once it is known who speaks and who acts.

The sayings that are events by themselves are found in ``speech``; here the event is the lexicon's.
"""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Token

from pipelines.extract.backoff.model import is_likely
from pipelines.extract.cues import cues
from pipelines.extract.grammar import Candidate
from pipelines.extract.model import Actor
from pipelines.extract.speech import SPEECH, is_obligation
from pipelines.extract.status import Reality

Who = tuple[Actor, ...]
Coding = tuple[str, str, str]  # type, CAMEO code, status

_SAID_OF_ONESELF = {"ACCUSE", "REQUEST", "REJECT", "THREATEN"}
_ANNOUNCED = {"AGREE", "THREATEN", "REJECT"}


def as_said(
    trigger: Token, reporter: Who, told: Reality, coding: Coding, actors: Who, recipients: Who
) -> tuple[str, str, str, Who, Who]:
    """Type, CAMEO code, status, actors and recipients of the event as its reporter says it.

    "X says that Y must withdraw" is what X demands of Y; what is announced or refused without saying who will do it
    is announced or refused by the speaker.
    """
    type_, cameo, status = coding
    if reporter and type_ not in _SAID_OF_ONESELF and is_obligation(trigger) and not same(reporter, actors):
        demand, code = cues().speech_acts["demand"]
        return demand, code, "occurred", reporter, actors or recipients
    if reporter and not actors and type_ in _ANNOUNCED and (told.status == "planned" or told.refused):
        others = tuple(one for one in recipients if one.name != reporter[0].name)
        return type_, cameo, status, reporter, others
    return type_, cameo, status, actors, recipients


def is_public(candidate: Candidate, actors: Who, recipients: Who) -> bool:
    """Whether a saying or a guess is between those that public life is made of; true of what the lexicon found.

    A demand needs a public addressee, or none ("the siege must end"); a threat or a charge a public speaker; a guess
    of the second reader must be the likelier, the fewer of its two sides are public.
    """
    if candidate.chance:
        return is_likely(candidate.chance, _any_public(actors) + _any_public(recipients or actors[1:]))
    if not candidate.entry.source.startswith(SPEECH):
        return True
    judged = recipients if candidate.entry.type == "REQUEST" else actors
    return not judged or _any_public(judged)


def _any_public(side: Sequence[Actor]) -> bool:
    return any(one.country or one.sector in cues().public_sectors for one in side)


def same(first: Sequence[Actor], second: Sequence[Actor]) -> bool:
    """Whether two sides speak for one: the same name, or the same country and not two sectors of it."""
    for one in first:
        for other in second:
            if one.name == other.name:
                return True
            sectors = {one.sector, other.sector} - {None}
            if one.country and one.country == other.country and len(sectors) < 2:
                return True
    return False
