"""Who takes part in what one article tells: the actor reader, the article's cast and its own characters together.

Which phrases take part in an event is the grammar's to say; here they become actors, each once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from spacy.tokens import Token

from pipelines.extract.actors import ActorReader
from pipelines.extract.cast import Cast
from pipelines.extract.model import Actor, Article, Mention, Sentence
from pipelines.extract.who.addressees import beneath
from pipelines.extract.who.vocabulary import vocabulary
from pipelines.extract.wordlists import words

_NOT_PRONOUNS = ("US", "U.S.")
_MUTUAL = vocabulary("mutual_types")
_REACHING = vocabulary("reaching_types")


class Casting:
    """The actors of one article, read in the order of its sentences."""

    def __init__(self, article: Article, reader: ActorReader) -> None:
        self._article = article
        self._reader = reader
        self._cast = Cast(publisher_country=article.publisher_country)

    def hear(self, sentence: Sentence) -> None:
        """Take in who the next sentence names."""
        self._cast.scan(sentence.text, sentence.start)

    def remember(self, mentions: Sequence[Mention]) -> None:
        """Keep in mind who took part in what a sentence told."""
        for mention in mentions:
            for actor in (*mention.actors, *mention.recipients):
                self._cast.note(actor)

    def is_somebody(self, sentence: Sentence) -> Callable[[Token], bool]:
        """A test whether the phrase of a word of ``sentence`` names anybody; each word is read once."""
        memory: dict[int, bool] = {}

        def test(token: Token) -> bool:
            if token.i not in memory:
                memory[token.i] = bool(self._reader.read(token, self._cast, base=sentence.start))
            return memory[token.i]

        return test

    def who(
        self,
        heads: Sequence[Token],
        sentence: Sentence,
        speaker: Sequence[Actor] = (),
        *,
        things: bool = True,
    ) -> tuple[Actor, ...]:
        """The actors that the phrases of ``heads`` name or, with ``things``, that stand behind what they name.

        ``speaker`` is who says the sentence: what "we" and "I" mean.
        """
        found: list[Actor] = []
        for head in heads:
            if head.lower_ in words("first_person") and head.text not in _NOT_PRONOUNS:
                found += speaker[:1]
                continue
            named = self._reader.read(head, self._cast, base=sentence.start)
            if not named and things:
                named = self._reader.behind(head, self._cast, base=sentence.start)
            found += named
        return distinct([self._verbatim(actor) for actor in found])

    def addressees(
        self,
        trigger: Token,
        type_: str,
        sentence: Sentence,
        actors: Sequence[Actor],
        named: Sequence[Actor],
    ) -> tuple[Actor, ...]:
        """Whom ``actors`` direct the event of ``trigger`` at: those ``named`` in a role, else who else is in sight.

        Nobody who acts is meant, nor, unless named, anything of theirs ("promised to reform its army"). Parties of
        several countries that do something of a mutual type do it to one another, wherever that is.
        """
        spans = {(one.start, one.end) for one in actors}
        found = tuple(one for one in named if (one.start, one.end) not in spans)
        if type_ in _MUTUAL and len({one.country for one in actors if one.country}) > 1:
            return tuple(one for one in found if one.kind != "body" or one.sector)
        return found or self._in_sight(trigger, type_, sentence, actors)

    def _in_sight(
        self, trigger: Token, type_: str, sentence: Sentence, actors: Sequence[Actor]
    ) -> tuple[Actor, ...]:
        if not actors:
            return ()
        found = self._directed(beneath(trigger), sentence, actors)
        if not found and type_ in _REACHING:
            found = self._directed(beneath(trigger, reaching=True), sentence, actors)
        return found

    def _directed(
        self, heads: Iterable[Token], sentence: Sentence, actors: Sequence[Actor]
    ) -> tuple[Actor, ...]:
        """The first of ``heads`` that names others than the actors and theirs."""
        names = {one.name for one in actors}
        countries = {one.country for one in actors if one.country}
        for head in heads:
            found = self._reader.read(head, self._cast, base=sentence.start)
            found = found or self._reader.owner(head, self._cast, base=sentence.start)
            others = [
                one
                for one in found
                if one.name not in names and (one.country is None or one.country not in countries)
            ]
            if others:
                return distinct([self._verbatim(one) for one in others])
        return ()

    def _verbatim(self, actor: Actor) -> Actor:
        """The actor with the article's own characters, where the parser saw stand-ins for quotation marks."""
        return replace(actor, text=self._article.text[actor.start : actor.end])


def distinct(actors: Sequence[Actor]) -> tuple[Actor, ...]:
    """Each actor once, by what it is called, in the order of first sight."""
    once: dict[tuple[str, str | None], Actor] = {}
    for actor in actors:
        once.setdefault((actor.name, actor.country), actor)
    return tuple(once.values())
