"""One noun phrase under reading: its stretch of text, what the lexicon marks in it, whose it is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Protocol

from spacy.tokens import Token

from pipelines.extract.cast import Cast
from pipelines.extract.model import Actor
from pipelines.extract.who.anaphora import states_meant
from pipelines.extract.who.describe import Description, describe
from pipelines.extract.who.extent import extent, left_edge
from pipelines.extract.who.lexicon import Lexicon
from pipelines.extract.who.marks import Marked
from pipelines.extract.who.member import Member, actor
from pipelines.extract.who.names import Segment, person_segments
from pipelines.extract.who.sides import Side, sides
from pipelines.extract.who.vocabulary import vocabulary

_INDEFINITE = vocabulary("indefinite")
_LOYAL = vocabulary("loyal")
_DETERMINERS = vocabulary("determiners")


class Reader(Protocol):
    """What a phrase needs of the reader that it came from."""

    def read(self, head: Token, cast: Cast, *, base: int) -> list[Actor]:
        """Who the phrase of ``head`` is."""


_DATELINE = re.compile(r"([^\n]{3,60}?)\s?(?:--|[—–]|(?<=\s)-)\s")


class Sentence:
    """A sentence's marks and the personal names in it, found once; ``body`` is where its dateline ends."""

    def __init__(self, text: str, words: Lexicon):
        self.text = text
        self.lexicon = words
        self.marked: Marked = words.mark(text)
        self.people: list[Segment] = list(person_segments(self.marked, words))
        self.body = _dateline_end(self.marked)


def _dateline_end(marked: Marked) -> int:
    """Offset behind "JERUSALEM (AP) --" or "Tehran, 5 May, IRNA -"; 0 where there is none."""
    found = _DATELINE.match(marked.text)
    if found is None or not marked.words:
        return 0
    first = marked.words[0].text
    loud = first.isupper() and len(first) > 2
    agency = any(m.end <= found.end() and m.entry.sector == "JRN" for m in marked.marks)
    return found.end() if agency or (loud and marked.by_word.get(0) is not None) else 0


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
        return any(
            (c.dep_ == "det" and c.lower_ in _INDEFINITE) or c.dep_ == "nummod" for c in self.head.lefts
        )

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
        """The countries of the phrase; an apposition's and a leader's only if it has none itself."""
        own = sides(self.marked, self.start, self.own_end, self.head_at)
        conjuncts = self._complement_sides()
        if len(conjuncts) > 1 and (not own or own[0] in conjuncts):
            return conjuncts
        return own or self.apposed().sides or self._loyalty()

    def side(self, *, scene: bool) -> Side | None:
        """The one country of the phrase; with ``scene``, else the country the text is about there."""
        found = self.sides()
        if found:
            return found[0]
        country = self.cast.scene(self.at) if scene and not self.indefinite() else None
        return Side(country, self.lexicon.country_names.get(country, "")) if country else None

    def _loyalty(self) -> tuple[Side, ...]:
        """The side of "troops loyal to X", "forces led by X"."""
        for child in self.head.rights:
            if child.dep_ in ("amod", "acl") and child.lower_ in _LOYAL and child.i <= self.reach.last:
                return sides(self.marked, child.idx + len(child), self.end, 1 << 60)
        return ()

    def _complement_sides(self) -> tuple[Side, ...]:
        """The sides of "of A and B", one per conjunct; of "of both countries" as well."""
        out: dict[str | None, Side] = {}
        for prep in self.head.rights:
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
