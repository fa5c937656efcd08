"""Finding a sentence in the text that it was cleaned from, by its words.

Cleaning joins lines, mends words broken by a hyphen, repairs wrongly decoded characters and drops invisible
ones, so a sentence need not stand in its source as it is. Case, blanks and punctuation are passed over here, and where
not every word is found, the place where most are is taken.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from difflib import Match, SequenceMatcher
from itertools import accumulate

from pipelines.trace.layers import FILLER

_INVISIBLE = f"{FILLER}\u00ad\u200b\u2060\ufeff"
_WORD = re.compile(f"[\\w{_INVISIBLE}]+")
_REMOVED = dict.fromkeys(map(ord, _INVISIBLE))
_LEAST = 0.6  # share of words that must be found as they are
_LONGEST = 400  # words compared where they are not all found: difflib takes quadratic time
_NEAR = 8  # words on either side that tell two places apart
_LONGEST_RUN = 40  # characters of a word with signs in it
_STRAY = 3  # words between two found ones, more than in the sentence, that make the outer one a chance hit


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a sentence stands: from character ``start`` up to ``end`` of the source.

    ``same`` of its ``words`` stand there as they are; ``places`` says how many places would do as well.
    """

    start: int
    end: int
    same: int
    words: int
    places: int = 1


@dataclass(frozen=True, slots=True)
class _Words:
    """The words of a text, case folded, and where each begins and ends."""

    words: list[str]
    starts: list[int]
    ends: list[int]

    @classmethod
    def of(cls, text: str) -> _Words:
        found = cls([], [], [])
        for match in _WORD.finditer(text):
            shown = match.group().strip(_INVISIBLE)
            if shown:
                begin = match.start() + match.group().index(shown[0])
                found.words.append(shown.translate(_REMOVED).casefold())
                found.starts.append(begin)
                found.ends.append(begin + len(shown))
        return found

    def spot(self, first: int, last: int, same: int, words: int, places: int = 1) -> Spot:
        """From one word to another, both included."""
        return Spot(self.starts[first], self.ends[last], same, words, places)


def find_sentence(sentence: str, source: str, before: str = "", after: str = "") -> Spot | None:
    """Where in the source the sentence stands; None where too few of its words do.

    Where the same words stand at several places, that is taken which has most of the words around it that stand
    ``before`` and ``after`` the sentence.
    """
    sought, there = _Words.of(sentence).words, _Words.of(source)
    if not sought or not there.words:
        return None
    count = Counter(there.words)
    places = _whole(sought, there.words, count)
    if places:
        around = set(_Words.of(before).words), set(_Words.of(after).words)
        first = max(places, key=lambda at: _company(there.words, at, at + len(sought), around))
        return there.spot(first, first + len(sought) - 1, len(sought), len(sought), len(places))
    return _alike(sought[:_LONGEST], there, source, count)


def _company(words: list[str], first: int, end: int, around: tuple[set[str], set[str]]) -> int:
    """How many of the words next to a stretch are those expected there."""
    left, right = words[max(0, first - _NEAR) : first], words[end : end + _NEAR]
    return sum(word in around[0] for word in left) + sum(word in around[1] for word in right)


def _whole(sought: Sequence[str], words: list[str], count: Counter[str]) -> list[int]:
    """Where all the words stand one after the other, looked for by the rarest of them."""
    rarest = min(range(len(sought)), key=lambda place: count[sought[place]])
    found, position = [], -1
    for _ in range(count[sought[rarest]]):
        position = words.index(sought[rarest], position + 1)
        first = position - rarest
        if first >= 0 and words[first : first + len(sought)] == sought:
            found.append(first)
    return found


def _alike(sought: Sequence[str], there: _Words, source: str, count: Counter[str]) -> Spot | None:
    """The stretch that holds most of the words, rare ones before all."""
    wanted = set(sought)
    weights = [1 / count[word] if word in wanted else 0.0 for word in there.words]
    sums = [0.0, *accumulate(weights)]
    length, total = len(sought), len(weights)
    best = max(range(max(1, total - length + 1)), key=lambda at: sums[min(at + length, total)] - sums[at])
    margin = length // 4 + _STRAY
    first, last = max(0, best - margin), min(total, best + length + margin)
    matcher = SequenceMatcher(None, sought, there.words[first:last], autojunk=False)
    blocks = _without_strays(matcher.get_matching_blocks()[:-1])
    same = sum(block.size for block in blocks)
    if same < _LEAST * length:
        return None
    # Words before the first and after the last that were found have been changed, and stand there too.
    begin = max(0, first + blocks[0].b - blocks[0].a)
    end = min(total, first + blocks[-1].b + length - blocks[-1].a) - 1
    spot = there.spot(begin, end, same, length)
    # A wrongly decoded word can hold signs, and counts as several then.
    start = _edge(source, spot.start, -1) if blocks[0].a else spot.start
    is_last = blocks[-1].a + blocks[-1].size == length
    return replace(spot, start=start, end=spot.end if is_last else _edge(source, spot.end, 1))


def _edge(source: str, position: int, step: int) -> int:
    """Where the run of characters without blanks around a position begins (``step`` -1) or ends (1)."""
    for _ in range(_LONGEST_RUN):
        at = position - 1 if step < 0 else position
        if not 0 <= at < len(source) or source[at].isspace():
            break
        position += step
    return position


def _without_strays(blocks: list[Match]) -> list[Match]:
    """The blocks without single words at either end that stand too far away from the rest."""
    while len(blocks) > 1 and blocks[0].size == 1 and _gap(blocks[0], blocks[1]) > _STRAY:
        blocks = blocks[1:]
    while len(blocks) > 1 and blocks[-1].size == 1 and _gap(blocks[-2], blocks[-1]) > _STRAY:
        blocks = blocks[:-1]
    return blocks


def _gap(one: Match, other: Match) -> int:
    """How many words more there are between two blocks than between the same in the sentence."""
    return (other.b - one.b) - (other.a - one.a)
