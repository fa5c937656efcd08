"""Who a document has spoken of so far: its memory, filled in reading order, and what pronouns mean by it.

``scan`` is a cheap pass over every sentence's words, parsed or not; ``note`` adds what the grammar read.
It never reads a parse and never decides roles.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort_right
from collections.abc import Callable, Iterable
from typing import TypeVar

from pipelines.extract.model import Actor
from pipelines.extract.who.describe import Description, describe
from pipelines.extract.who.lexicon import Lexicon, lexicon
from pipelines.extract.who.marks import Entry
from pipelines.extract.who.member import Member
from pipelines.extract.who.names import Segment, person_segments, short_forms
from pipelines.extract.who.vocabulary import vocabulary
from pipelines.extract.who.words import key

_PEERS = vocabulary("peer_nouns")
Ordered = TypeVar("Ordered", int, tuple[int, str])
_WEIGHT = {"person": 3, "body": 2, "group": 1, "organization": 1, "country": 0}
_LOOK_BACK = 4  # sentences a pronoun or "the parties" reaches back


class Cast:
    """The document's people, bodies, organisations and countries.

    ``publisher_country`` is the alpha-3 code of the country that "our country" means, if known.
    """

    def __init__(self, publisher_country: str | None = None, words: Lexicon | None = None):
        self.publisher_country = publisher_country
        self._lexicon = words or lexicon()
        self._members: dict[tuple[str, str], Member] = {}
        self._surnames: dict[str, list[Member]] = {}
        self._mentions: list[tuple[int, str, Member]] = []
        self._short_forms: dict[str, str] = {}
        self._places: list[tuple[int, str]] = []  # countries said in any form, demonyms and cities as well
        self._sentences: list[int] = []

    # -- filling ---------------------------------------------------------------------------------------------

    def scan(self, text: str, start: int) -> None:
        """Learn who the sentence ``text`` names; ``start`` is its code-point offset in the article."""
        marked = self._lexicon.mark(text)
        _insert(self._sentences, start)
        for mark in marked.marks:
            entry = mark.entry
            if entry.country and entry.kind != "person":
                _insert(self._places, (start + mark.start, entry.country))
            if entry.kind in ("country", "seat", "capital"):
                self._add(Member(entry.name, "country", entry.country, "GOV"), start + mark.start)
            elif entry.kind == "organization":
                member = Member(entry.name, entry.actor_kind, entry.country, entry.sector, cameo=entry.cameo)
                self._add(member, start + mark.start)
        for segment in person_segments(marked, self._lexicon):
            self._add_person(segment, start + segment.start)
        for short, name in short_forms(marked):
            self._short_forms.setdefault(short, name)

    def note(self, actor: Actor) -> None:
        """Remember an actor that was read from a parsed sentence."""
        if actor.resolved_by != "text":
            return
        member = Member(
            actor.name,
            actor.kind,
            actor.country,
            actor.sector,
            actor.title,
            actor.cameo_code,
            plural=actor.kind == "group",
            named=actor.kind != "person" or actor.title is None or self.person(actor.name) is not None,
        )
        self._add(member, actor.start)

    def _add_person(self, segment: Segment, at: int) -> None:
        said = segment.description
        known = self.person(segment.name)
        member = known or Member(segment.name, "person")
        member.country = member.country or said.country
        member.sector = member.sector or said.sector
        member.title = member.title or said.title
        member.gender = member.gender or said.gender
        member.cameo = member.cameo or said.cameo
        if segment.entry is not None and (said.office is None or said.office in _PEERS):
            said = self._office_of(segment.entry)
        if member.office is None or member.office in _PEERS or said.portfolio:
            member.office = said.office or member.office
            member.portfolio = said.portfolio or member.portfolio
        self._add(member, at)

    def _office_of(self, entry: Entry) -> Description:
        """The office that the lexicon says somebody is known for."""
        return describe(self._lexicon.mark(entry.office), self._lexicon, 0, len(entry.office))

    def _add(self, member: Member, at: int) -> None:
        known = self._members.setdefault((member.kind, member.name), member)
        if known is not member:
            known.country = known.country or member.country
            known.sector = known.sector or member.sector
            known.title = known.title or member.title
            known.cameo = known.cameo or member.cameo
        if not _insert(known.at, at):
            return
        insort_right(self._mentions, (at, member.name, known), key=_position)
        if known.kind == "person" and known.named:
            surname = (key(known.name) or ("",))[-1]
            namesakes = self._surnames.setdefault(surname, [])
            if known not in namesakes:
                namesakes.append(known)

    # -- asking ----------------------------------------------------------------------------------------------

    def alias(self, short: str) -> Member | None:
        """The organisation that introduced itself with the short form ``short`` in brackets, or None."""
        name = self._short_forms.get(short)
        return (
            None if name is None else self._members.get(("organization", name), Member(name, "organization"))
        )

    def person(self, name: str, before: int | None = None) -> Member | None:
        """The person a full name, initials and surname, or a surname alone means; None if unknown."""
        words = key(name)
        if not words:
            return None
        fitting = [m for m in self._surnames.get(words[-1], ()) if _same_person(words, key(m.name))]
        if not fitting:
            return None
        return max(fitting, key=lambda m: (m.last_before(before) if before is not None else 0, len(m.name)))

    def office(
        self, office: str, portfolio: str | None, country: str | None, before: int, count: int = 1
    ) -> list[Member]:
        """The people in an office ("minister", "Defence"), most mentioned before ``before`` first."""
        fits = [
            m
            for m in self._people_before(before)
            if _office_fits(m, office, portfolio) and (country is None or m.country == country)
        ]
        fits.sort(key=lambda m: (m.country != self.publisher_country, -bisect_left(m.at, before), m.at[0]))
        return fits[:count]

    def compatriot(self, country: str, before: int, after: int) -> Member | None:
        """The official of ``country`` last spoken of before ``before``, else first named up to ``after``."""
        people = [m for m in self._people_before(after) if m.country == country]
        earlier = [m for m in people if m.at[0] < before]
        if earlier:
            return max(earlier, key=lambda m: m.last_before(before))
        return min(people, key=lambda m: m.at[0], default=None)

    def nearest_person(self, before: int, gender: str = "") -> Member | None:
        """Whom "he" or "she" means: the first person named in the nearest sentence that names one."""
        return self._nearest(
            before, lambda m: m.kind == "person" and (not gender or m.gender in ("", gender))
        )

    def nearest_body(self, before: int) -> Member | None:
        """What "it" means: the first country, body or organisation of the nearest sentence that names one."""
        return self._nearest(before, lambda m: m.kind not in ("person", "group"))

    def nearest_kind(self, before: int, *kinds: str, sector: str | None = None) -> Member | None:
        """The last mentioned member of one of ``kinds`` (and ``sector``) before ``before``."""
        i = bisect_left(self._mentions, before, key=_position)
        for _, _, member in reversed(self._mentions[:i]):
            if member.kind in kinds and (sector is None or member.sector == sector):
                return member
        return None

    def nearest_several(self, before: int) -> list[Member]:
        """Whom "they" means: the last group, else two people or a body of the nearest sentence."""
        for lo, hi in self._back(before):
            inside = self._between(lo, hi)
            group = [m for m in inside if m.plural]
            if group:
                return [group[0]]
            people = _unique(m for m in inside if m.kind == "person")
            if len(people) > 1:
                return people[:2]
            others = _unique(m for m in inside if m.kind != "person")
            if others:
                return others[:1] if others[0].kind != "country" else others[:2]
        return []

    def pair(self, before: int, kind: str | None = None) -> list[Member]:
        """The two sides at ``before``, from two countries: people, else bodies, else countries.

        ``kind`` restricts them (``country``, ``person``). Empty if the text has not two sides yet.
        """
        for lo, hi in self._back(before):
            sides = self._sides(self._between(lo, hi), kind)
            if len(sides) == 2:
                return sides
        everybody = self._between(0, before)
        counted: dict[str, int] = {}
        for _, country in self._places[: bisect_left(self._places, (before, ""))]:
            counted[country] = counted.get(country, 0) + 1
        top = sorted(counted, key=lambda c: -counted[c])[:2]
        if len(top) < 2:
            return []
        return self._sides([m for m in everybody if m.country in top], kind) or [self.country(c) for c in top]

    def _sides(self, members: list[Member], kind: str | None) -> list[Member]:
        by_country: dict[str, Member] = {}
        for member in members:
            if (
                not member.country
                or member.name in self._lexicon.places
                or (kind == "person" and member.kind != "person")
            ):
                continue
            held = by_country.get(member.country)
            if held is None or _WEIGHT.get(member.kind, 0) > _WEIGHT.get(held.kind, 0):
                by_country[member.country] = member
        if len(by_country) != 2:
            return []
        if kind == "country":
            return [self.country(c) for c in by_country]
        return list(by_country.values())

    def country(self, alpha3: str) -> Member:
        """The country itself as a member."""
        name = self._lexicon.country_names.get(alpha3, alpha3)
        return self._members.get(("country", name)) or Member(name, "country", alpha3, "GOV")

    def home(self, before: int) -> str | None:
        """The alpha-3 code of "our country": the publisher's, else that of the first official named."""
        if self.publisher_country:
            return self.publisher_country
        people = [m for m in self._people_before(before) if m.country]
        return min(people, key=lambda m: m.at[0]).country if people else None

    def scene(self, before: int, *, later: bool = True) -> str | None:
        """The alpha-3 code of the country spoken of at ``before``: what "the government" belongs to.

        With ``later`` the rest of the sentence counts as well.
        """
        start = self._sentence_start(before)
        i = bisect_left(self._places, (before, ""))
        nearby = [c for at, c in self._places[:i] if at >= start]
        if nearby:
            return nearby[0]
        end = self._sentence_end(before) if later else 0
        following = [c for at, c in self._places[i:] if at < end]
        earlier = [c for _, c in self._places[:i]]
        if earlier and (not following or len(set(earlier)) == 1):
            recent = earlier[-12:]
            return max(recent, key=lambda c: (recent.count(c), -recent.index(c)))
        if following:
            return following[0]
        return self.publisher_country

    # -- positions -------------------------------------------------------------------------------------------

    def _people_before(self, before: int) -> list[Member]:
        return [m for m in self._members.values() if m.kind == "person" and m.at and m.at[0] < before]

    def _sentence_start(self, position: int) -> int:
        i = bisect_right(self._sentences, position)
        return self._sentences[i - 1] if i else 0

    def _sentence_end(self, position: int) -> int:
        i = bisect_right(self._sentences, position)
        return self._sentences[i] if i < len(self._sentences) else 1 << 62

    def _back(self, before: int) -> list[tuple[int, int]]:
        """The stretch of this sentence before ``before``, then the sentences before it, nearest first."""
        i = bisect_right(self._sentences, before)
        starts = self._sentences[max(0, i - 1 - _LOOK_BACK) : i] or [0]
        ends = [*starts[1:], before]
        return list(zip(starts, ends, strict=True))[::-1]

    def _between(self, lo: int, hi: int) -> list[Member]:
        i = bisect_left(self._mentions, lo, key=_position)
        j = bisect_left(self._mentions, hi, key=_position)
        return [member for _, _, member in self._mentions[i:j]]

    def _nearest(self, before: int, fits: Callable[[Member], bool]) -> Member | None:
        for lo, hi in self._back(before):
            for member in self._between(lo, hi):
                if fits(member):
                    return member
        return None


