"""Read one article sentence by sentence: candidates become mentions, with what earlier sentences told kept in mind."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Doc

from pipelines.extract.actors import ActorReader
from pipelines.extract.agreements import find_agreements
from pipelines.extract.attribution import source_of
from pipelines.extract.backoff.guess import guess
from pipelines.extract.casting import Casting, distinct
from pipelines.extract.confidence import confidence
from pipelines.extract.contexts import contexts_of
from pipelines.extract.domain import article_domain, domain_of, is_silent
from pipelines.extract.grammar import Candidate, IsWho
from pipelines.extract.joint import done_together
from pipelines.extract.model import Actor, Article, Evidence, Mention, Sentence, Time
from pipelines.extract.ontology import ontology
from pipelines.extract.scene import Scenes
from pipelines.extract.speaker import as_said, is_public
from pipelines.extract.speech import find_told
from pipelines.extract.spots import Spots
from pipelines.extract.status import Reality, reality, retyped
from pipelines.extract.ties import Event

_MAX_WEIGHT = 6.0


class Reading:
    """The state of reading one article.

    ``mentions`` grows with every sentence; ``dropped`` are the last sentence's candidates that became none, with why.
    """

    def __init__(self, article: Article, spots: Spots, reader: ActorReader) -> None:
        self.mentions: list[Mention] = []
        self.dropped: list[tuple[Candidate, str]] = []
        self._article = article
        self._casting = Casting(article, reader)
        self._scenes = Scenes(article, spots)
        self._unheard: list[Sentence] = []

    def read(self, sentence: Sentence, doc: Doc | None) -> None:
        """Take in the next sentence; ``doc`` is its parse, None where it cannot tell of an event."""
        self._unheard.append(sentence)
        self.dropped = []
        if doc is None:
            return
        self._hear()
        is_who = self.somebody(sentence)
        told = [
            mention
            for candidate in find_told(doc, is_who)
            if (mention := self._mention(candidate, sentence)) is not None
        ]
        told += self._guessed(doc, sentence, is_who, told)
        self._casting.remember(told)
        self.mentions += told

    def _hear(self) -> None:
        """Take in what was read since an event was last possible; before one is, nobody asks who was named."""
        for sentence in self._unheard:
            self._casting.hear(sentence)
            self._scenes.hear(sentence)
        self._unheard.clear()

    def _guessed(self, doc: Doc, sentence: Sentence, is_who: IsWho, told: Sequence[Mention]) -> list[Mention]:
        """What the second reader makes of the parties that no event of the lexicon has."""
        taken = {
            (one.start - sentence.start, one.end - sentence.start)
            for mention in told
            for one in (*mention.actors, *mention.recipients)
        }
        guessed = guess(doc, is_who, taken)
        mention = None if guessed is None else self._mention(guessed, sentence)
        return [] if mention is None else [mention]

    def somebody(self, sentence: Sentence) -> IsWho:
        """The test whether a word of the sentence names somebody, with what has been read so far in mind."""
        return self._casting.is_somebody(sentence)

    def _mention(self, candidate: Candidate, sentence: Sentence) -> Mention | None:
        entry, trigger = candidate.entry, candidate.trigger
        told = reality(candidate.teller or trigger, entry.type)
        source = source_of(trigger)
        reporter = self._casting.who([source], sentence, things=False) if source is not None else ()
        things = not candidate.chance  # a guess is between parties that are named themselves
        actors = self._casting.who(candidate.actors, sentence, reporter, things=things)
        recipients = self._casting.who(candidate.recipients, sentence, reporter, things=things)
        if entry.joins:
            actors, recipients = distinct((*actors, *recipients)), ()
        else:
            recipients = self._casting.addressees(trigger, entry.type, sentence, actors, recipients)
        type_, cameo, status = retyped(entry.type, entry.cameo, told)
        type_, cameo, status, actors, recipients = as_said(
            trigger, reporter, told, (type_, cameo, status), actors, recipients
        )
        type_, cameo = done_together(type_, cameo, actors)
        if not (actors or recipients):
            self.dropped.append((candidate, "nobody is named who did it or to whom"))
            return None
        if not is_public(candidate, actors, recipients):
            self.dropped.append((candidate, "it concerns no public party"))
            return None
        domain = domain_of(sentence.text, article_domain(self._article.text))
        if is_silent(domain, type_, actors + recipients):
            reason = f"the words speak of {domain}, and no state or armed party takes part"
            self.dropped.append((candidate, reason))
            return None
        mode = entry.mode if type_ == entry.type else None
        agreements = find_agreements(candidate, told.status, sentence.start, self._article.text)
        time, place = self._scenes.setting(
            Event(trigger, sentence, type_, entry.type, status, actors + recipients, agreements)
        )
        start, end = (sentence.start + offset for offset in candidate.extent)
        evidence = _evidence(candidate, told, actors, recipients, time)
        mention = Mention(
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
            confidence=confidence(evidence),
            rule=entry.source,
            evidence=evidence,
        )
        self._scenes.remember(mention)
        return mention


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
        guessed=candidate.chance,
        dated_here=time is not None and time.method in ("explicit", "relative"),
    )
