"""Which names are one person's: names of one country that fit each other, and fit nobody else as well.

Names are taken from the fullest to the shortest. Each joins the only person whose names it all fits; where it could be two
people, it stays by itself. Nothing here depends on the order in which names come.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice, product
from typing import NamedTuple

from pipelines.resolve.names import Name, Reading, read
from pipelines.resolve.spelling import folded, profile, profiles

_ANY, _LEFT_OUT = "*", ""


class Spelling(NamedTuple):
    """A name as texts write it, the country that they say its bearer is from, and the offices they give them."""

    country: str | None
    name: str
    offices: frozenset[str] = frozenset()


class Identity(NamedTuple):
    """Whose name a spelling is: ``country`` and ``key`` are the same for all the spellings of one person.

    ``sound`` is what spellings of the very same name share. ``families`` are the family names under which its bearer
    may be met, ``plain_families`` the same by nobody's habits of spelling; a name of one word is its own.
    """

    country: str | None
    key: str
    sound: str
    words: int
    has_initial: bool
    families: tuple[str, ...] = ()
    plain_families: tuple[str, ...] = ()


@dataclass(slots=True)
class _Node:
    """A full name of one country with all its spellings."""

    name: Name
    country: str | None
    spellings: list[Spelling] = field(default_factory=list)
    offices: set[str] = field(default_factory=set)


@dataclass(slots=True)
class _Person:
    country: str | None
    nodes: list[_Node]
    offices: set[str]

    def fits(self, node: _Node) -> bool:
        return all(node.name.fits(one.name) for one in self.nodes)

    def agrees(self, node: _Node) -> bool:
        """Whether no office speaks against it."""
        return not self.offices or not node.offices or not self.offices.isdisjoint(node.offices)


class _Index:
    """People by country or regions, family name, and what their first two given names can be."""

    def __init__(self) -> None:
        self._people: dict[tuple[object, ...], list[_Person]] = defaultdict(list)

    def add(self, where: object, person: _Person, node: _Node) -> None:
        for reading in (node.name.reading, *node.name.others):
            for first, second in product(_met_as(reading, 0), (*_met_as(reading, 1), _ANY)):
                listed = self._people[(where, reading.family, first, second)]
                if not listed or listed[-1] is not person:
                    listed.append(person)

    def fitting(self, where: object, node: _Node) -> Iterator[_Person]:
        """Whoever the name fits, each once."""
        seen: set[int] = set()
        for reading in (node.name.reading, *node.name.others):
            for first, second in product(_looked_for(reading, 0), _looked_for(reading, 1)):
                for person in self._people.get((where, reading.family, first, second), ()):
                    if id(person) not in seen and person.fits(node):
                        seen.add(id(person))
                        yield person


def _met_as(reading: Reading, place: int) -> set[str]:
    """What a given name is listed under: itself, its first letter, and that it is an initial or is left out."""
    if place >= len(reading.given):
        return {_LEFT_OUT}
    given = reading.given[place]
    letters = {f"{form[:1]}*" for form in given.forms}
    return {f"{given.key[:1]}.", *letters} if given.is_initial else {given.key, *letters}


def _looked_for(reading: Reading, place: int) -> set[str]:
    """What names that a given name fits are listed under."""
    if place >= len(reading.given):
        return {_ANY}
    given = reading.given[place]
    letters = {f"{form[:1]}." for form in given.forms}
    found = {f"{given.key[:1]}*"} if given.is_initial else {given.key, *letters}
    return {*found, _LEFT_OUT} if place else found


def identify(spellings: Iterable[Spelling]) -> dict[Spelling, Identity]:
    """Whose name each spelling is."""
    nodes: dict[tuple[str | None, tuple[str, ...]], _Node] = {}
    found: dict[Spelling, Identity] = {}
    for spelling in spellings:
        name = read(spelling.name, spelling.country)
        if isinstance(name, Name):
            node = nodes.setdefault((spelling.country, name.key), _Node(name, spelling.country))
            node.spellings.append(spelling)
            node.offices |= spelling.offices
        else:
            found[spelling] = _alone(spelling, name)
    people = _people(sorted(nodes.values(), key=_fullest_first))
    for key, person in _keyed(people):
        for node in person.nodes:
            sound = " ".join(node.name.key)
            words = 1 + len(node.name.reading.given)
            for spelling in node.spellings:
                plain = read(spelling.name, None)
                found[spelling] = Identity(
                    person.country,
                    key,
                    sound,
                    words,
                    node.name.has_initial,
                    _families(node.name),
                    _families(plain),
                )
    return found


def _families(name: Name | str | None) -> tuple[str, ...]:
    if isinstance(name, Name):
        return tuple(dict.fromkeys(reading.family for reading in (name.reading, *name.others)))
    return () if name is None else (name,)


def _alone(spelling: Spelling, sound: str | None) -> Identity:
    """The identity of a description (as it is written) or of a name of one word (as it sounds)."""
    if sound is None:
        key = " ".join(folded(spelling.name).split()) or spelling.name
        return Identity(spelling.country, f"={key}", key, 0, False)
    plain = _families(read(spelling.name, None))
    return Identity(spelling.country, f"~{sound}", sound, 1, False, (sound,), plain)


def _fullest_first(node: _Node) -> tuple[bool, bool, int, tuple[str, ...], str]:
    given = node.name.reading.given
    written_out = sum(not one.is_initial for one in given)
    return (
        node.country is None, node.name.has_initial, -(len(given) + written_out), node.name.key, node.country or "",
    )  # fmt: skip


def _people(nodes: Iterable[_Node]) -> list[_Person]:
    people: list[_Person] = []
    of_country, of_regions = _Index(), _Index()
    for node in nodes:
        enough = (
            None if node.name.has_initial else 2
        )  # whom two fit is neither's; offices may tell initials apart
        fitting = list(islice(of_country.fitting(node.country, node), enough))
        if node.country is None:
            fitting = list(islice(_of_any_country(of_regions, node), enough)) or fitting
        person = _only(fitting, node)
        if person is None:
            person = _Person(node.country, [node], set(node.offices))
            people.append(person)
        else:
            person.nodes.append(node)
            person.offices |= node.offices
        of_country.add(person.country, person, node)
        if node.country is not None:
            of_regions.add(profile(node.country), person, node)
    return people


def _only(fitting: list[_Person], node: _Node) -> _Person | None:
    """The person whose name it must be, or None. Initials and unknown countries ask for offices that agree."""
    if node.name.has_initial:
        holders = [person for person in fitting if not person.offices.isdisjoint(node.offices)]
        if len(holders) == 1 or node.country is None:
            fitting = holders
        else:
            fitting = [person for person in fitting if person.agrees(node)]
    return fitting[0] if len(fitting) == 1 else None


def _of_any_country(index: _Index, node: _Node) -> Iterator[_Person]:
    """Whoever of any country the name fits, spelled after that country's habits."""
    spelled = min(spelling.name for spelling in node.spellings)
    for regions in profiles():
        name = read(spelled, None, regions)
        if isinstance(name, Name):
            yield from index.fitting(regions, _Node(name, None, [], node.offices))


def _keyed(people: Iterable[_Person]) -> Iterator[tuple[str, _Person]]:
    """A key for each person: family and first given name; the other given names only where that is not enough."""
    sharing: dict[tuple[str | None, str], list[_Person]] = defaultdict(list)
    for person in people:
        sharing[(person.country, " ".join(_plainest(person).key[:2]))].append(person)
    for (_, key), namesakes in sharing.items():
        for person in namesakes:
            yield key if len(namesakes) == 1 else " ".join(person.nodes[0].name.key), person


def _plainest(person: _Person) -> Name:
    """The shortest of a person's names with a full given name: that one is met first, and met most."""
    names = [node.name for node in person.nodes]
    return min(names, key=lambda name: (name.has_initial, len(name.key), name.key))
