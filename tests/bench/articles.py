"""Generated news: articles of sport, business, local life, culture, science and politics, in sentences of our own.

Sentences are templates filled from a vocabulary, both in ``data/articles.toml``. An article keeps its people, towns and
clubs. About one in seven is a near-copy of an earlier one, as papers print what agencies send. What belongs here:
an article's own words. What does not: the page about it (``pages.py``), and files (``corpus.py``).
"""

from __future__ import annotations

import random
import re
import tomllib
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from tests.bench.copies import EDITS

DATA = Path(__file__).parent / "data"
COPIES = 0.15  # share of articles that are made from an earlier one
LATELY = 300  # articles: so far back goes what is copied
_KINDS = ("verbatim", "re-headed", "cut", "edited", "new lead", "updated", "footed", "cut, edited, re-headed")
_WORDS = (120, 390, 1100)  # fewest, median, most
_SPREAD = 0.4  # of the lengths' logarithm: two thirds of the articles have 260 to 580 words
_DECKS = {
    "field": 0.5,
    "sentences": 0.22,
    "plain": 0.28,
}  # shares of sentences: of the field, or such as stand in any article
_JOINED = 0.16  # share of the sentences that are two in one
_LONGER = 0.15  # share of the sentences that go on after what their template says
_PARAGRAPH = (1, 4)  # sentences
_FIRST_DAY, _DAYS = date(2022, 1, 1), 730
_SLOT = re.compile(r"\{(\w+?)(\d?)\}|\{(\d+)-(\d+)\}")


@dataclass(frozen=True, slots=True)
class Story:
    """An article. ``origin`` is the number of the article that it was made from: its own, where it is no copy."""

    number: int
    field: str
    title: str
    paragraphs: tuple[str, ...]
    published_on: date
    origin: int

    @property
    def body(self) -> str:
        """Paragraphs with an empty line between them."""
        return "\n\n".join(self.paragraphs)


@dataclass(slots=True)
class Filler:
    """Fills templates. ``kept`` holds what stays the same as long as the filler is used."""

    rng: random.Random
    kept: dict[str, str] = field(default_factory=dict)

    def fill(self, template: str) -> str:
        """The template with words in all of its slots."""
        return _SLOT.sub(self._slot, template)

    def sentence(self, template: str) -> str:
        """The same, beginning with a capital."""
        filled = self.fill(template)
        return filled[0].upper() + filled[1:]

    def _slot(self, match: re.Match[str]) -> str:
        if match[3]:
            return str(self.rng.randint(int(match[3]), int(match[4])))
        slot, which = match[1], match[2]
        value = self._value(slot.lower(), which)
        return value[0].upper() + value[1:] if slot[0].isupper() else value

    def _value(self, slot: str, which: str) -> str:
        if slot == "surname":
            return self._value("person", which).split()[-1]
        name = slot + which
        if name in self.kept:
            return self.kept[name]
        value = Filler(self.rng).fill(self._other(slot))
        if name in knowledge()["kept"]["slots"]:
            self.kept[name] = value
        return value

    def _other(self, slot: str) -> str:
        values: list[str] = knowledge()["slots"][slot]
        taken = set(self.kept.values())
        value = self.rng.choice(values)
        while value in taken:
            value = self.rng.choice(values)
        return value


@cache
def knowledge() -> dict[str, Any]:
    """The vocabulary and the templates."""
    return tomllib.loads((DATA / "articles.toml").read_text("utf-8"))


def story(number: int, seed: int) -> Story:
    """Article ``number`` of the news of a seed: the same on every machine, whatever else is made."""
    rng = _chance(number, seed)
    origin = _origin(number, seed)
    if origin == number:
        return _original(number, seed)
    first = _original(origin, seed)
    sentences = [one for paragraph in first.paragraphs for one in re.split(r"(?<=[.?!])\s+", paragraph)]
    edited = EDITS[rng.choice(_KINDS)](sentences, rng)
    day = first.published_on + timedelta(days=rng.randint(0, 2))
    return Story(number, first.field, first.title, _paragraphs(edited, rng), day, origin)


def stories(count: int, seed: int, start: int = 0) -> list[Story]:
    """So many articles."""
    return [story(number, seed) for number in range(start, start + count)]


def _origin(number: int, seed: int) -> int:
    """The number of the original that an article is made from; its own for an original."""
    while number:
        rng = random.Random(f"origin {seed} {number}")
        if rng.random() >= COPIES:
            break
        number -= rng.randint(1, min(number, LATELY))
    return number


def _chance(number: int, seed: int) -> random.Random:
    return random.Random(f"article {seed} {number}")


def _original(number: int, seed: int) -> Story:
    rng = _chance(number, seed)
    known = knowledge()
    name = rng.choices(list(known["share"]), list(known["share"].values()))[0]
    own, filler = known["fields"][name], Filler(rng)
    fewest, median, most = _WORDS
    wanted = min(most, max(fewest, round(median * rng.lognormvariate(0, _SPREAD))))
    templates = {"field": own["sentences"], **{one: known["general"][one] for one in ("sentences", "plain")}}
    decks = {one: _Deck(cards, rng) for one, cards in templates.items()}
    sentences = [filler.sentence(rng.choice(own["leads"]))]
    while sum(one.count(" ") + 1 for one in sentences) < wanted:
        sentences.append(filler.sentence(_template(decks, rng)))
    title = filler.sentence(rng.choice(own["headlines"]))
    day = _FIRST_DAY + timedelta(days=rng.randrange(_DAYS))
    return Story(number, name, title, _paragraphs(sentences, rng), day, number)


def _template(decks: dict[str, _Deck], rng: random.Random) -> str:
    """A sentence's template, now and then two of them in one long sentence."""

    def drawn() -> str:
        return decks[rng.choices(list(_DECKS), list(_DECKS.values()))[0]].draw()

    first = drawn()
    if rng.random() < _JOINED and first.endswith(".") and (second := drawn()).endswith("."):
        second = second if second.startswith("{") else second[0].lower() + second[1:]
        return f"{first[:-1]}{rng.choice(knowledge()['general']['joints'])}{second}"
    return _with_tail(first, rng)


def _with_tail(template: str, rng: random.Random) -> str:
    """The template, now and then with more at its end; always, where it has no slot."""
    is_statement = template.endswith(".")
    if is_statement and ("{" not in template or rng.random() < _LONGER):
        return f"{template[:-1]}{rng.choice(knowledge()['general']['tails'])}"
    return template


class _Deck:
    """Templates in random order, each once before any comes again."""

    def __init__(self, cards: list[str], rng: random.Random) -> None:
        self._cards, self._rng, self._left = cards, rng, list[str]()

    def draw(self) -> str:
        if not self._left:
            self._left = self._rng.sample(self._cards, len(self._cards))
        return self._left.pop()


def _paragraphs(sentences: list[str], rng: random.Random) -> tuple[str, ...]:
    made, at = [], 0
    while at < len(sentences):
        size = rng.randint(*_PARAGRAPH)
        made.append(" ".join(sentences[at : at + size]))
        at += size
    return tuple(made)
