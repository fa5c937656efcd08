"""The time and place of each mention: what its sentence states, else what the meeting told just before lends it.

A text tells where and when a meeting was and goes on with "they signed": such mentions inherit. Which words of a
sentence are the mention's own time and place is decided in ``dating`` and ``placing``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta

from pipelines.extract.agreements import Found
from pipelines.extract.dating import inherited, publication_time, stated_time
from pipelines.extract.model import Article, Mention, Place, Sentence, Time
from pipelines.extract.placing import inherited_place, stated_place
from pipelines.extract.scene_words import scene_pattern, scene_words
from pipelines.extract.spots import Spots
from pipelines.extract.ties import (
    HAPPENED,
    UNSAID,
    Event,
    is_anaphoric,
    is_background,
    is_compatible,
    is_definite_noun,
    is_scene,
    overlap,
    same_time_frame,
    takes_part_again,
)

_MAX_GAP = 4  # sentences between a mention and the one it takes its date and place from
_MAX_GAP_OF_SAME = 8  # the same for a noun that names the event again ("the attack")
_SAME_DAY_REACH = 800  # code points: about a paragraph back
_LONG_AGO = timedelta(days=21)  # a scene further back than that is background, not what the text reports on


class Scenes:
    """The scenes of one article, read in the order of its sentences."""

    def __init__(self, article: Article, spots: Spots) -> None:
        self._article = article
        self._spots = spots
        self._published = publication_time(article.date)
        self._told: list[Mention] = []
        self._heard: list[Sentence] = []

    def hear(self, sentence: Sentence) -> None:
        """Take in the next sentence, whether it tells of an event or not."""
        self._heard.append(sentence)

    def remember(self, mention: Mention) -> None:
        """Keep a mention: what follows may go on from it."""
        self._told.append(mention)

    def setting(self, event: Event) -> tuple[Time | None, Place | None]:
        """Time and place of the event, with their methods; None where the text does not say."""
        time, place = self._stated_time(event), self._stated_place(event)
        lent_time = self._inherited_time(event, place) if time is None else None
        lent_place = self._inherited_place(event, time) if place is None else None
        stand_in = self._published if event.status in HAPPENED else None
        return time or lent_time or stand_in, place or lent_place

    def _stated_time(self, event: Event) -> Time | None:
        return stated_time(
            event.trigger,
            event.sentence,
            self._spots.times,
            [_period_span(found) for found in event.agreements],
            type_=event.kind,
            status=event.status,
            published=self._article.date,
        )

    def _stated_place(self, event: Event) -> Place | None:
        titles = [(found.agreement.start, found.agreement.end) for found in event.agreements]
        return stated_place(
            event.trigger,
            event.sentence,
            self._spots.places,
            event.who,
            titles,
            type_=event.kind,
            in_words=event.in_words,
        )

    def _inherited_time(self, event: Event, place: Place | None) -> Time | None:
        here = place
        for mention in self._scenes(event, scene_words("inheriting_types")):
            if here and mention.place and mention.place.name != here.name:
                return None
            if mention.time and mention.time.method not in UNSAID:
                return inherited(mention.time)
            here = here or mention.place
        time = self._day_meant(event)
        if time is None and event.kind in scene_words("inheriting_types") | scene_words("carried_on_types"):
            time = self._only_day(self._untold(event))
        return inherited(time) if time else None

    def _inherited_place(self, event: Event, time: Time | None) -> Place | None:
        now = time
        for mention in self._scenes(event, scene_words("placed_types")):
            said = mention.time if mention.time and mention.time.method not in UNSAID else None
            if now and said and not overlap(now, said):
                return None
            if mention.place:
                return inherited_place(mention.place)
            now = now or said
        if time is not None or event.kind not in scene_words("placed_types"):
            return None
        place = self._only_town(self._untold(event))
        return inherited_place(place) if place else None

    def _scenes(self, event: Event, types: frozenset[str]) -> Iterator[Mention]:
        """Earlier mentions that the event is told as a part or as the sequel of, latest first."""
        joins = self._tie(event, types)
        if joins is None:
            return
        for mention in reversed(self._told):
            gap = event.sentence.index - mention.sentence.index
            if gap > _MAX_GAP_OF_SAME:
                return
            if joins(mention, gap) and same_time_frame(event, mention):
                yield mention

    def _tie(self, event: Event, types: frozenset[str]) -> Callable[[Mention, int], bool] | None:
        """A test whether the event goes on from a mention some sentences back; None where it stands alone."""
        text = event.sentence.text
        if event.kind not in types | scene_words("carried_on_types") or is_background(event.trigger):
            return None
        if scene_pattern("parting_cues").search(text):
            return None
        again = is_definite_noun(event.trigger)
        cue = scene_pattern("continuation_cues").search(text) is not None
        pronoun = any(is_anaphoric(actor) for actor in event.who)

        def test(mention: Mention, gap: int) -> bool:
            if not is_compatible(event.who, mention):
                return False
            if again and mention.type in (event.type_, event.told):
                return gap > 0
            if gap > _MAX_GAP or self._paragraphs(mention, event) > 1:
                return False
            if event.kind not in types or not is_scene(mention):
                return (
                    event.kind == mention.type
                    and gap == 1
                    and pronoun
                    and takes_part_again(event.who, mention)
                )
            if cue:
                return True
            return takes_part_again(event.who, mention) and (pronoun or not self._is_long_ago(mention))

        return test

    def _paragraphs(self, mention: Mention, event: Event) -> int:
        """Paragraphs begun between the mention's sentence and the event's."""
        between = self._article.text[mention.sentence.end : event.sentence.start]
        return between.count("\n\n") or between.count("\n")

    def _is_long_ago(self, mention: Mention) -> bool:
        if not (self._published and self._published.start_date and mention.time and mention.time.end_date):
            return False
        now = date.fromisoformat(self._published.start_date)
        return now - date.fromisoformat(mention.time.end_date) > _LONG_AGO

    def _day_meant(self, event: Event) -> Time | None:
        """The last day named before "on the same day", where that day has no year to count from."""
        if scene_pattern("same_day_cues").search(event.sentence.text) is None:
            return None
        days = [
            time for time in self._spots.times if time.end <= event.sentence.start and time.precision == "day"
        ]
        return days[-1] if days and event.sentence.start - days[-1].end <= _SAME_DAY_REACH else None

    def _untold(self, event: Event) -> Sentence | None:
        """The sentence before, where it tells of no event itself but names whom the event only refers to."""
        before = self._heard[-2] if len(self._heard) > 1 else None
        if before is None or any(mention.sentence.index == before.index for mention in self._told):
            return None
        if is_background(event.trigger) or scene_pattern("parting_cues").search(event.sentence.text):
            return None
        named = (actor.name.split()[-1] in before.text for actor in event.who if is_anaphoric(actor))
        return before if any(named) else None

    def _only_day(self, sentence: Sentence | None) -> Time | None:
        if sentence is None:
            return None
        inside = [
            one
            for one in self._spots.times
            if sentence.start <= one.start and one.end <= sentence.end and one.edtf
        ]
        return inside[0] if len(inside) == 1 and inside[0].precision == "day" else None

    def _only_town(self, sentence: Sentence | None) -> Place | None:
        """The one town that stands under "in" or "at"."""
        if sentence is None:
            return None
        text = self._article.text
        inside = [
            one
            for one in self._spots.places
            if sentence.start <= one.start and one.end <= sentence.end and one.kind == "city"
            and text[max(0, one.start - 4) : one.start].endswith((" in ", " at "))
        ]  # fmt: skip
        return inside[0] if len(inside) == 1 else None


def _period_span(found: Found) -> tuple[int, int]:
    """The article span whose years are the agreement's and not the event's."""
    if found.agreement.period_start or found.agreement.period_end:
        return found.span
    return found.agreement.start, found.agreement.end
