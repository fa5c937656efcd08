"""People: named ones with their office, offices without a name, names the lexicon does not hold."""

from __future__ import annotations

from spacy.tokens import Token

from pipelines.extract.model import Actor
from pipelines.extract.who.belonging import rivals
from pipelines.extract.who.describe import Description, portfolio
from pipelines.extract.who.lexicon_files import plural_of
from pipelines.extract.who.marks import Entry
from pipelines.extract.who.member import Member, actor
from pipelines.extract.who.names import Segment
from pipelines.extract.who.phrase import Phrase
from pipelines.extract.who.sides import Side
from pipelines.extract.who.vocabulary import vocabulary

_PARTICLES = vocabulary("name_particles") | {"-", "–", ".", "'", "’"}
_PORTFOLIO_OFFICES = vocabulary("portfolio_offices")
_STATE_SECTORS = ("GOV", "MIL", "LEG", "JUD")
_HIGH = 2  # ranks above which the plural is of several states: "the leaders", "the ministers"
_LONGEST_NAME = 4  # words of a personal name


def named_person(phrase: Phrase, segment: Segment) -> Actor:
    """The person of ``segment``: name, office and country from before the name or the apposition."""
    said = segment.description
    after = phrase.apposed()
    title = said if said.title else after
    known = phrase.cast.person(segment.name, phrase.at)
    entry = segment.entry
    name = known.name if known is not None and len(known.name) > len(segment.name) else segment.name
    country = said.country or after.country
    if country is None and title.organization is not None:
        country = title.organization.country
    member = Member(name, "person", country, title.sector, title.title, title.cameo)
    for source in (entry, known):
        if source is not None:
            member.country = member.country or source.country
            member.sector = member.sector or source.sector
    if known is not None:
        member.title = member.title or known.title
        member.cameo = member.cameo or (known.cameo if member.sector == known.sector else None)
    if (
        member.country is None
        and segment.sharing is None
        and title.title
        and title.sector in _STATE_SECTORS
        and title.organization is None
    ):
        others = rivals(phrase.head, phrase.marked)
        member.country = phrase.cast.scene(phrase.at, without=others, later=False)
    start, end = _span(phrase, segment)
    own = phrase.marked.text[segment.start : segment.end]
    written = set(name.lower().split()) <= set(own.lower().split())
    return actor(member, phrase.marked.text, start, end, phrase.base, "text" if written else "coreference")


def sharing(phrase: Phrase, segment: Segment) -> list[Actor]:
    """Those named after ``segment`` who share its plural office: "Foreign Ministers A and B"."""
    if segment.sharing is None:
        return []
    others = [
        one for one in phrase.sentence.people if one.sharing is segment.sharing and one.start > segment.start
    ]
    found = []
    for one in others:
        said = one.description
        known = phrase.cast.person(one.name, phrase.at)
        country = said.country or (known.country if known is not None else None)
        member = Member(one.name, "person", country, said.sector, said.title, said.cameo)
        found.append(actor(member, phrase.marked.text, one.first, one.last, phrase.base, "text"))
    return found


def _span(phrase: Phrase, segment: Segment) -> tuple[int, int]:
    """The name with its office, the determiner before it and the apposition after it."""
    start = min(segment.first, phrase.start)
    end = max(segment.last, phrase.end if phrase.head.idx < segment.end <= phrase.end else segment.end)
    if phrase.reach.apposition is None:
        end = max(segment.last, segment.end)
    return start, end


def unknown_name(phrase: Phrase) -> list[Actor]:
    """A capitalised name outside the lexicon: a person if known or shaped like one, else an organisation."""
    head = phrase.head
    first = name_start(phrase, head.i)
    if first is None:
        return []
    name = phrase.marked.text[head.doc[first].idx : head.idx + len(head)]
    if phrase.reach.before_apposition > head.i:
        side = phrase.side(scene=False)
        return [phrase.build(Member(phrase.plain(), "organization", side.country if side else None))]
    alias = phrase.cast.alias(name)
    if alias is not None:
        return [phrase.build(alias, "coreference")]
    known = phrase.cast.person(name, phrase.at)
    if known is None and head.i == head.sent.start and head.pos_ != "PROPN":
        return []
    apposed = phrase.apposed()
    if known is not None or apposed.title or _person_shaped(phrase, name):
        at = head.doc[first].idx
        segment = Segment(name, at, head.idx + len(head), Description(), at, head.idx + len(head))
        return [named_person(phrase, segment)]
    side = phrase.side(scene=False)
    return [phrase.build(Member(name, "organization", side.country if side else None))]


