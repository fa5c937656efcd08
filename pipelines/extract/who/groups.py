"""People who are not named: groups, a people, a counted part of somebody, the parties of a meeting."""

from __future__ import annotations

from dataclasses import replace

from pipelines.extract.model import Actor
from pipelines.extract.who.belonging import sender
from pipelines.extract.who.bodies import place_member
from pipelines.extract.who.describe import inherited
from pipelines.extract.who.lexicon_files import plural_of
from pipelines.extract.who.marks import Entry
from pipelines.extract.who.member import Member
from pipelines.extract.who.phrase import Phrase
from pipelines.extract.who.sides import Side, sides


def group(phrase: Phrase, entry: Entry) -> list[Actor]:
    """Unnamed people, one actor per country that is said."""
    found = phrase.sides()
    if len(found) > 1:
        return [_one(phrase, entry, side) for side in found]
    return [_one(phrase, entry, found[0] if found else _own_force(phrase, entry))]


def _own_force(phrase: Phrase, entry: Entry) -> Side | None:
    """Soldiers and police nobody says more of are those of the place, else of the country the text is about."""
    if entry.sector != "MIL" and entry.cameo != "COP":
        return None
    if phrase.said_of_others() or inherited(phrase.marked, phrase.start, phrase.own_end, phrase.mark):
        return None
    own = sender(phrase.head, phrase.marked)
    if own is not None:
        return Side(own, phrase.lexicon.country_names.get(own, ""))
    return phrase.side(scene=True, here=True, counted=True)


def _one(phrase: Phrase, entry: Entry, side: Side | None) -> Actor:
    owner = inherited(phrase.marked, phrase.start, phrase.own_end, phrase.mark)
    member = Member("", "group", side.country if side else None, entry.sector, cameo=entry.cameo)
    many = plural_of(entry.name) if entry.plural_wording is None else entry.plural_wording
    member.name = many[0].upper() + many[1:]
    if owner is not None:
        if entry.inherits and owner.sector and not _plain_state(entry, owner):
            member.sector, member.cameo = owner.sector, owner.cameo or entry.cameo
        member.country = member.country or owner.country
        if owner.kind == "organization":
            member.name = f"{owner.name} {many}"
    if side is not None and side.name and (owner is None or owner.kind != "organization"):
        member.name += f" of {side.name}"
    return phrase.build(member)


def _plain_state(entry: Entry, owner: Entry) -> bool:
    """ "Government forces" and "coalition forces" stay military."""
    return entry.sector == "MIL" and owner.sector == "GOV" and not owner.cameo


def people_of(phrase: Phrase, entry: Entry) -> list[Actor]:
    """ "The Russians", "two Turks": people of a country; the country itself for a bare adjective."""
    head = phrase.head
    bare = head.pos_ == "ADJ" and not phrase.determined()
    if bare:
        return [phrase.build(place_member(Side(entry.country, entry.name), phrase.lexicon))]
    many = entry.plural or entry.kind == "regional" or any(c.dep_ == "nummod" for c in head.lefts)
    many = many or head.pos_ == "ADJ"
    name = f"{'People' if many else 'Citizen'} of {entry.name}"
    return [phrase.build(Member(name, "group", entry.country, "CVL"))]


def gathering(phrase: Phrase) -> list[Actor]:
    """A meeting or joint thing names its parties only where two countries are joined before it."""
    found = sides(phrase.marked, phrase.start, phrase.head_at, phrase.head_at)
    return [phrase.build(place_member(side, phrase.lexicon)) for side in found] if len(found) > 1 else []


def counted(phrase: Phrase) -> list[Actor]:
    """ "Dozens of Russian peacekeepers", "three of the men": whom they are counted from."""
    for prep in phrase.head.rights:
        if prep.dep_ == "prep" and prep.lower_ in ("of", "from", "among"):
            for noun in prep.children:
                if noun.dep_ == "pobj":
                    found = phrase.reader.read(noun, phrase.cast, base=phrase.base)
                    return [_widened(phrase, one) for one in found]
    return []


def _widened(phrase: Phrase, one: Actor) -> Actor:
    start = min(phrase.at, one.start)
    text = phrase.marked.text[start - phrase.base : one.end - phrase.base]
    return replace(one, text=text, start=start)
