"""The actor lexicons in memory: finds, in one pass over a sentence's words, every wording they hold.

What a phrase made of these means is for others to say.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache, lru_cache

from pipelines.extract.who.lexicon_files import office_words, portfolios, wordings
from pipelines.extract.who.marks import Entry, Mark, Marked
from pipelines.extract.who.words import Word, key, split

_ORDER = ("country", "demonym", "organization", "person", "region", "regional", "seat", "capital", "title",
          "body", "group", "thing", "city")  # fmt: skip

_MOST_KEPT, _LONGEST_KEPT = (
    1_024,
    1_000,
)  # sentences of a group of articles, which the gate asks for before the reader


_Tails = tuple[list[int], dict[tuple[str, ...], tuple[Entry, ...]]]  # lengths, longest first, and meanings
_NOTHING: _Tails = ([], {})


class Lexicon:
    """All wordings, looked up by their first folded word, longest first."""

    def __init__(
        self,
        wordings: Iterator[tuple[str, Entry]],
        portfolios: dict[tuple[str, ...], tuple[str, str]],
        office_words: frozenset[str] = frozenset(),
    ):
        self.office_words = office_words
        self._remembered = lru_cache(maxsize=_MOST_KEPT)(self._find)
        table: dict[str, dict[tuple[str, ...], list[Entry]]] = {}
        for wording, entry in wordings:
            words = key(wording)
            if words:
                found = table.setdefault(words[0], {}).setdefault(words, [])
                if entry not in found:
                    found.append(replace(entry, surface=wording))
        self._table = {
            first: (
                sorted({len(words) for words in tails}, reverse=True),
                {
                    words: tuple(sorted(entries, key=lambda e: _ORDER.index(e.kind)))
                    for words, entries in tails.items()
                },
            )
            for first, tails in table.items()
        }
        every = [(first, e) for first, (_, tails) in self._table.items() for es in tails.values() for e in es]
        self.portfolios = portfolios
        self.capitals = frozenset(e.surface for _, e in every if e.kind == "capital")
        self.places = frozenset(e.name for _, e in every if e.kind in ("region", "city"))
        self.country_names = {e.country: e.name for _, e in every if e.kind == "country" and e.country}
        self.common = frozenset(first for first, e in every if e.case == "any" and e.kind != "thing")
        self.proper = frozenset(first for first, e in every if e.case != "any")
        # Words in lower case that may begin a wording; others begin one only with a capital or a digit.
        self._low = frozenset(first for first, e in every if e.case != "capital")

    def mark(self, text: str) -> Marked:
        """Find what the lexicon knows in ``text``: longest first, left to right, nothing twice."""
        return self._remembered(text) if len(text) <= _LONGEST_KEPT else self._find(text)

    def opens_pair(self, word: str) -> bool:
        """Whether a wording of two words begins with this folded word."""
        lengths, _ = self._table.get(word, _NOTHING)
        return 2 in lengths

    def kinds(self, words: tuple[str, ...]) -> frozenset[str]:
        """The kinds of meaning of a wording of exactly these folded words, however it is written."""
        _, tails = self._table.get(words[0], _NOTHING)
        return frozenset(entry.kind for entry in tails.get(words, ()))

    def _find(self, text: str) -> Marked:
        words = split(text)
        marks: list[Mark] = []
        by_word: dict[int, Mark] = {}
        i, count = 0, len(words)
        table, low = self._table, self._low
        while i < count:
            mark = None
            word = words[i]
            tails = table.get(word.folded)
            if tails and (word.folded in low or not word.text[0].islower()):
                mark = _longest(words, i, tails)
            if mark is None:
                i += 1
                continue
            marks.append(mark)
            for j in range(mark.first, mark.last + 1):
                by_word[j] = mark
            i = mark.last + 1
        return Marked(text, words, marks, by_word, self.office_words)


def _longest(words: list[Word], i: int, found: _Tails) -> Mark | None:
    left = len(words) - i
    sizes, tails = found
    for size in sizes:
        if size > left:
            continue
        entries = tails.get(tuple([w.folded for w in words[i : i + size]]))
        if entries is None:
            continue
        last = i + size - 1
        kept = tuple(e for e in entries if _case_fits(e, words, i, last))
        if kept:
            return Mark(words[i].start, words[last].end, i, last, kept)
    return None


def _case_fits(entry: Entry, words: list[Word], first: int, last: int) -> bool:
    if entry.case == "any":
        return True
    surface = words[first].text
    if entry.case == "exact":
        return " ".join(w.text for w in words[first : last + 1]) == " ".join(
            w.text for w in split(entry.surface)
        )
    return surface[0].isupper() or surface[0].isdigit()


@cache
def lexicon() -> Lexicon:
    """Give the one lexicon of this process, read on first use."""
    return Lexicon(wordings(), portfolios(), office_words())
