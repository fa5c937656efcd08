"""Whom a noun phrase means that points back: "the parties", "both ministers", "his Russian counterpart", "our country"."""

from __future__ import annotations

from spacy.tokens import Token

from pipelines.extract.cast import Cast, Member
from pipelines.extract.who.describe import sides
from pipelines.extract.who.lexicon import Lexicon, Mark, Marked

_SIDES = frozenset("party side interlocutor negotiator delegation counterpart official diplomat".split())
_STATES = frozenset("country state nation republic neighbour neighbor power ally".split())
_PEERS = frozenset("counterpart colleague opposite".split())
_TWO = frozenset("both two".split())


def meant(
    head: Token, marked: Marked, start: int, end: int, cast: Cast, base: int, words: Lexicon
) -> list[Member]:
    """The members the phrase between two offsets points back to; [] if it does not point back."""
    noun, at = head.lemma_.lower(), base + start
    mark = marked.covering(head.idx)
    plural = head.tag_ in ("NNS", "NNPS")
    lefts = {c.lower_ for c in head.lefts if c.dep_ in ("det", "nummod", "poss", "predet", "amod", "preconj")}
    named = sides(marked, start, end, head.idx)
    if noun in _PEERS and not plural:
        return _peer(named[0].country if named else None, cast, at, base + end)
    if named or any(c.dep_ == "prep" and c.lower_ == "of" for c in head.rights):
        return []
    if noun in _STATES and lefts & {"our", "my"}:
        return _ours(noun, plural, cast, at)
    if plural and (lefts & _TWO or "the" in lefts or "our" in lefts) and _bare(head, lefts):
        return _several(noun, mark, bool(lefts & _TWO), cast, at)
    if not plural and lefts & {"the", "this"} and _bare(head, lefts):
        return _one(noun, cast, at)
    return []


def _bare(head: Token, lefts: set[str]) -> bool:
    """Whether nothing but pointing words stands before the noun."""
    return all(c.lower_ in ("the", "both", "two", "our", "these", "this", "all", "top") for c in head.lefts)


def _peer(country: str | None, cast: Cast, at: int, end: int) -> list[Member]:
    if country is None:
        pair = cast.pair(at, "person")
        return pair[-1:] if len(pair) == 2 else []
    member = cast.compatriot(country, at, end)
    return [member] if member else []


def _ours(noun: str, plural: bool, cast: Cast, at: int) -> list[Member]:
    if plural:
        return cast.pair(at, "country")
    home = cast.home(at)
    return [cast.country(home)] if home else []


def _several(noun: str, mark: Mark | None, two: bool, cast: Cast, at: int) -> list[Member]:
    if noun in _STATES:
        return cast.pair(at, "country") if two else []
    if noun in _SIDES and (two or noun in ("party", "side", "interlocutor", "official", "diplomat")):
        return cast.pair(at)
    title = mark.of_kind("title") if mark else None
    if title is not None:
        holders = cast.office(title.name, None, None, at, count=2)
        return holders if len(holders) == 2 else (cast.pair(at, "person") if two else [])
    return []


def _one(noun: str, cast: Cast, at: int) -> list[Member]:
    if noun in ("country", "nation", "state"):
        scene = cast.scene(at)
        return [cast.country(scene)] if scene else []
    kinds = {"group": ("armed_group", "organization"), "organization": ("organization",), "company": ("organization",),
             "party": ("organization",), "bloc": ("organization",), "alliance": ("organization",),
             "agency": ("organization", "body"), "movement": ("armed_group", "organization")}  # fmt: skip
    wanted = {"company": "BUS", "party": "PTY", "bloc": "IGO", "alliance": "IGO"}
    if noun in kinds:
        member = cast.nearest_kind(at, *kinds[noun], sector=wanted.get(noun))
        return [member] if member else []
    return []