def _person_shaped(phrase: Phrase, name: str) -> bool:
    words = name.split()
    if not 2 <= len(words) <= _LONGEST_NAME or phrase.determined():
        return False
    return not any(w.isupper() and len(w) > 2 for w in words)


def name_start(phrase: Phrase, last: int) -> int | None:
    """Index of the first token of the capitalised name that ends at token ``last``; None if it is none."""
    doc, lexicon = phrase.head.doc, phrase.lexicon
    if not _name_token(doc[last], lexicon.office_words):
        return None
    first = last
    for i in range(last - 1, phrase.reach.first - 1, -1):
        token = doc[i]
        mark = phrase.marked.covering(token.idx)
        if mark is not None and mark.entry.kind not in ("person", "city"):
            break
        if token.lower_ in _PARTICLES:
            continue
        if not _name_token(token, lexicon.office_words) or token.dep_ == "det":
            break
        first = i
    return first


def _name_token(token: Token, office_words: frozenset[str]) -> bool:
    return token.text[:1].isupper() and token.lower_ not in office_words


def surname_of_somebody(phrase: Phrase) -> list[Actor]:
    """ "Michael Jordan": the marked word is only the last of a person's name; [] if it is not."""
    mark, doc = phrase.mark, phrase.head.doc
    if mark is None or mark.entry.kind not in ("country", "city", "person", "capital", "region"):
        return []
    first = next((t for t in doc if t.idx >= mark.start), None)
    if first is None or first.i == 0:
        return []
    previous = doc[first.i - 1]
    if (
        previous.i < phrase.reach.first
        or previous.pos_ != "PROPN"
        or previous.dep_ not in ("compound", "nmod")
        or phrase.marked.covering(previous.idx) is not None
    ):
        return []
    begin = name_start(phrase, previous.i)
    if begin is None:
        return []
    at = doc[begin].idx
    name = phrase.marked.text[at : mark.end]
    return [named_person(phrase, Segment(name, at, mark.end, Description(), at, mark.end))]


def office(phrase: Phrase, entry: Entry) -> list[Actor]:
    """An office without a name: whoever holds it in this text, else the office itself."""
    said, found = phrase.said(), phrase.sides()
    if len(found) > 1:
        return [_holder_of(phrase, entry, said, side, many=False) for side in found]
    many = entry.plural or phrase.plural()
    if not many and not phrase.indefinite():
        country = found[0].country if found else None
        holders = phrase.cast.office(said.office or entry.name, said.portfolio, country, phrase.at)
        if holders:
            return [phrase.build(holders[0], "coreference")]
    side = found[0] if found else None
    if side is None and said.organization is not None:
        side = Side(said.organization.country, said.organization.name)
    if side is None and ((phrase.determined() and entry.rank > _HIGH) or not many):
        side = phrase.side(scene=True)
    return [_holder_of(phrase, entry, said, side, many=many)]


def _holder_of(phrase: Phrase, entry: Entry, said: Description, side: Side | None, *, many: bool) -> Actor:
    task = None
    if phrase.mark is not None and entry.name in _PORTFOLIO_OFFICES:
        task = portfolio(phrase.marked, phrase.lexicon, phrase.mark)
    noun = entry.name if task is None or entry.name == "secretary of state" else f"{task[0]} {entry.name}"
    words = plural_of(noun) if many and " of " not in noun else noun
    name = words[0].upper() + words[1:] + (f" of {side.name}" if side and side.name else "")
    member = Member(
        name, "group" if many else "person", side.country if side else None, said.sector or entry.sector
    )
    member.title, member.cameo = said.title, said.cameo
    return phrase.build(member)
