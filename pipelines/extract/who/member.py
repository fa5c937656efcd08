"""Somebody a document speaks of, and the actor that one phrase makes of them."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field
from functools import cache

from pipelines.extract.model import Actor
from pipelines.extract.who.lexicon_files import rows

_OWN_CODES = ("IGO", "NGO", "IMG", "MNC")


@dataclass(slots=True)
class Member:
    """Somebody the document speaks of; ``at`` are the code points of the mentions, ascending.

    ``office`` and ``portfolio`` are canonical ("minister", "Defence"); ``title`` is the text's own words.
    ``named`` is False for an office whose holder the text has not named yet; ``guessed`` says that the
    country is only where the text was at when it named them.
    """

    name: str
    kind: str
    country: str | None = None
    sector: str | None = None
    title: str | None = None
    cameo: str | None = None
    office: str | None = None
    portfolio: str | None = None
    gender: str = ""
    plural: bool = False
    named: bool = True
    guessed: bool = False
    at: list[int] = field(default_factory=list)

    def last_before(self, position: int) -> int:
        """Where it was last mentioned before ``position``; -1 if nowhere."""
        i = bisect_left(self.at, position)
        return self.at[i - 1] if i else -1


def cameo_code(country: str | None, sector: str | None, cameo: str | None, kind: str) -> str | None:
    """Join the CAMEO actor code: country and role letters ("BLRGOV"), or the organisation's own code."""
    if cameo and (cameo[:3] in _OWN_CODES or (country is not None and cameo.startswith(country))):
        return cameo
    if kind == "country":
        return country
    return f"{country or ''}{cameo or _roles().get(sector or '', sector) or ''}" or None


@cache
def _roles() -> dict[str, str]:
    """CAMEO's letters for the sectors that it calls otherwise."""
    return {row["sector"]: row["cameo"] for row in rows("cameo_roles.csv")}


def actor(member: Member, text: str, start: int, end: int, base: int, resolved_by: str) -> Actor:
    """Make the actor that ``text[start:end]`` names; ``base`` is the offset of ``text`` in the article."""
    return Actor(
        text=text[start:end],
        start=base + start,
        end=base + end,
        name=member.name,
        kind=member.kind,
        country=member.country,
        sector=member.sector,
        title=member.title,
        cameo_code=cameo_code(member.country, member.sector, member.cameo, member.kind),
        resolved_by=resolved_by,
    )


def same_person(asked: tuple[str, ...], known: tuple[str, ...]) -> bool:
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
