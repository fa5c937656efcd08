"""Which articles are near-copies of each other: stories.

MinHash signatures find candidate pairs by banding, an exact Jaccard similarity of word shingles decides.
The lead of a story is its earliest text, then the fullest, then the one with the smallest id.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations, pairwise

from rensa import RMinHash

from pipelines.ids import stable_id

_WORD = re.compile(r"\w+")
_SHINGLE = 4  # words
_PERMUTATIONS = 128
_BANDS = 32
_SEED = 7
_SAME_STORY = 0.7  # Jaccard similarity of shingle sets
_MAX_BUCKET = 200  # larger buckets are templates, compared along a chain instead of all with all


@dataclass(frozen=True, slots=True)
class Text:
    """What decides about stories: a document's id, body and publication day."""

    document_id: str
    body: str
    published_on: date | None


@dataclass(frozen=True, slots=True)
class StoryMember:
    """A document's place in its story."""

    document_id: str
    story_id: str
    is_lead: bool


def shingles(body: str) -> frozenset[str]:
    """Overlapping runs of words, case folded; a text shorter than one run is a single shingle."""
    words = [match.group().casefold() for match in _WORD.finditer(body)]
    if len(words) <= _SHINGLE:
        return frozenset({" ".join(words)})
    return frozenset(" ".join(words[first : first + _SHINGLE]) for first in range(len(words) - _SHINGLE + 1))


def jaccard(first: frozenset[str], second: frozenset[str]) -> float:
    """Share of shingles that two texts have in common."""
    return len(first & second) / (len(first | second) or 1)


def group_stories(texts: Iterable[Text]) -> list[StoryMember]:
    """The story of every document, sorted by document id; the same in whatever order the texts come."""
    by_id = {text.document_id: text for text in texts}
    sets = {document_id: shingles(text.body) for document_id, text in sorted(by_id.items())}
    parent = {document_id: document_id for document_id in sets}
    for first, second in _candidate_pairs(sets):
        one, other = _root(parent, first), _root(parent, second)
        if one != other and jaccard(sets[first], sets[second]) >= _SAME_STORY:
            parent[max(one, other)] = min(one, other)
    members: dict[str, list[Text]] = {}
    for document_id in parent:
        members.setdefault(_root(parent, document_id), []).append(by_id[document_id])
    return sorted(
        (member for group in members.values() for member in _story(group)),
        key=lambda member: member.document_id,
    )


def _root(parent: dict[str, str], document_id: str) -> str:
    while parent[document_id] != document_id:
        parent[document_id] = parent[parent[document_id]]
        document_id = parent[document_id]
    return document_id


def _candidate_pairs(sets: dict[str, frozenset[str]]) -> Iterator[tuple[str, str]]:
    """Pairs whose signatures agree in at least one band."""
    rows = _PERMUTATIONS // _BANDS
    buckets: dict[tuple[int, tuple[int, ...]], list[str]] = {}
    for document_id, shingle_set in sets.items():
        signature = RMinHash(num_perm=_PERMUTATIONS, seed=_SEED)
        signature.update(sorted(shingle_set))
        digest: Sequence[int] = signature.digest()
        for band in range(_BANDS):
            key = (band, tuple(digest[band * rows : (band + 1) * rows]))
            buckets.setdefault(key, []).append(document_id)
    seen: set[tuple[str, str]] = set()
    for members in buckets.values():
        pairs = combinations(members, 2) if len(members) <= _MAX_BUCKET else pairwise(members)
        for pair in pairs:
            if pair not in seen:
                seen.add(pair)
                yield pair


def _story(group: list[Text]) -> Iterator[StoryMember]:
    lead = min(group, key=lambda text: (text.published_on or date.max, -len(text.body), text.document_id))
    story_id = stable_id("story", min(text.document_id for text in group))
    for text in group:
        yield StoryMember(text.document_id, story_id, text is lead)
