"""Whom a noun phrase means that points back: "the parties", "both ministers", "his Russian counterpart"."""

from __future__ import annotations

from collections.abc import Collection

from spacy.tokens import Token

from pipelines.extract.cast import Cast
from pipelines.extract.who.belonging import rivals
from pipelines.extract.who.marks import Mark, Marked
from pipelines.extract.who.member import Member
from pipelines.extract.who.sides import sides
from pipelines.extract.who.vocabulary import vocabulary
from pipelines.extract.who.words import key

_SIDES, _SIDES_ALONE = vocabulary("side_nouns"), vocabulary("side_nouns_alone")
_STATES = vocabulary("state_nouns")
_PEERS = vocabulary("peer_nouns")
_TWO, _POINTING = vocabulary("two"), vocabulary("pointing")
_BACK = vocabulary("back_to_organization")
_SUPRANATIONAL = vocabulary("may_be_supranational")
_NAMED_BY_NOUN = vocabulary("named_by_noun")


def states_meant(noun: Token, cast: Cast, at: int, without: Collection[str] = ()) -> list[Member]:
    """The countries that "both countries" or "our two states" means at ``at``; [] for any other phrase."""
    if noun.lemma_.lower() not in _STATES or noun.tag_ not in ("NNS", "NNPS"):
        return []
    lefts = {c.lower_ for c in noun.lefts}
    return cast.pair(at, "country", without) if lefts & (_TWO | {"our"}) and _bare(noun, lefts) else []


def meant(head: Token, marked: Marked, start: int, end: int, cast: Cast, base: int) -> list[Member]:
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
        return _several(noun, mark, bool(lefts & _TWO), cast, at, rivals(head, marked))
    if not plural and lefts & {"the", "this"} and _bare(head, lefts):
        return _one(head, mark, cast, at)
    return []


def _bare(head: Token, lefts: set[str]) -> bool:
    """Whether nothing but pointing words stands before the noun."""
    return all(c.lower_ in _POINTING for c in head.lefts)


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


def _several(
    noun: str, mark: Mark | None, two: bool, cast: Cast, at: int, without: Collection[str]
) -> list[Member]:
    if noun in _STATES:
        return cast.pair(at, "country", without) if two else []
    if noun in _SIDES and (two or noun in _SIDES_ALONE):
        return cast.pair(at, None, without)
    title = mark.of_kind("title") if mark else None
    if title is not None:
        holders = cast.office(title.name, None, None, at, count=2)
        return holders if len(holders) == 2 else (cast.pair(at, "person") if two else [])
    return []


def _one(head: Token, mark: Mark | None, cast: Cast, at: int) -> list[Member]:
    noun = head.lemma_.lower()
    if noun in ("country", "nation", "state"):
        scene = cast.scene(at)
        return [cast.country(scene)] if scene else []
    if noun in _NAMED_BY_NOUN and head.text[:1].isupper():
        known = _by_its_noun(noun, cast, at)
        return [known] if known else []
    if noun not in _BACK:
        return []
    entry = mark.of_kind("body") if mark else None
    sector = entry.sector if entry else None
    wanted = {sector, "IGO"} if noun in _SUPRANATIONAL else {sector}
    member = cast.nearest_kind(
        at, "organization", "armed_group", fits=lambda one: sector is None or one.sector in wanted
    )
    return [member] if member else []


def _by_its_noun(noun: str, cast: Cast, at: int) -> Member | None:
    """ "The Council" is the last organisation whose name ends or begins with that word."""

    def fits(member: Member) -> bool:
        words = key(member.name)
        return len(words) > 1 and (words[-1] == noun or noun in words[:2] or noun in words[-3:])

    return cast.nearest_kind(at, "organization", "armed_group", fits=fits)
