"""Who a document has spoken of so far, and whom a pronoun, an office or "the parties" means by it.

``scan`` takes in every sentence, parsed or not; ``note`` and ``told`` add what the grammar read. It never reads a
parse and never decides roles.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Collection, Iterable

from pipelines.extract.who.member import Member
from pipelines.extract.who.memory import Memory

_WEIGHT = {"person": 3, "body": 2, "group": 1, "organization": 1, "country": 0}
_TOLD_BACK = 2  # sentences "they" reaches back to those who acted


class Cast(Memory):
    """The document's people, bodies, organisations and countries, with the answers to who is meant."""

    def alias(self, short: str) -> Member | None:
        """The organisation that introduced itself with the short form ``short`` in brackets, or None."""
        self._learn()
        name = self._short_forms.get(short)
        return (
            None if name is None else self._members.get(("organization", name), Member(name, "organization"))
        )

    def person(self, name: str, before: int | None = None) -> Member | None:
        """The person a full name, initials and surname, or a surname alone means; None if unknown."""
        self._learn()
        return self._known(name, before)

    def office(
        self, office: str, portfolio: str | None, country: str | None, before: int, count: int = 1
    ) -> list[Member]:
        """The people in an office ("minister", "Defence"), most mentioned before ``before`` first."""
        self._learn()
        fits = [
            m
            for m in self._people_before(before)
            if _office_fits(m, office, portfolio) and (country is None or m.country == country)
        ]
        fits.sort(key=lambda m: (m.country != self.publisher_country, -bisect_left(m.at, before), m.at[0]))
        return fits[:count]

    def compatriot(self, country: str, before: int, after: int) -> Member | None:
        """The official of ``country`` last spoken of before ``before``, else first named up to ``after``."""
        self._learn()
        people = [m for m in self._people_before(after) if m.country == country]
        earlier = [m for m in people if m.at[0] < before]
        if earlier:
            return max(earlier, key=lambda m: m.last_before(before))
        return min(people, key=lambda m: m.at[0], default=None)

    def nearest_person(self, before: int, gender: str = "") -> Member | None:
        """Whom "he" or "she" means: the first person named in the nearest sentence that names one."""
        self._learn()
        return self._nearest(
            before, lambda m: m.kind == "person" and (not gender or m.gender in ("", gender))
        )

    def nearest_body(self, before: int) -> Member | None:
        """What "it" means: the first country, body or organisation of the nearest sentence that names one."""
        self._learn()
        return self._nearest(before, lambda m: m.kind not in ("person", "group"))

    def nearest_kind(self, before: int, *kinds: str, fits: Callable[[Member], bool]) -> Member | None:
        """The last mentioned member of one of ``kinds`` before ``before`` that ``fits``."""
        self._learn()
        for member in reversed(self._last_mentions(before)):
            if member.kind in kinds and fits(member):
                return member
        return None

    def nearest_several(self, before: int) -> list[Member]:
        """Whom "they" means: those who acted together last, else the last group, two people or a body."""
        self._learn()
        acted = self._acted_together(before)
        if acted:
            return acted
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
                same = [m for m in others if m.kind == others[0].kind]
                return same[:2] if others[0].kind == "country" else others[:1]
        return []

    def _acted_together(self, before: int) -> list[Member]:
        """Several actors, or a group, of the last event told in one of the sentences before this one."""
        here = self._sentence_start(before)
        i = bisect_left(self._starts, here)
        reach = self._starts[max(0, i - _TOLD_BACK)] if self._starts else 0
        for start, members in reversed(self._told):
            if start < reach:
                break
            if start < here and (len(members) > 1 or members[0].plural):
                return members
        return []

    def pair(self, before: int, kind: str | None = None, without: Collection[str] = ()) -> list[Member]:
        """The two sides at ``before``, from two countries: people, else bodies, else countries.

        ``kind`` restricts them (``country``, ``person``); none of the countries ``without`` is one. Empty if the
        text has not two sides yet.
        """
        self._learn()
        for lo, hi in self._back(before):
            sides = self._sides([m for m in self._between(lo, hi) if m.country not in without], kind)
            if len(sides) == 2:
                return sides
        top = [country for country in self._scenes.recent(before) if country not in without][:2]
        if len(top) < 2:
            return []
        everybody = self._last_mentions(before)
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
        self._learn()
        people = [m for m in self._people_before(before) if m.country]
        return min(people, key=lambda m: m.at[0]).country if people else None

    def scene(self, before: int, *, without: Collection[str] = (), later: bool = True) -> str | None:
        """The alpha-3 code of the country a text is about at ``before``: what "the government" belongs to.

        None of ``without`` is meant. With ``later`` the rest of the sentence counts if nothing came before.
        """
        self._learn()
        home = self._scenes.home(before, without)
        if home is not None or not later:
            return home
        following = self._scenes.between(before, self._sentence_end(before))
        return next((country for country in following if country not in without), None)

    def speaks_of(self, country: str, before: int) -> bool:
        """Whether the text named ``country`` or something of it before ``before``."""
        self._learn()
        return country in self._scenes.recent(before)

    def _nearest(self, before: int, fits: Callable[[Member], bool]) -> Member | None:
        for lo, hi in self._back(before):
            for member in self._between(lo, hi):
                if fits(member):
                    return member
        return None


def _unique(members: Iterable[Member]) -> list[Member]:
    out: list[Member] = []
    for member in members:
        if not any(member is other for other in out):
            out.append(member)
    return out


def _office_fits(member: Member, office: str, portfolio: str | None) -> bool:
    if member.office is None:
        return False
    if portfolio:
        return member.portfolio == portfolio and office.split()[-1] in member.office
    return office == member.office or office in member.office.split()
