"""Read one article sentence by sentence: candidates become mentions, with what earlier sentences told kept in mind."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Doc, Token

from pipelines.extract.actors import ActorReader
from pipelines.extract.agreements import Found, find_agreements
from pipelines.extract.attribution import source_of
from pipelines.extract.casting import Casting, distinct
from pipelines.extract.confidence import Evidence, confidence
from pipelines.extract.contexts import contexts_of
from pipelines.extract.dating import inherited, publication_time, stated_time
from pipelines.extract.domain import article_domain, domain_of, is_silent
from pipelines.extract.grammar import Candidate
from pipelines.extract.model import Actor, Article, Mention, Place, Sentence, Time
from pipelines.extract.ontology import ontology
from pipelines.extract.placing import inherited_place, stated_place
from pipelines.extract.speaker import as_said, is_public
from pipelines.extract.speech import find_told
from pipelines.extract.status import Reality, reality, retyped
from pipelines.extract.wordlists import word_pattern

_CONTINUES = word_pattern("continuation_cues", r"(?i)\b(?:{words})\b")
_INHERITING = {"CONSULT", "SUPPORT", "AGREE", "COOPERATE"}
_MAX_GAP = 3  # sentences between a mention and the one it takes its date and place from
_MAX_WEIGHT = 6.0


class Reading:
    """The state of reading one article; ``mentions`` grows with every sentence."""

    def __init__(
        self, article: Article, times: Sequence[Time], places: Sequence[Place], reader: ActorReader
    ) -> None:
        self.mentions: list[Mention] = []
        self._article = article
        self._times = times
        self._places = places
        self._casting = Casting(article, reader)
        self._published = publication_time(article.date)
        self._domain = article_domain(article.text)

    def read(self, sentence: Sentence, doc: Doc | None) -> None:
        """Take in the next sentence; ``doc`` is its parse, None where it cannot tell of an event."""
        self._casting.hear(sentence)
        if doc is None:
            return
        told = [
            mention
            for candidate in find_told(doc, self._casting.is_somebody(sentence))
            if (mention := self._mention(candidate, sentence)) is not None
        ]
        self._casting.remember(told)
        self.mentions += told

    def _mention(self, candidate: Candidate, sentence: Sentence) -> Mention | None:
        entry, trigger = candidate.entry, candidate.trigger
        told = reality(candidate.teller or trigger, entry.type)
        source = source_of(trigger)
        reporter = self._casting.who([source], sentence, things=False) if source is not None else ()
        actors = self._casting.who(candidate.actors, sentence, reporter)
        recipients = self._casting.who(candidate.recipients, sentence, reporter)
        if entry.joins:
            actors, recipients = distinct((*actors, *recipients)), ()
        else:
            recipients = tuple(
                one for one in recipients if (one.start, one.end) not in {(a.start, a.end) for a in actors}
            )
        type_, cameo, status = retyped(entry.type, entry.cameo, told)
        type_, cameo, status, actors, recipients = as_said(
            trigger, reporter, told, (type_, cameo, status), actors, recipients
        )
        if not (actors or recipients) or not is_public(candidate, actors, recipients):
            return None
        if is_silent(domain_of(sentence.text, self._domain), type_, actors + recipients):
            return None
        mode = entry.mode if type_ == entry.type else None
        agreements = find_agreements(candidate, told.status, sentence.start, self._article.text)
        time = self._time(trigger, sentence, told, type_, agreements)
        place = self._place(trigger, sentence, type_, actors + recipients)
        start, end = (sentence.start + offset for offset in candidate.extent)
        return Mention(
            type=type_,
            mode=mode,
            contexts=contexts_of(sentence.text, entry.contexts, cameo),
            cameo_code=cameo,
            quad_class=ontology().types[type_].quad_class,
            intensity=ontology().intensity(type_, mode),
            status=status,
            trigger=self._article.text[start:end],
            trigger_start=start,
            trigger_end=end,
            sentence=sentence,
            actors=actors,
            recipients=recipients,
            time=time,
            place=place,
            agreements=tuple(found.agreement for found in agreements),
            reported_by=reporter[0].text if reporter else None,
            reporter=reporter[0] if reporter else None,
            confidence=confidence(_evidence(candidate, told, actors, recipients, time)),
            rule=entry.source,
        )

    def _time(
        self, trigger: Token, sentence: Sentence, told: Reality, type_: str, agreements: Sequence[Found]
    ) -> Time | None:
        taken = [found.span for found in agreements]
        if time := stated_time(trigger, sentence, self._times, taken):
            return time
        if told.status in ("occurred", "ongoing"):
            before = self._scene(sentence, type_)
            if before and before.time and before.time.method != "published":
                return inherited(before.time)
            return self._published
        return None

    def _place(self, trigger: Token, sentence: Sentence, type_: str, who: Sequence[Actor]) -> Place | None:
        if place := stated_place(trigger, sentence, self._places, who):
            return place
        before = self._scene(sentence, type_)
        return inherited_place(before.place) if before and before.place else None

    def _scene(self, sentence: Sentence, type_: str) -> Mention | None:
        """The earlier mention whose meeting this sentence goes on to tell of, or None."""
        if type_ not in _INHERITING or not _CONTINUES.search(sentence.text):
            return None
        for mention in reversed(self.mentions):
            if sentence.index - mention.sentence.index > _MAX_GAP:
                return None
            if mention.type in _INHERITING and mention.status in ("occurred", "ongoing"):
                return mention
        return None


def _evidence(
    candidate: Candidate,
    told: Reality,
    actors: Sequence[Actor],
    recipients: Sequence[Actor],
    time: Time | None,
) -> Evidence:
    return Evidence(
        specificity=min(candidate.entry.weight, _MAX_WEIGHT),
        verbal=candidate.entry.pos == "v",
        actor_named=bool(actors),
        recipient_named=bool(recipients) or len(actors) > 1,
        country_known=any(actor.country for actor in (*actors, *recipients)),
        asserted=told.status in ("occurred", "ongoing"),
        doubted=told.doubted,
        borrowed_actor=candidate.borrowed,
        dated_here=time is not None and time.method in ("explicit", "relative"),
    )
