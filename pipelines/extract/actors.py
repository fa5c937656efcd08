"""Who a noun phrase names: the reader that turns a parsed phrase into actors.

It decides who somebody is, never what they did: roles and events are the grammar's.
"""

from __future__ import annotations

from collections.abc import Iterable

from spacy.tokens import Doc, Token

from pipelines.extract.cast import Cast, Member
from pipelines.extract.model import Actor
from pipelines.extract.who.describe import (
    Description,
    Side,
    describe,
    inherited,
    place_of,
    portfolio,
    sides,
)
from pipelines.extract.who.extent import Extent, extent, left_edge
from pipelines.extract.who.gate import names_somebody
from pipelines.extract.who.lexicon import Entry, Lexicon, Mark, Marked, lexicon, plural_of
from pipelines.extract.who.pronouns import resolve

__all__ = ["ActorReader", "names_somebody"]

_QUANTITIES = frozenset(
    "dozen dozens score scores hundred hundreds thousand thousands million millions number group handful majority "
    "minority half most many some several few all one two three four five six seven eight nine ten others rest lot "
    "part section pair couple kind series type crowd team both any each none delegation wave spate more".split()
)
_BEHIND_LEFT = frozenset("poss compound amod nmod".split())
_BEHIND_RIGHT = frozenset("of by from in against between for to on with at among".split())
_DEPTH = 4


class ActorReader:
    """Reads actors from noun phrases. One instance serves any number of documents."""

    def __init__(self, words: Lexicon):
        self._lexicon = words
        self._doc: Doc | None = None
        self._marked: Marked | None = None

    @classmethod
    def load(cls) -> ActorReader:
        """Give a reader over the lexicons, which are read once per process."""
        return cls(lexicon())

    def read(self, head: Token, cast: Cast, *, base: int) -> list[Actor]:
        """Who the noun phrase headed by ``head`` is; [] if nobody.

        ``base`` is the code-point offset of the sentence in the article. Phrases coordinated with
        ``head`` itself are left to the caller.
        """
        marked = self._sentence(head.doc)
        return _Phrase(self, marked, head, cast, base).actors()

    def behind(self, head: Token, cast: Cast, *, base: int) -> list[Actor]:
        """Who stands behind the thing headed by ``head``: its owner, maker or target; [] if nobody."""
        return self._behind(head, cast, base, 0)

    def _behind(self, head: Token, cast: Cast, base: int, depth: int) -> list[Actor]:
        if depth > _DEPTH:
            return []
        marked = self._sentence(head.doc)
        for child in head.lefts:
            if child.dep_ in _BEHIND_LEFT:
                found = self._modifier(child, cast, base, marked)
                if found:
                    return found
        for prep in head.rights:
            if prep.dep_ not in ("prep", "agent") or prep.lower_ not in _BEHIND_RIGHT:
                continue
            for noun in prep.children:
                if noun.dep_ in ("pobj", "pcomp"):
                    found = self.read(noun, cast, base=base) or self._behind(noun, cast, base, depth + 1)
                    if found:
                        return found
        return []

    def _modifier(self, child: Token, cast: Cast, base: int, marked: Marked) -> list[Actor]:
        mark = marked.covering(child.idx)
        if mark is None and child.dep_ == "amod":
            return []
        place = place_of(mark) if mark else None
        if mark is not None and place is not None and place.kind in ("demonym", "regional"):
            lo = left_edge(child)
            several = sides(marked, child.doc[lo].idx, mark.end, mark.end)
            return [
                _actor(marked, mark.start, mark.end, base, _place_member(side, self._lexicon))
                for side in several
            ]
        if mark is not None and mark.of_kind("title", "group", "body") and child.dep_ in ("compound", "amod"):
            entry = mark.of_kind("title", "group", "body")
            if (
                entry is not None
                and not entry.context
                and entry.kind == "body"
                and mark.text(marked).lower() == "state"
            ):
                return []
        return self.read(child, cast, base=base)

    def _sentence(self, doc: Doc) -> Marked:
        if doc is not self._doc or self._marked is None:
            self._doc, self._marked = doc, self._lexicon.mark(doc.text)
        return self._marked


