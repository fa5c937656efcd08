"""Whether a sentence from a private field of life can name a public party at all, told before it is parsed.

In sport, business or daily life an event needs a public party (``domain``). Where the sentence has none, and points
back to none, whatever the parser found in it would be dropped. The test is over-inclusive and reads words only.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property

from pipelines.extract.domain import UNCLAIMED, Field, article_domain, domain_of, domains
from pipelines.extract.model import Sentence
from pipelines.extract.who.lexicon import lexicon
from pipelines.extract.who.marks import Entry, Mark, Marked
from pipelines.extract.who.vocabulary import vocabulary
from pipelines.extract.who.words import stream

_STATES = frozenset(("country", "capital", "seat"))
_ADJECTIVES = frozenset(("demonym", "regional"))
_PLACES = frozenset(("region", "city", "thing"))
_BACK = frozenset().union(*map(vocabulary, ("masculine", "feminine", "neuter", "plural", "speaker")))
_NAME = re.compile(r"\b[A-Z]\w+")
_WHEREABOUTS = vocabulary("locative")
_REACH = 6  # sentences that a pronoun looks back, and one to spare
_PAIR = 3  # capitalised words of a sentence with two names in it, the first word counted


class Outlook:
    """What the sentences of one article, taken in order, can tell of."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._heard: list[str] = []
        self._public: list[
            frozenset[str]
        ] = []  # kinds of the public parties of each sentence heard and looked at
        self._names: set[str] = set()  # capitalised words of sentences that name somebody public

    @cached_property
    def domain(self) -> str | None:
        """The field of the whole article."""
        return article_domain(self._text)

    def is_open(self, sentence: Sentence, types: Iterable[str]) -> bool:
        """Whether an event of one of the types, or a guess, in the sentence could be between public parties."""
        text = sentence.text
        name = domain_of(text, self.domain)
        return name is None or self._is_open(text, domains().fields[name], types)

    def hear(self, sentence: Sentence) -> None:
        """Take in a sentence that the next ones may point back to."""
        self._heard.append(sentence.text)

    def _is_open(self, text: str, field: Field, types: Iterable[str]) -> bool:
        if not field.untouched.isdisjoint(types):
            return True
        names = _NAME.findall(text)
        if (field.named_pair and len(names) >= _PAIR) or _public(text, field):
            return True
        self._look_back()
        if not self._names.isdisjoint(names):
            return True
        return any(self._public[-_REACH:]) and any(word.folded in _BACK for word in stream(text))

    def _look_back(self) -> None:
        """Look at the sentences heard since the last time."""
        widest = domains().fields[UNCLAIMED]
        for text in self._heard[len(self._public) :]:
            kinds = _public(text, widest)
            self._public.append(kinds)
            if not kinds <= _STATES | _ADJECTIVES:
                self._names.update(_NAME.findall(text, 1))


def _public(text: str, field: Field) -> frozenset[str]:
    """Kinds of the meanings of the sentence's words that make a public party in the field."""
    marked = lexicon().mark(text)
    return frozenset(
        entry.kind for mark in marked.marks for entry in mark.entries if _counts(entry, marked, mark, field)
    )


def _counts(entry: Entry, marked: Marked, mark: Mark, field: Field) -> bool:
    """Whether a meaning makes a party: no country in sport, nor one that only says where something is."""
    if entry.kind in _STATES:
        before = marked.words[mark.first - 1].folded if mark.first else ""
        return field.countries != "never" and before not in _WHEREABOUTS
    if entry.kind in _ADJECTIVES:
        return field.countries == "always"
    return entry.kind not in _PLACES and entry.sector in field.sectors
