"""What the lexicon says of a wording, and the marks it leaves on a sentence."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field

from pipelines.extract.who.words import Word


@dataclass(frozen=True, slots=True)
class Entry:
    """One meaning of a wording.

    ``kind``: country, demonym, capital, seat, region, regional, city, organization, title, body, group,
    person or thing. ``actor_kind``: what actor it makes. ``case``: ``exact``, ``capital`` or ``any``.
    ``elsewhere``: other countries that have a city of this name, largest first.
    """

    kind: str
    name: str
    actor_kind: str = ""
    country: str | None = None
    sector: str | None = None
    cameo: str | None = None
    plural: bool = False
    inherits: bool = False
    context: bool = False
    rank: int = 5
    gender: str = ""
    case: str = "capital"
    surface: str = ""
    office: str = ""
    plural_wording: str | None = None
    elsewhere: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of a sentence that the lexicon knows: code-point offsets, word indices, its meanings."""

    start: int
    end: int
    first: int
    last: int
    entries: tuple[Entry, ...]

    @property
    def entry(self) -> Entry:
        """The first meaning."""
        return self.entries[0]

    def text(self, marked: Marked) -> str:
        """The words as they stand in the sentence."""
        return marked.text[self.start : self.end]

    def of_kind(self, *kinds: str) -> Entry | None:
        """The first meaning of one of ``kinds``, or None."""
        return next((e for e in self.entries if e.kind in kinds), None)


@dataclass(frozen=True)
class Marked:
    """A sentence's words and marks, both in reading order."""

    text: str
    words: list[Word]
    marks: list[Mark]
    by_word: dict[int, Mark] = field(repr=False)
    office_words: frozenset[str] = field(default=frozenset(), repr=False)

    def covering(self, offset: int) -> Mark | None:
        """The mark that covers the code point ``offset``."""
        i = bisect_right(self.marks, offset, key=_mark_start) - 1
        return self.marks[i] if i >= 0 and offset < self.marks[i].end else None

    def inside(self, start: int, end: int) -> list[Mark]:
        """The marks that lie wholly between two code-point offsets."""
        first = bisect_left(self.marks, start, key=_mark_start)
        last = bisect_left(self.marks, end, key=_mark_start)
        return [m for m in self.marks[first:last] if m.end <= end]

    def word_indices(self, start: int, end: int) -> range:
        """The indices of the words that begin between two code-point offsets."""
        first = bisect_left(self.words, start, key=_word_start)
        return range(first, max(first, bisect_left(self.words, end, key=_word_start)))


def _mark_start(mark: Mark) -> int:
    return mark.start


def _word_start(word: Word) -> int:
    return word.start
