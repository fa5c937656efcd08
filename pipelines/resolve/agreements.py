"""Which mentions speak of the same agreement, inside a document and across documents.

Inside a document "the plan" is the only plan that it fits. Across documents a shared period, a shared day of
signing or the same full title between the same countries is asked for as well. What fits two agreements alike stays
by itself. The order in which documents come plays no part. What the register says of an agreement is SQL
(``sql/02_agreements.sql``).
"""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

import duckdb
import pyarrow as pa

from pipelines.extract.ontology import LEXICON
from pipelines.ids import stable_id
from pipelines.resolve.spelling import folded

_DAY = timedelta(days=1)  # reports of one signing may differ by this much
_LONGEST_SPAN = timedelta(days=40)  # a date longer than a month does not say which signing is meant
_TOLD = """
    SELECT
        am.mention_id, am.position, am.document_id, am.title, am.kind, am.status, am.period_start, am.period_end,
        m.event_start, m.event_end,
        (SELECT list(DISTINCT p.country) FROM participants AS p
         WHERE p.mention_id = am.mention_id AND p.country IS NOT NULL) AS countries
    FROM agreement_mentions AS am
    INNER JOIN event_mentions AS m USING (mention_id)
    ORDER BY am.document_id, am.mention_id, am.position
"""

Period = tuple[date | None, date | None]
Countries = frozenset[str]
Words = frozenset[str]


class Telling(NamedTuple):
    """What one mention says of an agreement; ``made`` are the first and last day on which it may have been signed."""

    mention_id: str
    position: int
    document_id: str
    family: str
    words: Words
    countries: Countries
    period: Period | None
    made: tuple[date, date] | None


@dataclass(slots=True)
class Group:
    """Tellings of one agreement, and what they have said so far."""

    family: str
    tellings: list[Telling]
    words: set[Words]
    countries: set[Countries]
    period: Period | None
    made: tuple[date, date] | None
    anchors: set[object] = field(default_factory=set)

    def fits(self, other: Group) -> bool:
        """Whether all that both say can be true of one agreement."""
        return (
            self.family == other.family
            and (self.period is None or other.period is None or self.period == other.period)
            and (self.made is None or other.made is None or _meet(self.made, other.made))
            and all(_nested(one, another) for one in self.words for another in other.words)
            and all(_nested(one, another) for one in self.countries for another in other.countries)
        )

    def take_in(self, other: Group) -> None:
        """Add what the other says."""
        self.tellings += other.tellings
        self.words |= other.words
        self.countries |= other.countries
        self.period = self.period or other.period
        if self.made is None or other.made is None:
            self.made = self.made or other.made
        else:
            self.made = _narrowed(self.made, other.made)

    def fullness(self) -> tuple[object, ...]:
        """Sorts the group that says most first; nothing in it depends on the order of arrival."""
        words, countries = max(map(len, self.words)), max(map(len, self.countries))
        first = min((one.document_id, one.mention_id, one.position) for one in self.tellings)
        return (self.period is None, -words, -countries, self.made is None, first)


def find_agreements(con: duckdb.DuckDBPyConnection) -> None:
    """Make the temporary table ``agreement_keys`` (mention_id, position, agreement_id) on the connection.

    ``con`` must see ``agreement_mentions``, ``event_mentions`` and ``participants`` over all batches.
    """
    columns: dict[str, list[object]] = {"mention_id": [], "position": [], "agreement_id": []}
    for agreement_id, group in keyed(grouped(_told(con))):
        for telling in group.tellings:
            for name, value in zip(
                columns, (telling.mention_id, telling.position, agreement_id), strict=True
            ):
                columns[name].append(value)
    types = {"mention_id": pa.string(), "position": pa.int32(), "agreement_id": pa.string()}
    con.register("found_keys", pa.table({name: pa.array(columns[name], types[name]) for name in columns}))
    con.execute("CREATE OR REPLACE TEMP TABLE agreement_keys AS SELECT * FROM found_keys")
    con.unregister("found_keys")


def grouped(tellings: Iterable[Telling]) -> list[Group]:
    """The tellings of each agreement. They must come document by document."""
    in_documents = [
        group
        for _, told in groupby(tellings, key=lambda one: one.document_id)
        for group in _gathered([_group(one) for one in told], _anything)
    ]
    return _gathered(in_documents, _anchors)


def keyed(groups: Iterable[Group]) -> Iterator[tuple[str, Group]]:
    """An id for each agreement, from as little as tells it from the others: so little else can change it."""
    sharing: dict[tuple[str, ...], list[Group]] = defaultdict(list)
    for group in groups:
        sharing[_base(group)].append(group)
    for base, namesakes in sharing.items():
        for group in namesakes:
            fullest: Words = max(group.words, key=_size)
            more = () if len(namesakes) == 1 else (*sorted(fullest), *_first(group))
            yield stable_id("agreement", *base, *more), group


