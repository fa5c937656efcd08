"""Countries, their bodies and places, and organisations."""

from __future__ import annotations

from pipelines.extract.model import Actor
from pipelines.extract.who.belonging import possessive
from pipelines.extract.who.describe import inherited, portfolio
from pipelines.extract.who.lexicon import Lexicon
from pipelines.extract.who.marks import Entry
from pipelines.extract.who.member import Member
from pipelines.extract.who.phrase import Phrase
from pipelines.extract.who.sides import Side, sides

_SUPRANATIONAL = ("IGO", "NGO")


def place_member(side: Side, words: Lexicon) -> Member:
    """The country, or the part of one, that a side stands for."""
    if side.country and (words.country_names.get(side.country) == side.name or side.name in words.capitals):
        return Member(words.country_names[side.country], "country", side.country, "GOV")
    return Member(side.name, "body", side.country)


def country(phrase: Phrase, entry: Entry) -> list[Actor]:
    """A country, or the several that are joined before the head ("Russia-Belarus")."""
    if phrase.mark is not None and phrase.start < phrase.mark.start:
        found = sides(phrase.marked, phrase.start, phrase.mark.end, phrase.mark.end)
        if len(found) > 1:
            return [phrase.build(place_member(side, phrase.lexicon)) for side in found]
    return [phrase.build(Member(entry.name, "country", entry.country, "GOV"))]


def place(phrase: Phrase, entry: Entry) -> list[Actor]:
    """A region or city that acts: part of its state."""
    sector = entry.sector if entry.kind == "region" else None
    return [phrase.build(Member(entry.name, "body", entry.country, sector))]


def organization(phrase: Phrase, entry: Entry) -> list[Actor]:
    """An organisation known by name; another country's body of that name where one is said."""
    member = Member(entry.name, entry.actor_kind, entry.country, entry.sector, cameo=entry.cameo)
    before = [s for s in sides(phrase.marked, phrase.start, phrase.head_at, phrase.head_at) if s.country]
    if before and before[0].country != entry.country:
        if entry.actor_kind == "body" and entry.country is not None:
            member.country, member.cameo = before[0].country, None
            member.name = f"{entry.name.removeprefix('US ')} of {before[0].name}"
        elif entry.country is None and entry.sector not in ("IGO", "JUD"):
            member.country = before[0].country
    return [phrase.build(member)]


def body(phrase: Phrase, entry: Entry) -> list[Actor]:
    """A government, army, court, company … by its common name, one per country that is said."""
    found = phrase.sides()
    if len(found) > 1:
        if entry.kind == "body" and entry.sector is None:
            return [phrase.build(place_member(side, phrase.lexicon)) for side in found]
        return [_one(phrase, entry, side) for side in found]
    # "embassies" and "Western armies" are several states'; "police" and "the armies" are the story's own
    own = entry.context and not (entry.plural and entry.plural_wording is None and not phrase.definite())
    side = phrase.side(scene=own, here=entry.sector == "MIL" or entry.cameo == "COP")
    if entry.name == "Side":
        owner = possessive(phrase.head)
        if owner is not None and (found_owners := phrase.reader.read(owner, phrase.cast, base=phrase.base)):
            return found_owners
        return [phrase.build(place_member(side, phrase.lexicon))] if side else []
    return [_one(phrase, entry, side)]


def _one(phrase: Phrase, entry: Entry, side: Side | None) -> Actor:
    member = Member(
        _name(phrase, entry, side), entry.actor_kind, side.country if side else None, entry.sector
    )
    member.cameo = entry.cameo
    task = _task(phrase, entry)
    if task is not None and task[1]:
        member.cameo = f"GOV{task[1]}"
    owner = _owner(phrase)
    if owner is not None and owner.sector in _SUPRANATIONAL and entry.sector in (None, "GOV", "IGO", "MIL"):
        member.name, member.kind, member.country = phrase.plain(), "organization", None
        member.sector, member.cameo = owner.sector, owner.cameo
    elif owner is not None and member.country is None:
        member.country = owner.country
    if member.sector is None:
        other = inherited(phrase.marked, phrase.start, phrase.own_end, phrase.mark)
        member.sector = other.sector if other is not None else None
    if member.sector == "GOV" and member.kind == "organization" and member.country is None:
        member.sector = None
    return phrase.build(member)


def _task(phrase: Phrase, entry: Entry) -> tuple[str, str] | None:
    """What a ministry answers for: (portfolio, CAMEO letters)."""
    if entry.name != "Ministry" or phrase.mark is None:
        return None
    return portfolio(phrase.marked, phrase.lexicon, phrase.mark)


def _name(phrase: Phrase, entry: Entry, side: Side | None) -> str:
    task = _task(phrase, entry)
    several = phrase.plural() and side is not None
    if not entry.name or (entry.name == "Ministry" and task is None and not several):
        return phrase.plain()
    name = entry.name if task is None else f"Ministry of {task[0]}"
    if side is None or not side.name:
        return name
    owner = side.name
    if entry.cameo != "COP" and side.country and owner in phrase.lexicon.capitals:
        owner = phrase.lexicon.country_names[side.country]
    return f"{name} of {owner}"


def _owner(phrase: Phrase) -> Entry | None:
    """The organisation named inside the phrase, beside its head."""
    for mark in phrase.marked.inside(phrase.start, phrase.own_end):
        if mark is not phrase.mark and (entry := mark.of_kind("organization")) is not None:
            return entry
    return None
