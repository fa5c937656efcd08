"""Near-copies to measure on: articles of our own sentences, and what papers make of one another's: cut, edited, re-headed.

Everything follows from the seed. Bulletins, which share a skeleton and are no copies, are mixed in on purpose.
"""

from __future__ import annotations

import random
import re
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from itertools import islice
from pathlib import Path

from pipelines.ids import stable_id

VOCABULARY = Path(__file__).parents[1] / "quality" / "negatives_vocabulary.toml"
WORDS = (80, 800)  # of an original
FAMILY = (0, 0, 0, 1, 1, 2, 3, 5, 12)  # copies of an original, each as likely
BULLETINS = 0.05  # share of originals that fill one skeleton
BULLETIN_LINES = 30
_SLOT = re.compile(r"\{([a-z]+)\d?\}")
_FIRST_DAY = date(2024, 1, 1)


@dataclass(frozen=True, slots=True)
class Copy:
    """A document: ``origin`` numbers the text that it was made from, ``kind`` names what was done to it."""

    document_id: str
    body: str
    published_on: date | None
    origin: int
    kind: str


def collection(count: int, seed: int) -> list[Copy]:
    """So many documents, originals and copies, in random order."""
    rng = random.Random(seed)
    made = list(islice(_families(rng), count))
    rng.shuffle(made)
    return made


def _families(rng: random.Random) -> Iterator[Copy]:
    origin = 0
    while True:
        is_bulletin = rng.random() < BULLETINS
        sentences = _bulletin(rng) if is_bulletin else _original(rng)
        yield _document(sentences, origin, "bulletin" if is_bulletin else "original", rng)
        for _ in range(0 if is_bulletin else rng.choice(FAMILY)):
            kind = rng.choice(list(EDITS))
            yield _document(EDITS[kind](list(sentences), rng), origin, kind, rng)
        origin += 1


def _document(sentences: list[str], origin: int, kind: str, rng: random.Random) -> Copy:
    body = "\n\n".join(" ".join(sentences[at : at + 3]) for at in range(0, len(sentences), 3))
    day = None if rng.random() < 0.1 else _FIRST_DAY + timedelta(days=origin % 300 + rng.randrange(4))
    return Copy(stable_id(origin, kind, rng.random()), body, day, origin, kind)


def _original(rng: random.Random) -> list[str]:
    wanted, sentences = rng.randint(*WORDS), [""]
    while sum(sentence.count(" ") + 1 for sentence in sentences) < wanted:
        sentences.append(sentence_of(rng))
    return sentences[1:]


def _bulletin(rng: random.Random) -> list[str]:
    """A form filled in: the same templates in the same order as every other bulletin."""
    templates, _ = _knowledge()
    step = len(templates) // BULLETIN_LINES
    return [_fill(template, rng) for template in templates[::step]]


def sentence_of(rng: random.Random) -> str:
    """A sentence of everyday news."""
    templates, _ = _knowledge()
    return _fill(rng.choice(templates), rng)


def _fill(template: str, rng: random.Random) -> str:
    _, slots = _knowledge()
    return _SLOT.sub(lambda match: rng.choice(slots[match[1]]), template)


@cache
def _knowledge() -> tuple[list[str], dict[str, list[str]]]:
    vocabulary = tomllib.loads(VOCABULARY.read_text("utf-8"))
    return [one for field in vocabulary["templates"].values() for one in field], vocabulary["slots"]


def _verbatim(sentences: list[str], rng: random.Random) -> list[str]:
    return sentences


def _re_headed(sentences: list[str], rng: random.Random) -> list[str]:
    _, slots = _knowledge()
    return [f"{rng.choice(slots['city']).upper()} (Our own desk) -", sentence_of(rng).rstrip("."), *sentences]


def _cut(sentences: list[str], rng: random.Random) -> list[str]:
    return sentences[: max(2, round(len(sentences) * rng.uniform(0.5, 0.98)))]


def _edited(sentences: list[str], rng: random.Random) -> list[str]:
    """Single words replaced, dropped and put in, up to one in thirty."""
    rate = rng.uniform(0.001, 0.035)
    return [" ".join(_word(word, rate, rng) for word in sentence.split()) for sentence in sentences]


def _word(word: str, rate: float, rng: random.Random) -> str:
    if rng.random() >= rate:
        return word
    other = rng.choice(sentence_of(rng).split())
    return rng.choice([other, f"{word} {other}", ""])


def _new_lead(sentences: list[str], rng: random.Random) -> list[str]:
    return [sentence_of(rng), *sentences[rng.randint(1, 2) :]]


def _updated(sentences: list[str], rng: random.Random) -> list[str]:
    for _ in range(rng.randint(1, 3)):
        sentences.insert(rng.randrange(len(sentences) + 1), sentence_of(rng))
    return sentences


def _footed(sentences: list[str], rng: random.Random) -> list[str]:
    return [*sentences, "Copyright of the paper.", "Sign up for our letter and never miss a morning."]


def _shouting(sentences: list[str], rng: random.Random) -> list[str]:
    return [sentence.upper().replace(",", " -") for sentence in sentences]


def _cut_and_edited(sentences: list[str], rng: random.Random) -> list[str]:
    return _re_headed(_edited(_cut(sentences, rng), rng), rng)


EDITS: dict[str, Callable[[list[str], random.Random], list[str]]] = {
    "verbatim": _verbatim,
    "re-headed": _re_headed,
    "cut": _cut,
    "edited": _edited,
    "new lead": _new_lead,
    "updated": _updated,
    "footed": _footed,
    "in capitals": _shouting,
    "cut, edited, re-headed": _cut_and_edited,
}
