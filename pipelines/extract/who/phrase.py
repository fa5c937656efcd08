"""One noun phrase under reading: its stretch of text, what the lexicon marks in it, whose it is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from spacy.tokens import Token

from pipelines.extract.cast import Cast
from pipelines.extract.model import Actor
from pipelines.extract.who.anaphora import states_meant
from pipelines.extract.who.belonging import clause_place, owners, possessive, rivals
from pipelines.extract.who.describe import Description, describe
from pipelines.extract.who.extent import adopted, extent, left_edge
from pipelines.extract.who.member import Member, actor
from pipelines.extract.who.names import Segment
from pipelines.extract.who.sentence import Sentence
from pipelines.extract.who.sides import Side, sides
from pipelines.extract.who.vocabulary import vocabulary

_INDEFINITE = vocabulary("indefinite")
_LOYAL = vocabulary("loyal")
_TWO = vocabulary("two")
_FACING = vocabulary("facing")
_ELSEWHERE = vocabulary("of_others")
_DETERMINERS = vocabulary("determiners")
_NOBODY = vocabulary("negating")


class Reader(Protocol):
    """What a phrase needs of the reader that it came from."""

    def read(self, head: Token, cast: Cast, *, base: int) -> list[Actor]:
        """Who the phrase of ``head`` is."""


class Phrase:
    """The noun phrase of ``head`` in its sentence, with the document's memory at hand."""

    def __init__(
        self, reader: Reader, sentence: Sentence, head: Token, cast: Cast, base: int, first: int = -1
    ):
        self.reader, self.sentence, self.cast, self.base = reader, sentence, cast, base
        self.marked, self.lexicon = sentence.marked, sentence.lexicon
        self.head = owned(head)
        self.mark = self.marked.covering(self.head.idx)
        self.reach = extent(self.head, self.marked)
        doc = head.doc
        self.start = doc[self.reach.first if first < 0 else first].idx
        last, own = doc[self.reach.last], doc[self.reach.before_apposition]
        self.end = last.idx + len(last)
        self.own_end = own.idx + len(own)

    @property
    def at(self) -> int:
        """Where the phrase stands in the article."""
        return self.base + self.start

    @property
    def head_at(self) -> int:
        """Where the words that say what kind of somebody this is begin."""
        return self.mark.start if self.mark else self.head.idx

    def build(self, member: Member, resolved_by: str = "text") -> Actor:
        """Make the actor of the whole phrase."""
        return actor(member, self.marked.text, self.start, self.end, self.base, resolved_by)

    def plural(self) -> bool:
        """Whether the head is a plural noun."""
        return self.head.tag_ in ("NNS", "NNPS")

    def indefinite(self) -> bool:
        """Whether the phrase points to nobody in particular: "a court", "three ministers"."""
        return self.article() or any(c.dep_ == "nummod" for c in self.head.lefts)

    def definite(self) -> bool:
        """Whether "the" or a pointing word stands before the head."""
        return any(c.dep_ == "det" and c.lower_ not in _INDEFINITE for c in self.head.lefts)

    def nobody(self) -> bool:
        """Whether the phrase says that there is no such one: "no group"."""
        return any(c.dep_ == "det" and c.lower_ in _NOBODY for c in self.head.lefts)

    def article(self) -> bool:
        """Whether an indefinite determiner stands before the head: "a soldier", "any troops"."""
        if self.head.dep_ == "compound":  # "an army post": the article is the post's
            return False
        return any(c.dep_ == "det" and c.lower_ in _INDEFINITE for c in self.head.lefts)

    def said_of_others(self) -> bool:
        """Whether a modifier tells that several states or nobody's are meant: "foreign troops", "allied forces"."""
        return any(c.lower_ in _ELSEWHERE for c in self.head.lefts)

    def determined(self) -> bool:
        """Whether a determiner stands before the head."""
        return any(c.dep_ == "det" for c in self.head.lefts)

    def plain(self) -> str:
        """The phrase without determiners in front and without its apposition."""
        words = self.marked.text[self.start : self.own_end].split()
        while len(words) > 1 and words[0].lower() in _DETERMINERS:
            words.pop(0)
        return " ".join(words)

    def said(self) -> Description:
        """What the phrase itself says of an office."""
        return describe(self.marked, self.lexicon, self.start, self.own_end)

    def apposed(self) -> Description:
        """What the apposition says."""
        if self.reach.apposition is None:
            return Description()
        return describe(self.marked, self.lexicon, self.own_end, self.end)

    def naming(self) -> Token | None:
        """The apposition that says who a common noun means: "its ally, Ghana"; None if it has no such."""
        apposition = self.reach.apposition
        if apposition is None or self.head.pos_ != "NOUN" or self.segment() is not None:
            return None
        if self.mark is not None and self.mark.entry.kind not in ("group", "thing"):
            return None
        there = self.marked.covering(apposition.idx)
        named = there is not None and there.entry.kind in ("country", "organization", "region")
        return apposition if named and not self.plural() else None

    def segment(self) -> Segment | None:
        """The named person whose name or office the head belongs to."""
        at = self.head.idx
        for segment in self.sentence.people:
            if segment.start <= at < segment.end:
                return segment
            if (
                segment.first <= at < segment.last
                and segment.description.title_at <= at < segment.description.title_end
            ):
                return segment
        return None

    # -- whose it is -----------------------------------------------------------------------------------------

    def sides(self) -> tuple[Side, ...]:
        """The countries of the phrase; an apposition's, a leader's and an owner's only if it has none itself."""
        own = sides(self.marked, self.start, self.own_end, self.head_at)
        conjuncts = self._complement_sides()
        if len(conjuncts) > 1 and (not own or own[0] in conjuncts):
            return conjuncts
        return (
            own or self.apposed().sides or self._loyalty() or self._owners() or self._other() or self._both()
        )

    def side(self, *, scene: bool, here: bool = False, counted: bool = False) -> Side | None:
        """The one country of the phrase; with ``scene``, else the country the text is about there.

        With ``here`` the place of the clause goes before that: soldiers and police act where they are. With
        ``counted`` a number does not hinder ("six soldiers").
        """
        found = self.sides()
        if found:
            return found[0]
        if not scene or (self.indefinite() and not (counted and not self.article())):
            return None
        country = clause_place(self.head, self.marked) if here else None
        return self._named(country or self.cast.scene(self.at, without=rivals(self.head, self.marked)))

    def _named(self, country: str | None) -> Side | None:
        return Side(country, self.lexicon.country_names.get(country, "")) if country else None

    def _owners(self) -> tuple[Side, ...]:
        """The side of "its army", "our delegation"."""
        pronoun = possessive(self.head)
        if pronoun is None:
            return ()
        found = self.reader.read(pronoun, self.cast, base=self.base)
        named = [self._named(country) for country in owners(pronoun, found, self.cast, self.at)]
        return tuple(side for side in named if side is not None)

    def _other(self) -> tuple[Side, ...]:
        """The side of "its neighbour", "her host": the country the text is about that is not the owner's."""
        pronoun = next((c for c in self.head.lefts if c.dep_ == "poss" and c.tag_ == "PRP$"), None)
        if pronoun is None or self.plural() or self.head.lemma_.lower() not in _FACING:
            return ()
        found = self.reader.read(pronoun, self.cast, base=self.base)
        own = {one.country for one in found if one.country} | rivals(self.head, self.marked)
        side = self._named(self.cast.scene(self.at, without=own, later=False)) if own else None
        return (side,) if side is not None else ()

    def _both(self) -> tuple[Side, ...]:
        """The two sides of "the two ministries", "both governments"."""
        mark = self.mark.of_kind("body") if self.mark is not None else None
        if mark is None or not self.plural() or not {c.lower_ for c in self.head.lefts} & _TWO:
            return ()
        pair = self.cast.pair(self.at, "country")
        return tuple(Side(member.country, member.name) for member in pair)

    def _loyalty(self) -> tuple[Side, ...]:
        """The side of "troops loyal to X", "forces led by X"."""
        for child in self.head.rights:
            if child.dep_ in ("amod", "acl") and child.lower_ in _LOYAL and child.i <= self.reach.last:
                return sides(self.marked, child.idx + len(child), self.end, 1 << 60)
        return ()

    def _complement_sides(self) -> tuple[Side, ...]:
        """The sides of "of A and B", one per conjunct; of "of both countries" as well."""
        out: dict[str | None, Side] = {}
        far = adopted(self.head, self.marked)
        for prep in (*self.head.rights, *([far] if far is not None else [])):
            if (
                prep.dep_ != "prep"
                or prep.lower_ not in ("of", "from", "between")
                or prep.i > self.reach.last
            ):
                continue
            for noun in _conjuncts(prep):
                for side in self._sides_of(noun):
                    out.setdefault(side.country, side)
        return tuple(out.values())

    def _sides_of(self, noun: Token) -> list[Side]:
        meant = states_meant(noun, self.cast, self.base + noun.idx)
        if not meant and noun.tag_ in ("NNS", "NNPS") and {c.lower_ for c in noun.lefts} & _TWO:
            reach = extent(noun, self.marked)
            if not sides(self.marked, noun.doc[reach.first].idx, noun.idx, noun.idx):
                meant = self.cast.pair(self.base + noun.idx, "country")
        if meant:
            return [Side(m.country, m.name) for m in meant]
        reach = extent(noun, self.marked)
        last = noun.doc[reach.last]
        return list(sides(self.marked, noun.doc[reach.first].idx, last.idx + len(last), 1 << 60)[:1])


def _conjuncts(prep: Token) -> Iterator[Token]:
    pending = [noun for noun in prep.children if noun.dep_ == "pobj"]
    while pending:
        noun = pending.pop(0)
        yield noun
        pending.extend(child for child in noun.rights if child.dep_ == "conj")


def owned(head: Token) -> Token:
    """The real head where a curly apostrophe made the parser take an owner for it ("Belarus’ Minister X")."""
    following = head.doc[head.i + 1] if head.i + 1 < len(head.doc) else None
    if following is not None and following.text in ("’", "’s"):
        for child in head.rights:
            if child.dep_ == "appos" and left_edge(child) == following.i + 1:
                return child
    return head
