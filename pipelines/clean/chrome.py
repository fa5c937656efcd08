"""Chrome: lines that pages carry around articles, known by their wording (``data/chrome``).

Says what a line is by itself. What stands around it is weighed in ``article``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from pipelines.clean.knowledge import DATA, read_toml
from pipelines.clean.lines import LONG, NUMBER, Line, hash_numbers, normalise

COPYRIGHT_SIGN = "©"  # no word to the key, so it is put in as one
MOST_NUMBERED = 100  # words of a line whose numbers are looked at
START_WORDS = 12  # a line that merely begins like chrome may be this long unless its table says otherwise


@dataclass(frozen=True, slots=True)
class Chrome:
    """A phrase of the data files. ``max_words`` 0 means any length."""

    phrase: str
    reason: str
    effect: str
    max_words: int
    sentences: bool  # may a whole sentence of some length be this


@dataclass(frozen=True, slots=True)
class ChromeBook:
    """All phrases, laid out so that a line costs a few look-ups however many phrases there are."""

    whole: dict[str, Chrome]
    start: dict[str, list[Chrome]]  # by first word
    anywhere: dict[str, list[Chrome]]  # by longest word

    def find(self, line: Line) -> Chrome | None:
        """Return what kind of chrome ``line`` is, or None."""
        key = line.key
        if line.numbered:  # as every very long line is said to be
            if len(line.text) > LONG:
                return None
            if line.words <= MOST_NUMBERED:
                key = NUMBER.sub("#", key)
        if line.text[0] == COPYRIGHT_SIGN:
            key = f"copyright {key}"
        if key in self.whole:
            return self.whole[key]
        words = key.split()
        if words and words[0] in self.start:
            chrome = self._find_start(key, words[0], line)
            if chrome:
                return chrome
        return None if self.anywhere.keys().isdisjoint(words) else self._find_inside(key, words, line)

    def _find_start(self, key: str, first: str, line: Line) -> Chrome | None:
        for chrome in self.start[first]:
            fits = line.words <= chrome.max_words and (key + " ").startswith(chrome.phrase + " ")
            if fits and (not line.is_prose or announces(line.text, chrome.phrase)):
                return chrome
        return None

    def _find_inside(self, key: str, words: list[str], line: Line) -> Chrome | None:
        inside = f" {key} "
        for word in filter(self.anywhere.__contains__, words):
            for chrome in self.anywhere[word]:
                short = not chrome.max_words or line.words <= chrome.max_words
                if not short or (line.is_prose and not chrome.sentences):
                    continue
                if chrome.phrase in key and f" {chrome.phrase} " in inside:
                    return chrome
        return None


def announces(text: str, phrase: str) -> bool:
    """Say whether a sentence that begins with ``phrase`` is chrome: a long phrase, or a colon after it."""
    return phrase.count(" ") >= 2 or ":" in text[: len(phrase) + 3]


def _phrases(kind: dict[str, str]) -> Iterator[str]:
    for phrase in kind["phrases"].splitlines():
        hashed = normalise(phrase.replace("#", " 0 "))
        if hashed:
            yield hash_numbers(hashed)


@cache
def chrome_book() -> ChromeBook:
    """Return the phrases of every file in ``data/chrome``; the first file in order of name wins a phrase."""
    book = ChromeBook({}, defaultdict(list), defaultdict(list))
    for path in sorted((DATA / "chrome").glob("*.toml")):
        for kind in read_toml(f"chrome/{path.name}")["chrome"]:
            limit = int(kind.get("max_words", START_WORDS if kind["match"] == "start" else 0))
            for phrase in _phrases(kind):
                sentences = bool(kind.get("sentences", True))
                chrome = Chrome(phrase, kind["reason"], kind["effect"], limit, sentences)
                if kind["match"] == "whole":
                    book.whole.setdefault(phrase, chrome)
                elif kind["match"] == "start":
                    book.start[phrase.partition(" ")[0]].append(chrome)
                else:
                    book.anywhere[max(phrase.split(), key=len)].append(chrome)
    return book
