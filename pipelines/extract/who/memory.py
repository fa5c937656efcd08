"""What a document has said of whom so far: filled sentence by sentence, with every mention in text order.

Knows positions and names; whom a word that points back means is ``cast``'s to answer.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort_right
from collections.abc import Sequence

from pipelines.extract.model import Actor
from pipelines.extract.who.datelines import dateline_country
from pipelines.extract.who.describe import Description, describe
from pipelines.extract.who.lexicon import Lexicon, lexicon
from pipelines.extract.who.marks import Mark
from pipelines.extract.who.member import Member, same_person
from pipelines.extract.who.names import Segment, short_forms
from pipelines.extract.who.scenes import Scenes, settled, weight
from pipelines.extract.who.sentence import Sentence
from pipelines.extract.who.vocabulary import vocabulary
from pipelines.extract.who.words import key

_PEERS = vocabulary("peer_nouns")
_STATE = ("GOV", "MIL", "LEG", "JUD")
_LOOK_BACK = 4  # sentences a pronoun or "the parties" reaches back
_REACH = 400  # mentions of anybody looked back for "the company"


class Memory:
    """Everybody a document named, and where.

    ``publisher_country`` is the alpha-3 code of the country that "our country" means, if known.
    """

    def __init__(self, publisher_country: str | None = None, words: Lexicon | None = None):
        self.publisher_country = publisher_country
        self._lexicon = words or lexicon()
        self._members: dict[tuple[str, str], Member] = {}
        self._surnames: dict[str, list[Member]] = {}
        self._mentions: list[tuple[int, str, Member]] = []
        self._short_forms: dict[str, str] = {}
        self._scenes = Scenes(publisher_country)
        self._starts: list[int] = []
        self._heard: list[tuple[int, str]] = []  # sentences not yet looked through
        self._last: tuple[int, Sentence] | None = None
        self._told: list[tuple[int, list[Member]]] = []

    # -- filling ---------------------------------------------------------------------------------------------

    def scan(self, text: str, start: int) -> None:
        """Take in the sentence ``text``; ``start`` is its code-point offset in the article.

        It is looked through when something is asked first: most articles are never asked about.
        """
        i = bisect_right(self._starts, start)
        if not i or self._starts[i - 1] != start:
            self._starts.insert(i, start)
        self._heard.append((start, text))

    def sentence(self, start: int) -> Sentence | None:
        """The sentence last taken in, if it began at ``start``."""
        self._learn()
        return self._last[1] if self._last is not None and self._last[0] == start else None

    def _learn(self) -> None:
        """Look through the sentences taken in since something was asked last."""
        if not self._heard:
            return
        heard, self._heard = self._heard, []
        for start, text in heard:
            self._look_through(text, start)

    def _look_through(self, text: str, start: int) -> None:
        marked = self._lexicon.mark(text)
        if any(mark.entry.elsewhere for mark in marked.marks):
            marked = settled(marked, self._scenes.recent(start))
        sentence = Sentence(marked, self._lexicon)
        self._last = (start, sentence)
        if sentence.body:
            self._scenes.report_from(dateline_country(marked, sentence.body))
        lead = bisect_right(self._starts, start) <= 1
        for i, mark in enumerate(marked.marks):
            if mark.start >= sentence.body:
                self._add_mark(mark, start)
                if mark.entry.country and mark.entry.kind != "person" and not _anywhere(mark):
                    self._scenes.add(start + mark.start, mark.entry.country, weight(marked, i, lead=lead))
        for segment in sentence.people:
            self._add_person(segment, start, start + segment.start)
        for short, name in short_forms(marked):
            self._short_forms.setdefault(short, name)

    def _add_mark(self, mark: Mark, start: int) -> None:
        entry = mark.entry
        if entry.kind in ("country", "seat", "capital"):
            self._add(Member(entry.name, "country", entry.country, "GOV"), start + mark.start)
        elif entry.kind == "organization" and entry.sector != "JRN" and not _anywhere(mark):
            member = Member(entry.name, entry.actor_kind, entry.country, entry.sector, cameo=entry.cameo)
            self._add(member, start + mark.start)

    def note(self, actor: Actor) -> Member | None:
        """Remember an actor that was read from a parsed sentence, and give who it is; None for a pronoun's."""
        self._learn()
        if actor.resolved_by != "text":
            return self._members.get((actor.kind, actor.name))
        member = Member(
            actor.name,
            actor.kind,
            actor.country,
            actor.sector,
            actor.title,
            actor.cameo_code,
            plural=actor.kind == "group",
            named=actor.kind != "person" or actor.title is None or self._known(actor.name, None) is not None,
        )
        if not member.named and actor.title:
            said = self._office_in(actor.title)
            member.office, member.portfolio = said.office, said.portfolio
        return self._add(member, actor.start)

    def told(self, actors: Sequence[Actor], start: int) -> None:
        """Remember who acted in an event that the sentence beginning at ``start`` told of."""
        members = [member for actor in actors if (member := self.note(actor)) is not None]
        if members:
            self._told.append((start, members))

    def _add_person(self, segment: Segment, start: int, at: int) -> None:
        said = segment.description
        known = self._known(segment.name, None)
        member = known or Member(segment.name, "person")
        if said.country and (member.country is None or member.guessed):
            member.country, member.guessed = said.country, False
        member.sector = member.sector or said.sector
        member.title = member.title or said.title
        member.gender = member.gender or said.gender
        member.cameo = member.cameo or said.cameo
        alone = segment.sharing is None and said.organization is None
        if member.country is None and said.office and said.sector in _STATE and alone:
            member.country, member.guessed = self._scenes.home(start), True
        if segment.entry is not None and (said.office is None or said.office in _PEERS):
            said = self._office_in(segment.entry.office)
        if member.office is None or member.office in _PEERS or said.portfolio:
            member.office = said.office or member.office
            member.portfolio = said.portfolio or member.portfolio
        self._add(member, at)

    def _office_in(self, title: str) -> Description:
        """What the words of an office say, without whose it is."""
        return describe(self._lexicon.mark(title), self._lexicon, 0, len(title))

    def _add(self, member: Member, at: int) -> Member:
        known = self._members.setdefault((member.kind, member.name), member)
        if known is not member:
            known.country = known.country or member.country
            known.sector = known.sector or member.sector
            known.title = known.title or member.title
            known.cameo = known.cameo or member.cameo
        i = bisect_right(known.at, at)
        if i and known.at[i - 1] == at:
            return known
        known.at.insert(i, at)
        insort_right(self._mentions, (at, member.name, known), key=_position)
        if known.kind == "person" and known.named:
            surname = (key(known.name) or ("",))[-1]
            namesakes = self._surnames.setdefault(surname, [])
            if known not in namesakes:
                namesakes.append(known)
        return known

    def _known(self, name: str, before: int | None) -> Member | None:
        words = key(name)
        if not words:
            return None
        fitting = [m for m in self._surnames.get(words[-1], ()) if same_person(words, key(m.name))]
        if not fitting:
            return None
        return max(fitting, key=lambda m: (m.last_before(before) if before is not None else 0, len(m.name)))

    # -- positions -------------------------------------------------------------------------------------------

    def _people_before(self, before: int) -> list[Member]:
        return [m for m in self._members.values() if m.kind == "person" and m.at and m.at[0] < before]

    def _sentence_start(self, position: int) -> int:
        i = bisect_right(self._starts, position)
        return self._starts[i - 1] if i else 0

    def _sentence_end(self, position: int) -> int:
        i = bisect_right(self._starts, position)
        return self._starts[i] if i < len(self._starts) else 1 << 62

    def _back(self, before: int) -> list[tuple[int, int]]:
        """The stretch of this sentence before ``before``, then the sentences before it, nearest first."""
        i = bisect_right(self._starts, before)
        starts = self._starts[max(0, i - 1 - _LOOK_BACK) : i] or [0]
        ends = [*starts[1:], before]
        return list(zip(starts, ends, strict=True))[::-1]

    def _between(self, lo: int, hi: int) -> list[Member]:
        i = bisect_left(self._mentions, lo, key=_position)
        j = bisect_left(self._mentions, hi, key=_position)
        return [member for _, _, member in self._mentions[i:j]]

    def _last_mentions(self, before: int) -> list[Member]:
        """Who was mentioned before ``before``, in text order; not further back than ``_REACH`` mentions."""
        i = bisect_left(self._mentions, before, key=_position)
        return [member for _, _, member in self._mentions[max(0, i - _REACH) : i]]


def _position(mention: tuple[int, str, Member]) -> int:
    return mention[0]


def _anywhere(mark: Mark) -> bool:
    """Whether a name that one state's body has is any state's as well: "Congress", "the House of Representatives"."""
    return (
        mark.entry.country is not None
        and mark.entry.kind == "organization"
        and mark.of_kind("body") is not None
    )
