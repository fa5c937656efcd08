"""Read one article sentence by sentence: candidates become mentions, with what earlier sentences told kept in mind."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from spacy.tokens import Doc, Token

from pipelines.extract.actors import ActorReader
from pipelines.extract.agreements import Found, find_agreements
from pipelines.extract.attribution import source_of
from pipelines.extract.cast import Cast
from pipelines.extract.confidence import Evidence, confidence
from pipelines.extract.contexts import contexts_of
from pipelines.extract.dating import inherited, publication_time, stated_time
from pipelines.extract.grammar import Candidate, find_candidates
from pipelines.extract.model import Actor, Article, Mention, Place, Sentence, Time
from pipelines.extract.ontology import ontology
from pipelines.extract.placing import inherited_place, stated_place
from pipelines.extract.status import Reality, is_obligation, reality, retyped
from pipelines.extract.wordlists import word_pattern, words

_CONTINUES = word_pattern("continuation_cues", r"(?i)\b(?:{words})\b")
_INHERITING = {"CONSULT", "SUPPORT", "AGREE", "COOPERATE"}
_MAX_GAP = 3  # sentences between a mention and the one it takes its date and place from
_MAX_WEIGHT = 6.0
_SAID_OF_ONESELF = {"ACCUSE", "REQUEST", "REJECT", "THREATEN"}
_DEMAND = "104"  # CAMEO: demand reform or change


class Reading:
    """The state of reading one article; ``mentions`` grows with every sentence."""

    def __init__(
        self, article: Article, times: Sequence[Time], places: Sequence[Place], reader: ActorReader
    ) -> None:
        self.mentions: list[Mention] = []
        self._article = article
        self._times = times
        self._places = places
        self._reader = reader
        self._cast = Cast(publisher_country=article.publisher_country)
        self._published = publication_time(article.date)

    def read(self, sentence: Sentence, doc: Doc | None) -> None:
        """Take in the next sentence; ``doc`` is its parse, None where it cannot tell of an event."""
        self._cast.scan(sentence.text, sentence.start)
        if doc is None:
            return
        told = [
            mention
            for candidate in find_candidates(doc, self._is_somebody(sentence))
            if (mention := self._mention(candidate, sentence)) is not None
        ]
        for mention in told:
            for actor in (*mention.actors, *mention.recipients):
                self._cast.note(actor)
        self.mentions += told

    def _is_somebody(self, sentence: Sentence) -> Callable[[Token], bool]:
        memory: dict[int, bool] = {}

        def test(token: Token) -> bool:
            if token.i not in memory:
                memory[token.i] = bool(self._reader.read(token, self._cast, base=sentence.start))
            return memory[token.i]

        return test

    def _mention(self, candidate: Candidate, sentence: Sentence) -> Mention | None:
        entry, trigger = candidate.entry, candidate.trigger
        told = reality(trigger)
        source = source_of(trigger)
        reporter = self._who([source], sentence, things=False) if source is not None else ()
        actors = self._who(candidate.actors, sentence, reporter)
        recipients = self._who(candidate.recipients, sentence, reporter)
        if entry.joins:
            actors, recipients = _distinct((*actors, *recipients)), ()
        else:
            recipients = tuple(
                one for one in recipients if (one.start, one.end) not in {(a.start, a.end) for a in actors}
            )
        if not actors and not recipients:
            return None
        type_, cameo, status = retyped(entry.type, entry.cameo, told)
        if (
            reporter
            and type_ not in _SAID_OF_ONESELF
            and is_obligation(trigger)
            and not _same(reporter, actors)
        ):
            # "X says that Y must withdraw" is what X demands of Y
            type_, cameo, status, actors, recipients = (
                "REQUEST",
                _DEMAND,
                "occurred",
                reporter,
                actors or recipients,
            )
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

    def _who(
        self,
        heads: Sequence[Token],
        sentence: Sentence,
        speaker: Sequence[Actor] = (),
        *,
        things: bool = True,
    ) -> tuple[Actor, ...]:
        """The actors that the phrases name, or that stand behind the things they name."""
        found: list[Actor] = []
        for head in heads:
            if head.lower_ in words("first_person") and head.text not in ("US", "U.S."):
                found += speaker[:1]
                continue
            named = self._reader.read(head, self._cast, base=sentence.start)
            if not named and things:
                named = self._reader.behind(head, self._cast, base=sentence.start)
            found += named
        return _distinct([self._verbatim(actor) for actor in found])

    def _verbatim(self, actor: Actor) -> Actor:
        """The actor with the article's own characters, where the parser saw stand-ins for quotation marks."""
        return replace(actor, text=self._article.text[actor.start : actor.end])

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


def _same(first: Sequence[Actor], second: Sequence[Actor]) -> bool:
    """Whether two sides speak for one: the same name, or the same country."""
    names = {one.name for one in first} & {one.name for one in second}
    countries = {one.country for one in first if one.country} & {one.country for one in second if one.country}
    return bool(names or countries)


def _distinct(actors: Sequence[Actor]) -> tuple[Actor, ...]:
    """Each actor once, by what it is called, in text order of first sight."""
    return tuple({(actor.name, actor.country): actor for actor in reversed(actors)}.values())[::-1]


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