class _Phrase:
    """One reading of one phrase: collects what its words say and builds the actors."""

    def __init__(self, reader: ActorReader, marked: Marked, head: Token, cast: Cast, base: int):
        self.reader, self.marked, self.cast, self.base = reader, marked, cast, base
        self.lexicon = reader._lexicon
        self.head = _owned(head)
        self.mark = marked.covering(self.head.idx)
        self.reach: Extent = extent(self.head, marked)
        doc = head.doc
        self.start = doc[self.reach.first].idx
        self.end = doc[self.reach.last].idx + len(doc[self.reach.last])
        self.own_end = doc[self.reach.before_apposition].idx + len(doc[self.reach.before_apposition])

    # -- which kind of phrase --------------------------------------------------------------------------------

    def actors(self) -> list[Actor]:
        head, mark = self.head, self.mark
        if head.pos_ == "PRON" or head.tag_ in ("PRP", "PRP$", "WP", "WDT"):
            return self.pronoun()
        if head.pos_ in ("PUNCT", "SYM", "SPACE", "ADP", "AUX", "CCONJ", "PART", "SCONJ"):
            return []
        if mark is not None and mark.of_kind("title", "group", "body") is not None:
            found = self.anaphor()
            if found:
                return found
        if mark is None:
            return self.unmarked()
        name = self.name_before_mark(mark)
        if name is not None:
            return [self.person(name)] if name else []
        entry = self.choose(mark)
        if entry.kind == "person":
            return [self.person(entry.name, entry)]
        if entry.kind in ("country", "capital", "seat"):
            return self.country(entry)
        if entry.kind in ("demonym", "regional"):
            return self.people_of(entry)
        if entry.kind in ("region", "city"):
            return self.place(entry)
        if entry.kind == "organization":
            return self.organization(entry)
        if entry.kind == "title":
            return self.office(entry)
        if entry.kind == "body":
            return self.body(entry)
        if entry.kind == "group":
            return self.group(entry)
        return self.gathering()

    def choose(self, mark: Mark) -> Entry:
        """The meaning that fits: the state's own body where an international one has its name."""
        if mark.entry.kind == "organization" and mark.entry.country is None and len(mark.entries) > 1:
            local = mark.of_kind("body")
            if local is not None and sides(self.marked, self.start, self.end, mark.start):
                return local
        if mark.entry.kind == "title" and len(mark.entries) > 1 and self.head.tag_ in ("NNS", "NNPS"):
            return mark.of_kind("group") or mark.entry
        return mark.entry

    def unmarked(self) -> list[Actor]:
        head = self.head
        if head.lower_ in _QUANTITIES or head.pos_ == "NUM" or head.dep_ == "nummod":
            return self.quantity()
        run = self.run_before(head.i)
        if run is not None and head.pos_ in ("PROPN", "NOUN", "ADJ", "X", "VERB"):
            name = head.doc[run].idx
            return [self.named(self.marked.text[name : head.idx + len(head)], head.doc[run])]
        return []

    # -- names -----------------------------------------------------------------------------------------------

    def run_before(self, last: int) -> int | None:
        """Index of the first token of the capitalised name that ends at token ``last``; None if it is none."""
        doc = self.head.doc
        if not _capitalised(doc[last]) or doc[last].lower_ in self.lexicon.office_words:
            return None
        if doc[last].i == doc[last].sent.start and doc[last].pos_ != "PROPN":
            return None
        first = last
        for i in range(last - 1, self.reach.first - 1, -1):
            token = doc[i]
            mark = self.marked.covering(token.idx)
            if mark is not None and mark.entry.kind not in ("person", "city"):
                break
            if token.text in ("-", "–", ".", "'") or token.lower_ in (
                "al",
                "bin",
                "ibn",
                "de",
                "da",
                "von",
                "van",
                "el",
            ):
                continue
            if not _capitalised(token) or token.lower_ in self.lexicon.office_words or token.dep_ == "det":
                break
            first = i
        return first

    def name_before_mark(self, mark: Mark) -> str | None:
        """The person's full name where the mark is only its last word ("Michael Jordan"); None if it is not."""
        doc = self.head.doc
        token = next((t for t in doc if t.idx >= mark.start), None)
        if (
            token is None
            or token.i == 0
            or mark.entry.kind not in ("country", "city", "person", "capital", "region")
        ):
            return None
        previous = doc[token.i - 1]
        if (
            previous.i < self.reach.first
            or not _capitalised(previous)
            or previous.pos_ != "PROPN"
            or previous.dep_ not in ("compound", "nmod")
            or previous.lower_ in self.lexicon.office_words
            or (self.marked.covering(previous.idx) is not None)
        ):
            return None
        first = self.run_before(previous.i)
        return None if first is None else self.marked.text[doc[first].idx : mark.end]

    def named(self, name: str, first: Token) -> Actor:
        """An unknown capitalised name: a person if known, titled or shaped like one, else an organisation."""
        known = self.cast.person(name, self.base + self.start)
        before = describe(self.marked, self.lexicon, self.start, first.idx)
        if known is not None or before.title or self.apposed().title:
            return self.person(name, first=first)
        words = name.split()
        determined = any(c.dep_ == "det" for c in self.head.lefts)
        person = (
            2 <= len(words) <= 4 and not determined and not any(w.isupper() and len(w) > 2 for w in words)
        )
        if person and before.organization is None:
            return self.person(name, first=first)
        side = self.sides()[:1]
        member = Member(name, "organization", side[0].country if side else None)
        owner = before.organization
        if owner is not None:
            member.sector = owner.sector
        return self.build(member)

    def apposed(self) -> Description:
        """What the apposition says."""
        if self.reach.apposition is None:
            return Description()
        return describe(self.marked, self.lexicon, self.own_end, self.end)

    def person(self, name: str, entry: Entry | None = None, first: Token | None = None) -> Actor:
        """A named person with the office before the name or in the apposition."""
        at = self.base + self.start
        begin = first.idx if first is not None else self.marked.text.find(name.split()[0], self.start)
        if begin < 0 or begin > self.end:
            begin = self.mark.start if self.mark else self.head.idx
        said = describe(self.marked, self.lexicon, self.start, begin)
        after = self.apposed()
        known = self.cast.person(name, at)
        member = Member(known.name if known and len(known.name) > len(name) else name, "person")
        title = said if said.title else after
        member.title = title.title or (known.title if known else None)
        member.country = said.country or after.country or (entry.country if entry else None)
        if member.country is None and known is not None:
            member.country = known.country
        member.sector = title.sector or (entry.sector if entry else None) or (known.sector if known else None)
        member.cameo = title.cameo or (known.cameo if known and not title.sector else None)
        if title.organization is not None and member.country is None:
            member.country = title.organization.country
        return self.build(member, "text" if known is None or known.name == name else "coreference")

    # -- places ----------------------------------------------------------------------------------------------

    def country(self, entry: Entry) -> list[Actor]:
        several = self.joined_countries()
        if len(several) > 1:
            return several
        return [self.build(Member(entry.name, "country", entry.country, "GOV"))]

    def joined_countries(self) -> list[Actor]:
        if self.mark is None or self.start >= self.mark.start:
            return []
        found = sides(self.marked, self.start, self.mark.end, self.mark.end)
        return [self.build(_place_member(s, self.lexicon)) for s in found] if len(found) > 1 else []

    def people_of(self, entry: Entry) -> list[Actor]:
        if self.head.pos_ == "ADJ" and self.head.dep_ == "amod":
            return [self.build(_place_member(Side(entry.country, entry.name), self.lexicon))]
        several = entry.plural or any(c.dep_ == "nummod" for c in self.head.lefts)
        name = (
            f"People of {entry.name}" if several or entry.kind == "regional" else f"Citizen of {entry.name}"
        )
        if self.head.pos_ == "ADJ" and not any(c.dep_ == "det" for c in self.head.lefts):
            return [self.build(_place_member(Side(entry.country, entry.name), self.lexicon))]
        return [self.build(Member(name, "group", entry.country, "CVL"))]

    def place(self, entry: Entry) -> list[Actor]:
        known = self.cast.person(entry.name, self.base + self.start)
        if known is not None and self.own_end - self.start <= len(entry.name) + 4:
            return [self.person(entry.name)]
        sector = entry.sector if entry.kind == "region" else None
        return [self.build(Member(entry.name, "body", entry.country, sector))]

    # -- bodies, offices, groups -----------------------------------------------------------------------------

    def sides(self) -> tuple[Side, ...]:
        """The countries of the phrase, an apposition's only if it has none itself."""
        at = self.mark.start if self.mark else self.head.idx
        own = sides(self.marked, self.start, self.own_end, at)
        conjuncts = self.complement_sides()
        if len(conjuncts) > 1 and (not own or own[0] in conjuncts):
            return conjuncts
        if own:
            return own
        return self.apposed().sides or self.loyalty()

    def loyalty(self) -> tuple[Side, ...]:
        """The side of "troops loyal to X", "forces led by X"."""
        for child in self.head.rights:
            if child.dep_ in ("amod", "acl") and child.i - self.reach.last <= 1 and child.lower_ in _LOYAL:
                edge = child.right_edge
                return sides(self.marked, child.idx + len(child) + 4, edge.idx + len(edge), 0)
        return ()

    def complement_sides(self) -> tuple[Side, ...]:
        """The sides of "of A and B", one per conjunct."""
        out: dict[str | None, Side] = {}
        for prep in self.head.rights:
            if prep.dep_ != "prep" or prep.lower_ not in ("of", "from") or prep.i > self.reach.last:
                continue
            for noun in _conjuncts(prep):
                reach = extent(noun, self.marked)
                last = noun.doc[reach.last]
                for side in sides(self.marked, noun.doc[reach.first].idx, last.idx + len(last), 1 << 60)[:1]:
                    out.setdefault(side.country, side)
        return tuple(out.values())

    def organization(self, entry: Entry) -> list[Actor]:
        member = Member(entry.name, entry.actor_kind, entry.country, entry.sector, cameo=entry.cameo)
        found = sides(self.marked, self.start, self.own_end, self.mark.start if self.mark else 0)
        if found and found[0].country and found[0].country != entry.country:
            if entry.actor_kind == "body" or entry.country is None:
                member.country = found[0].country
                member.cameo = None if entry.country else entry.cameo
            if entry.actor_kind == "body":
                member.name = f"{entry.name.split(' ', 1)[-1] if entry.name.startswith('US ') else entry.name} of {found[0].name}"
        return [self.build(member)]

    def office(self, entry: Entry) -> list[Actor]:
        """An office: with a name in apposition it is that person, else whoever holds it, else the office."""
        name = self.apposed_name()
        said = describe(self.marked, self.lexicon, self.start, self.own_end)
        task = portfolio(self.marked, self.lexicon, self.mark) if self.mark else None
        found = self.sides()
        if name is not None:
            return [self.titled(name, said, found)]
        if len(found) > 1:
            return [self.office_member(entry, said, task, side) for side in found]
        side = found[0] if found else None
        plural = entry.plural or self.head.tag_ in ("NNS", "NNPS")
        if not plural and not self.indefinite():
            holder = self.cast.office(
                entry.name, task[0] if task else None, side.country if side else None, self.at
            )
            if holder:
                return [self.build(_copy(holder[0]), "coreference")]
        if side is None and not self.indefinite() and said.organization is None:
            country = self.cast.scene(self.at)
            side = Side(country, self.lexicon.country_names.get(country or "", "")) if country else None
        if side is None and said.organization is not None:
            side = Side(said.organization.country, said.organization.name)
        return [self.office_member(entry, said, task, side)]

    def office_member(
        self, entry: Entry, said: Description, task: tuple[str, str] | None, side: Side | None
    ) -> Actor:
        plural = entry.plural or self.head.tag_ in ("NNS", "NNPS")
        noun = entry.name if task is None else f"{task[0]} {entry.name}"
        words = plural_of(noun) if plural and " of " not in noun else noun
        name = words[0].upper() + words[1:] + (f" of {side.name}" if side and side.name else "")
        member = Member(
            name, "group" if plural else "person", side.country if side else None, said.sector or entry.sector
        )
        member.title = said.title
        member.cameo = said.cameo
        return self.build(member)

    def apposed_name(self) -> str | None:
        """The personal name in apposition to an office, or None."""
        token = self.reach.apposition
        if token is None:
            return None
        mark = self.marked.covering(token.idx)
        if mark is not None and mark.entry.kind == "person":
            own = mark.text(self.marked)
            return mark.entry.name if len(own.split()) <= len(mark.entry.name.split()) else own
        if mark is not None and mark.entry.kind not in ("city",):
            return None
        if token.pos_ != "PROPN" or not _capitalised(token):
            return None
        first = token.i
        for child in token.lefts:
            if child.dep_ == "compound" and self.marked.covering(child.idx) is None and _capitalised(child):
                first = min(first, child.i)
        return self.marked.text[token.doc[first].idx : token.idx + len(token)]

    def titled(self, name: str, said: Description, found: tuple[Side, ...]) -> Actor:
        known = self.cast.person(name, self.at)
        member = Member(known.name if known and len(known.name) > len(name) else name, "person")
        member.country = found[0].country if found else None
        if member.country is None and said.organization is not None:
            member.country = said.organization.country
        if member.country is None and known is not None:
            member.country = known.country
        member.title, member.sector, member.cameo = said.title, said.sector, said.cameo
        return self.build(member)

    def body(self, entry: Entry) -> list[Actor]:
        found = self.sides()
        if len(found) > 1:
            return [self.body_member(entry, side) for side in found]
        side = found[0] if found else None
        if side is None and entry.context and not self.indefinite():
            country = self.cast.scene(self.at)
            side = Side(country, self.lexicon.country_names.get(country or "", "")) if country else None
        return [self.body_member(entry, side)]

    def body_member(self, entry: Entry, side: Side | None) -> Actor:
        task = (
            portfolio(self.marked, self.lexicon, self.mark) if self.mark and _takes_portfolio(entry) else None
        )
        country = side.country if side else None
        text = self.marked.text[self.start : self.own_end]
        kind, sector, cameo = entry.actor_kind, entry.sector, entry.cameo
        if task is not None:
            name = f"Ministry of {task[0]}"
            cameo = f"GOV{task[1]}" if task[1] else cameo
            kind = "body"
        else:
            name = entry.name or self.plain(text)
        if entry.name or task is not None:
            name += f" of {side.name}" if side and side.name and side.name not in name else ""
        if kind == "organization" and sector == "GOV" and country is None:
            sector = None if not name[:1].isupper() else "GOV"
        if sector is None:
            other = inherited(self.marked, self.start, self.own_end, self.mark)
            sector = other.sector if other is not None else None
        owner = self.owner()
        if country is None and owner is not None:
            country = owner.country
            if owner.sector in ("IGO", "NGO"):
                sector, cameo = owner.sector, owner.cameo
        return self.build(Member(name, kind, country, sector, cameo=cameo))

    def owner(self) -> Entry | None:
        """The organisation named inside the phrase, beside its head."""
        for mark in self.marked.inside(self.start, self.own_end):
            if mark is not self.mark and (entry := mark.of_kind("organization")) is not None:
                return entry
        return None

    def group(self, entry: Entry) -> list[Actor]:
        found = self.sides()
        if len(found) > 1:
            return [self.group_member(entry, side) for side in found]
        return [self.group_member(entry, found[0] if found else None)]

    def group_member(self, entry: Entry, side: Side | None) -> Actor:
        owner = inherited(self.marked, self.start, self.own_end, self.mark)
        sector, cameo = entry.sector, entry.cameo
        country = side.country if side else None
        many = plural_of(entry.name) if " " not in entry.name or True else entry.name
        name = many[0].upper() + many[1:]
        if owner is not None and (entry.inherits or owner.kind == "organization"):
            if entry.inherits and owner.sector:
                sector = owner.sector
                cameo = (
                    owner.cameo if owner.kind != "organization" or owner.sector in ("IGO", "NGO") else None
                )
            country = country or owner.country
            if owner.kind == "organization":
                name = f"{name} of {owner.name}"
        if " of " not in name and side is not None and side.name:
            name += f" of {side.name}"
        return self.build(Member(name, "group", country, sector, cameo=cameo))

    def gathering(self) -> list[Actor]:
        """A meeting or joint thing names its parties only where two countries are joined before it."""
        at = self.mark.start if self.mark else self.head.idx
        found = sides(self.marked, self.start, at, at)
        return [self.build(_place_member(s, self.lexicon)) for s in found] if len(found) > 1 else []

    def quantity(self) -> list[Actor]:
        """ "Dozens of Russian peacekeepers", "three of the men": whom they are counted from."""
        for prep in self.head.rights:
            if prep.dep_ == "prep" and prep.lower_ in ("of", "from", "among"):
                for noun in prep.children:
                    if noun.dep_ == "pobj":
                        found = self.reader.read(noun, self.cast, base=self.base)
                        return [_widen(a, self.marked.text, self.start + self.base, self.base) for a in found]
        return []

    # -- words that mean somebody said before ----------------------------------------------------------------

    def pronoun(self) -> list[Actor]:
        if self.head.tag_ in ("WP", "WDT") or self.head.lower_ in ("who", "which", "that"):
            return self.antecedent()
        members = resolve(self.head, self.cast, self.base, self.reader)
        return [self.build(_copy(m), "coreference") for m in members]

    def antecedent(self) -> list[Actor]:
        verb = self.head.head
        while verb.dep_ in ("conj", "xcomp", "ccomp") and verb.head != verb:
            verb = verb.head
        if verb.dep_ != "relcl":
            return []
        return self.reader.read(verb.head, self.cast, base=self.base)

    def anaphor(self) -> list[Actor]:
        """ "Both ministers", "the parties", "his Russian counterpart", "our country"."""
        from pipelines.extract.who.anaphora import meant  # noqa: PLC0415

        members = meant(self.head, self.marked, self.start, self.end, self.cast, self.base, self.lexicon)
        return [self.build(_copy(m), "coreference") for m in members]

    # -- small things ----------------------------------------------------------------------------------------

    @property
    def at(self) -> int:
        """Where the phrase stands in the article."""
        return self.base + self.start

    def indefinite(self) -> bool:
        return any(
            c.dep_ == "det" and c.lower_ in ("a", "an", "some", "any") for c in self.head.lefts
        ) or any(c.dep_ == "nummod" for c in self.head.lefts)

    def plain(self, text: str) -> str:
        words = text.split()
        while words and words[0].lower() in ("the", "a", "an", "its", "his", "her", "their", "our"):
            words.pop(0)
        return " ".join(words) or text

    def build(self, member: Member, resolved_by: str = "text") -> Actor:
        return _actor(self.marked, self.start, self.end, self.base, member, resolved_by)


