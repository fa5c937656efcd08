"""What ties an event to one told before it in the same text: who takes part, how it is referred to, and its time frame.

Pure questions about one event and one mention. The search through the text is done in ``scene``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Token

from pipelines.extract.agreements import Found
from pipelines.extract.model import Actor, Mention, Sentence, Time
from pipelines.extract.scene_words import scene_words

HAPPENED = ("occurred", "ongoing")
UNSAID = ("published", "none")


@dataclass(frozen=True, slots=True)
class Event:
    """What is known of a mention before its time and place: ``type_`` and ``status`` as the contract's, and who.

    ``told`` is the type of the word itself, where announcing it has made another type of it.
    """

    trigger: Token
    sentence: Sentence
    type_: str
    told: str
    status: str
    who: tuple[Actor, ...]
    agreements: Sequence[Found] = ()

    @property
    def kind(self) -> str:
        """The type that says what its times and places mean: a visit stays one when it is announced."""
        return self.told if self.status == "planned" else self.type_

    @property
    def in_words(self) -> bool:
        """Praise and thanks: support in words alone, rather than by a signature."""
        return self.kind == "SUPPORT" and not self.agreements


def is_scene(mention: Mention) -> bool:
    """Whether a text goes on from the mention: a meeting or signing, or what has itself gone on from one."""
    if mention.type in scene_words("scene_types"):
        return True
    return (
        mention.type in scene_words("inheriting_types")
        and mention.time is not None
        and mention.time.method == "inherited"
    )


def same_time_frame(event: Event, mention: Mention) -> bool:
    """What has happened goes on from what has happened, what is planned from a plan."""
    if event.status == "planned":
        return mention.status == "planned"
    return mention.status in HAPPENED


def is_definite_noun(trigger: Token) -> bool:
    """ "The attack", "these talks": an event noun that speaks of one already told."""
    return trigger.pos_ == "NOUN" and any(
        child.dep_ == "det" and child.lower_ in scene_words("definite") for child in trigger.children
    )


def is_background(trigger: Token) -> bool:
    """Whether the clause is set before what the text tells of: "had met"."""
    return any(child.dep_ == "aux" and child.lower_ in ("had", "'d") for child in trigger.children)


def is_anaphoric(actor: Actor) -> bool:
    """Whether the actor is only referred to: "he", "the ministry" for that of a country named before."""
    if actor.resolved_by == "coreference":
        return True
    first = actor.text.split(maxsplit=1)[0].lower() if actor.text.strip() else ""
    return first in scene_words("definite") and actor.name.split()[-1] not in actor.text


def takes_part_again(who: Sequence[Actor], mention: Mention) -> bool:
    """Whether somebody takes part in both; a mere country counts only where it is referred back to."""
    before = {actor.name: actor for actor in everybody(mention)}
    return any(one.name in before and (one.kind != "country" or is_anaphoric(one)) for one in who)


def is_compatible(who: Sequence[Actor], mention: Mention) -> bool:
    """Whether nobody from elsewhere takes part: every country of the event had its part in the mention."""
    before = _countries(everybody(mention))
    return not before or _countries(who) <= before


def everybody(mention: Mention) -> tuple[Actor, ...]:
    """Actors and recipients."""
    return (*mention.actors, *mention.recipients)


def overlap(first: Time, second: Time) -> bool:
    """Whether two times can be that of one meeting; what has no year is compared as it is written."""
    if first.start_date is None or second.start_date is None:
        return first.edtf == second.edtf
    if first.end_date is None or second.end_date is None:
        return first.edtf == second.edtf
    return first.start_date <= second.end_date and second.start_date <= first.end_date


def _countries(who: Sequence[Actor]) -> set[str]:
    return {actor.country for actor in who if actor.country}
