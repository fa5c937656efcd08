"""The field of life that a sentence speaks of, where it is not politics: sport, arts, business, weather, private crime.

There the words of politics and war mean something else ("the side attacked", "struck a deal"), so an event
needs a public party: a state body, an armed group, a politician. Vocabularies: ``lexicon/domains.toml``. Nothing
here reads syntax or decides who somebody is.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from pipelines.extract.model import Actor
from pipelines.extract.ontology import LEXICON

_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_MAX_PHRASE = 3
_ENOUGH = 2  # a strong word counts two, a weak one counts one
_ARTICLE_HEAD = 20_000  # characters that tell what an article is about
_ARTICLE_ENOUGH = 8
_ARTICLE_LEAD = 3  # so many times as much as public words
_WORDS_TO_A_PUBLIC_ONE = 40  # at most so many in an article of politics
_MOST_KEPT, _MOST_HEADS_KEPT = (
    1_024,
    64,
)  # of a group of articles read together: the gate asks first, the reader again
_POLITICS = "politics"
UNCLAIMED = "unclaimed"  # the field of sentences without a word of any field, public words included


@dataclass(frozen=True, slots=True)
class Field:
    """One field of life: its vocabulary, and who is a public party in it."""

    strong: frozenset[str]
    weak: frozenset[str]
    patterns: tuple[re.Pattern[str], ...]
    countries: str
    private_law: bool
    named_pair: bool
    sectors: frozenset[str]
    untouched: frozenset[str]


@dataclass(frozen=True, slots=True)
class Domains:
    """The whole file."""

    words: frozenset[str]
    law: frozenset[str]
    never: frozenset[str]
    adjective_endings: tuple[str, ...]
    fields: dict[str, Field]
    weights: dict[str, tuple[tuple[str, int], ...]]  # word or phrase -> what it counts for each field
    openings: frozenset[str]  # first words of phrases


@cache
def domains() -> Domains:
    """The vocabularies, read once."""
    data = tomllib.loads((LEXICON / "domains.toml").read_text("utf-8"))
    public = data["public"]
    fields = {
        name: Field(
            strong=frozenset(table["strong"]),
            weak=frozenset(table["weak"]),
            patterns=tuple(re.compile(pattern) for pattern in table.get("patterns", ())),
            countries=table["countries"],
            private_law=table.get("private_law", False),
            named_pair=table.get("named_pair", False),
            sectors=frozenset([*public["sectors"], *table.get("sectors", ())]),
            untouched=frozenset(table.get("types", ())),
        )
        for name, table in data["field"].items()
    }
    vocabulary = {word for field in fields.values() for word in field.strong | field.weak}
    every = vocabulary.union(public["words"], public["law"])
    return Domains(
        words=frozenset(public["words"]),
        law=frozenset(public["law"]),
        never=frozenset(public["never"]),
        adjective_endings=tuple(public["adjective_endings"]),
        fields=fields,
        weights={word: tuple(_weights(word, fields)) for word in vocabulary},
        openings=frozenset(word.split()[0] for word in every if " " in word),
    )


def _weights(word: str, fields: Mapping[str, Field]) -> Iterator[tuple[str, int]]:
    for name, field in fields.items():
        if weight := 2 * (word in field.strong) + (word in field.weak):
            yield name, weight


@lru_cache(maxsize=_MOST_KEPT)
def domain_of(sentence: str, article: str | None = None) -> str | None:
    """The field that the sentence's words belong to: None for politics, "unclaimed" for what no field claims.

    ``article`` is what the whole article is about (``article_domain``): in its own field one weak word is enough, and
    in an article of politics only a sentence full of another field's words belongs to that field.
    """
    text = sentence.lower()
    terms = _terms(text)
    known = domains()
    if known.words & terms:
        return None
    lawful = bool(known.law & terms)
    scores = {
        name: _score(field, terms, text) + (name == article)
        for name, field in known.fields.items()
        if field.private_law or not lawful
    }
    best = max(scores, key=lambda name: scores[name], default=None)
    enough = _ENOUGH * 2 if article == _POLITICS else _ENOUGH
    if best is not None and scores[best] >= enough:
        return best
    return None if lawful or article == _POLITICS else UNCLAIMED


def article_domain(text: str) -> str | None:
    """The field that outweighs an article's public words by far, "politics" where they outweigh it, else None."""
    return _domain_of_head(text[:_ARTICLE_HEAD])


@lru_cache(maxsize=_MOST_HEADS_KEPT)
def _domain_of_head(text: str) -> str | None:
    head = text.lower()
    known = domains()
    counts = dict.fromkeys(known.fields, 0)
    public = 0
    for term in _each_term(head):
        public += term in known.words
        for name, weight in known.weights.get(term, ()):
            counts[name] += weight
    best = max(counts, key=lambda name: counts[name])
    if counts[best] >= max(_ARTICLE_ENOUGH, _ARTICLE_LEAD * public):
        return best
    words = head.count(" ") + 1
    return _POLITICS if public >= max(_ARTICLE_ENOUGH, words / _WORDS_TO_A_PUBLIC_ONE) else None


def is_silent(domain: str | None, type_: str, who: Sequence[Actor]) -> bool:
    """Whether what reads like an event of ``type_`` between ``who`` is none, because its field has no public party."""
    if domain is None:
        return False
    field = domains().fields[domain]
    if type_ in field.untouched or (field.named_pair and _is_named_pair(who)):
        return False
    return not any(_is_public(actor, field) for actor in who)


def _is_public(actor: Actor, field: Field) -> bool:
    if actor.kind == "country":
        return field.countries == "always" or (field.countries == "named" and _is_named(actor))
    named = {match.group() for match in _WORD.finditer(actor.text.lower())}
    return actor.sector in field.sectors and not named & domains().never


def _is_named(actor: Actor) -> bool:
    """Whether a country is called by its name, and not by an adjective: "the Greek maker" is none."""
    word = actor.text.split()[-1]
    if word.lower() in actor.name.lower() or word.isupper():
        return True
    return word[0].isupper() and not word.endswith(domains().adjective_endings)


def _is_named_pair(who: Sequence[Actor]) -> bool:
    named = {actor.name: actor for actor in who if actor.text.split()[-1][0].isupper()}
    return len(named) > 1 and any(actor.kind == "organization" for actor in named.values())


def _score(field: Field, terms: set[str], text: str) -> int:
    strong = len(field.strong & terms) + sum(bool(pattern.search(text)) for pattern in field.patterns)
    return 2 * strong + len(field.weak & terms)


def _terms(text: str) -> set[str]:
    return set(_each_term(text))


def _each_term(text: str) -> Iterable[str]:
    """Words of a lower-case text and phrases that may be the vocabularies', each plural in -s also without it."""
    tokens = _WORD.findall(text)
    openings = domains().openings
    for first, word in enumerate(tokens):
        longest = _MAX_PHRASE if word in openings else 1
        for length in range(1, min(longest, len(tokens) - first) + 1):
            phrase = " ".join(tokens[first : first + length])
            yield phrase
            if phrase.endswith("'s"):
                yield phrase[:-2]
            elif phrase.endswith("s"):
                yield phrase[:-1]