_LOYAL = frozenset("loyal led backed commanded aligned allied".split())


def _actor(
    marked: Marked, start: int, end: int, base: int, member: Member, resolved_by: str = "text"
) -> Actor:
    text = marked.text[start:end]
    return Actor(
        text, base + start, base + end, member.name, member.kind, member.country, member.sector, member.title,
        cameo_code(member.country, member.sector, member.cameo, member.kind), resolved_by,
    )  # fmt: skip


def cameo_code(country: str | None, sector: str | None, cameo: str | None, kind: str) -> str | None:
    """Join the CAMEO actor code: country and role letters ("BLRGOV"), or the organisation's own code."""
    if cameo and (cameo[:3] in ("IGO", "NGO", "IMG", "MNC") or cameo[:3] == country):
        return cameo
    if kind == "country":
        return country if sector in (None, "GOV") else f"{country or ''}{sector}"
    code = f"{country or ''}{cameo or sector or ''}"
    return code or None


def _place_member(side: Side, words: Lexicon) -> Member:
    if side.country and words.country_names.get(side.country) == side.name:
        return Member(side.name, "country", side.country, "GOV")
    return Member(side.name, "body", side.country)


def _copy(member: Member) -> Member:
    return Member(member.name, member.kind, member.country, member.sector, member.title, member.cameo)


def _widen(actor: Actor, text: str, start: int, base: int) -> Actor:
    return Actor(
        text[start - base : actor.end - base], start, actor.end, actor.name, actor.kind, actor.country, actor.sector,
        actor.title, actor.cameo_code, actor.resolved_by,
    )  # fmt: skip


def _takes_portfolio(entry: Entry) -> bool:
    return entry.name == "Ministry" or (entry.name == "" and entry.kind == "body" and entry.sector == "GOV")


def _capitalised(token: Token) -> bool:
    return token.text[:1].isupper()


def _conjuncts(prep: Token) -> Iterable[Token]:
    for noun in prep.children:
        if noun.dep_ == "pobj":
            yield noun
            pending = [noun]
            while pending:
                for child in pending.pop().rights:
                    if child.dep_ == "conj":
                        yield child
                        pending.append(child)


def _owned(head: Token) -> Token:
    """The real head where a curly apostrophe made the parser take an owner for it ("Belarus’ Minister X")."""
    following = head.doc[head.i + 1] if head.i + 1 < len(head.doc) else None
    if following is not None and following.text in ("’", "’s"):
        for child in head.rights:
            if child.dep_ == "appos" and left_edge(child) == following.i + 1:
                return child
    return head
