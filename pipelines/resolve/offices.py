"""Which office the words of a title name: the same for all wordings, with its country and organisation, held or not.

Offices, portfolios, countries and organisations are those of the actor lexicon (``extract.who``); what else the words say
is in ``offices.toml``. Who held which office when is SQL (``sql/01_actors.sql``).
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pyarrow as pa

from pipelines.extract.who.describe import Description, describe
from pipelines.extract.who.lexicon import lexicon

_WORD = re.compile(r"[^\W\d_]+(?:[’'][^\W\d_]+)?")
_LONGEST = 200  # characters of a title that are looked at
_SCHEMA = pa.schema(
    [
        ("title", pa.string()), ("office", pa.string()), ("standing", pa.string()),
        ("is_single", pa.bool_()), ("is_general", pa.bool_()),
        ("country", pa.string()), ("organisation", pa.string()), ("ministry", pa.string()),
    ]
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Office:
    """What a title says.

    ``office`` is the office in canonical words ("Deputy Minister of Defence"), or None where the words name none.
    ``standing`` is held, former or coming. ``is_single`` says that one person at a time holds it in its country and
    organisation; ``is_general`` that its portfolio is left out ("the minister"). ``ministry`` is the ministry of the
    portfolio without its country, where the office heads one.
    """

    office: str | None
    standing: str = "held"
    is_single: bool = False
    is_general: bool = False
    country: str | None = None
    organisation: str | None = None
    ministry: str | None = None


def read_offices(titles: Iterable[str]) -> pa.Table:
    """The offices of these titles, one row each."""
    rows = []
    for title in titles:
        said = read_office(title)
        rows.append({name: getattr(said, name) for name in _SCHEMA.names[1:]} | {"title": title})
    return pa.Table.from_pylist(rows, schema=_SCHEMA)


def read_office(title: str) -> Office:
    """What one title says."""
    words = lexicon()
    text = title[:_LONGEST]
    said = describe(words.mark(text), words, 0, len(text))
    if said.office is None or said.office in _listed("peers"):
        return Office(None)
    before = {word.lower() for word in _WORD.findall(text[: said.title_at])}
    around = before | {word.lower() for word in _WORD.findall(text[said.title_end : said.title_end + 12])}
    standing = "held"
    if not before.isdisjoint(_listed("former")):
        standing = "former"
    elif not around.isdisjoint(_listed("coming")) or said.office.endswith(tuple(_listed("coming"))):
        standing = "coming"
    rank = [word for word in _order("below") if word in before and word not in said.office.split()]
    organization = said.organization.name if said.organization is not None else None
    is_minister = said.office in _listed("ministers")
    office = _canonical(said, rank, text, organization)
    return Office(
        office=office,
        standing=standing,
        is_single=not rank and _is_single(said.office, " of " in office or organization is not None),
        is_general=is_minister and said.portfolio is None and not rank,
        country=_country(said),
        organisation=organization,
        ministry=f"Ministry of {said.portfolio}" if is_minister and said.portfolio else None,
    )


def _is_single(office: str, is_of_something: bool) -> bool:
    return office in _listed("single") or (is_of_something and office in _listed("single_of"))


def is_rank(office: str | None) -> bool:
    """Whether an office in canonical words is a rank, which says nothing about who its bearer is."""
    return office is None or office.lower() in _listed("ranks")


def _country(said: Description) -> str | None:
    if said.country is not None:
        return said.country
    return said.organization.country if said.organization is not None else None


def _canonical(said: Description, rank: list[str], text: str, organization: str | None) -> str:
    """ "Deputy Minister of Defence"; without portfolio and known organisation, what it is of is in the text's words."""
    office = " ".join([*rank, said.office or ""])
    if said.portfolio:
        return (
            f"{_capital(office)} of {said.portfolio}"
            if said.office != "secretary of state"
            else _capital(office)
        )
    tail = "" if organization or said.sides else _tail(text[said.title_end :])
    return _capital(office) + tail


def _tail(text: str) -> str:
    found = re.match(r"\s+(?:of|for)\s+([^,;()]{2,80})", text)
    return f" of {found[1].strip().removeprefix('the ')}" if found else ""


def _capital(office: str) -> str:
    return " ".join(
        word if word in ("of", "the", "for", "in", "and") else word[:1].upper() + word[1:]
        for word in office.split()
    )


@cache
def _toml() -> dict[str, list[str]]:
    return tomllib.loads((Path(__file__).parent / "offices.toml").read_text("utf-8"))


@cache
def _listed(name: str) -> frozenset[str]:
    return frozenset(_order(name))


@cache
def _order(name: str) -> tuple[str, ...]:
    return tuple(_toml()[name])