def _position(mention: tuple[int, str, Member]) -> int:
    return mention[0]


def _insert(values: list[Ordered], value: Ordered) -> bool:
    """Keep ``values`` ascending and without doubles; whether ``value`` was new."""
    i = bisect_right(values, value)
    if i and values[i - 1] == value:
        return False
    values.insert(i, value)
    return True


def _unique(members: Iterable[Member]) -> list[Member]:
    out: list[Member] = []
    for member in members:
        if not any(member is other for other in out):
            out.append(member)
    return out


def _same_person(asked: tuple[str, ...], known: tuple[str, ...]) -> bool:
    """Whether "makey", "u. makey" or "uladzimir makey" can be the known name; surnames are equal already."""
    given = [w for w in asked[:-1] if w != "."]
    own = [w for w in known[:-1] if w != "."]
    if not given or not own:
        return True
    first = given[0].rstrip(".")
    return (
        first in own
        or any(len(first) == 1 and w.startswith(first) for w in own)
        or (len(own[0].rstrip(".")) == 1 and first.startswith(own[0][0]))
    )


def _office_fits(member: Member, office: str, portfolio: str | None) -> bool:
    if member.office is None:
        return False
    if portfolio:
        return member.portfolio == portfolio and office.split()[-1] in member.office
    return office == member.office or office in member.office.split()