def content_words(title: str) -> Words:
    """The words that tell a title from others, in the singular."""
    words = {_singular(word) for word in folded(title).replace("-", " ").split()}
    return frozenset(words - _idle())


def _told(con: duckdb.DuckDBPyConnection) -> Iterator[Telling]:
    for mention_id, position, document_id, title, kind, status, start, end, on, until, countries in con.sql(
        _TOLD
    ).fetchall():
        dated = status in _listed("done") and on is not None and until - on <= _LONGEST_SPAN
        yield Telling(
            mention_id, position, document_id,
            _families().get(kind, kind), content_words(title), frozenset(countries or ()),
            (start, end) if start is not None or end is not None else None, (on, until) if dated else None,
        )  # fmt: skip


def _group(one: Telling) -> Group:
    return Group(one.family, [one], {one.words}, {one.countries}, one.period, one.made)


def _gathered(groups: list[Group], find: Callable[[Group], Iterator[object]]) -> list[Group]:
    """Groups that fit each other put together, the fullest first, each with the only one that it shares an anchor with."""
    whole: list[Group] = []
    by_anchor: dict[object, list[Group]] = defaultdict(list)
    for group in sorted(groups, key=Group.fullness):
        near = {id(one): one for anchor in find(group) for one in by_anchor.get(anchor, ())}
        fitting = [one for one in near.values() if one.fits(group)]
        same = [one for one in fitting if group.words <= one.words] if len(fitting) > 1 else fitting
        if len(same) == 1:
            joined = same[0]
            joined.take_in(group)
        else:
            joined = group
            joined.anchors = set()
            whole.append(joined)
        for anchor in find(joined):
            if anchor not in joined.anchors:
                joined.anchors.add(anchor)
                by_anchor[anchor].append(joined)
    return whole


def _anything(group: Group) -> Iterator[object]:
    yield group.family


def _anchors(group: Group) -> Iterator[object]:
    """What two documents must share one of."""
    countries = {country for told in group.countries for country in told}
    for country in countries:
        if group.period is not None:
            yield "period", group.family, country, group.period
        if group.made is not None and group.made[1] - group.made[0] <= _DAY:
            for day in {group.made[0] - _DAY, group.made[0], group.made[0] + _DAY}:
                yield "day", group.family, country, day
    if len(countries) > 1:
        for words in group.words:
            if words:
                yield "title", group.family, frozenset(countries), words


def _base(group: Group) -> tuple[str, ...]:
    told = sorted(group.countries, key=lambda one: (len(one) < 2, len(one), sorted(one)))
    countries = " ".join(sorted(told[0]))
    titles = sorted((words for words in group.words if words), key=_size)
    if group.period is not None and countries:
        return (group.family, countries, "for", *map(str, group.period))
    if titles and countries:
        return (group.family, countries, "called", *sorted(titles[0]))
    return (group.family, countries, "told in", *_first(group))


def _first(group: Group) -> tuple[str, str]:
    mention_id, position = min((one.mention_id, one.position) for one in group.tellings)
    return mention_id, str(position)


def _nested(one: frozenset[str], other: frozenset[str]) -> bool:
    return one <= other or other <= one


def _meet(one: tuple[date, date], other: tuple[date, date]) -> bool:
    return one[0] - _DAY <= other[1] and other[0] - _DAY <= one[1]


def _narrowed(one: tuple[date, date], other: tuple[date, date]) -> tuple[date, date]:
    start, end = max(one[0], other[0]), min(one[1], other[1])
    return (start, end) if start <= end else min(one, other)


def _size(words: Words) -> tuple[int, list[str]]:
    return len(words), sorted(words)


def _singular(word: str) -> str:
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


@cache
def _toml() -> dict[str, list[str]]:
    return tomllib.loads((Path(__file__).parent / "agreements.toml").read_text("utf-8"))


@cache
def _listed(name: str) -> frozenset[str]:
    return frozenset(_toml()[name])


@cache
def _families() -> dict[str, str]:
    return {kind: family[0] for family in _toml()["families"] for kind in family}


@cache
def _idle() -> frozenset[str]:
    """Words that tell no agreement from another: empty and generic ones, and the nouns of the kinds."""
    kinds = tomllib.loads((LEXICON / "agreements.toml").read_text("utf-8"))["kinds"].values()
    nouns = {_singular(noun) for kind in kinds for noun in kind["nouns"]}
    return frozenset({*_listed("empty"), *_listed("generic"), *map(_singular, _listed("generic")), *nouns})
