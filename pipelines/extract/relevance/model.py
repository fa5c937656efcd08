"""The weights of the relevance filter: which sentences of an article can tell of a political event.

Two logistic models over a sentence's words: whether its article is about politics, and whether the sentence tells of
an event. A sentence is judged by its own event score and by the mean topic score of those around it, for "the two sides
met for talks" is said of ministers and of football clubs. Weights stand in ``lexicon/relevance.csv`` and are fitted
by ``tests/quality/train_relevance.py``; how they are put together stands in ``lexicon/relevance.toml``. Nothing is learned
at run time.
"""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Sequence
from dataclasses import dataclass, fields
from functools import cache
from math import fsum
from pathlib import Path
from typing import NamedTuple

import pyarrow.csv as arrow_csv

from pipelines.extract.ontology import LEXICON
from pipelines.extract.relevance.features import features

FILE = LEXICON / "relevance.csv"
INTERCEPT = "<intercept>"


class Scores(NamedTuple):
    """Log odds of a sentence: that its article is about politics, and that it tells of an event."""

    topic: float
    event: float


@dataclass(frozen=True, slots=True)
class Limits:
    """How the scores of an article's sentences are put together (``lexicon/relevance.toml``)."""

    context: float
    reach: int
    clip: float
    prior: float
    least: float

    def together(self, scores: Sequence[Scores]) -> list[float]:
        """For each sentence its event score with the mean topic score of its neighbours, weighed."""
        topics = [max(-self.clip, min(self.clip, one.topic)) for one in scores]
        return [one.event + self.context * self._around(topics, at) for at, one in enumerate(scores)]

    def _around(self, topics: Sequence[float], at: int) -> float:
        """The mean topic score of the neighbours of a sentence, without its own."""
        near = topics[max(0, at - self.reach) : at + self.reach + 1]
        return (fsum(near) - topics[at]) / (len(near) - 1 + self.prior)


@dataclass(frozen=True, slots=True)
class Model:
    """The weights of each feature in either model, and the scores of a sentence without any."""

    topic: dict[str, float]
    event: dict[str, float]
    intercept: Scores

    def scores(self, found: Collection[str]) -> Scores:
        """The scores of a sentence with these features."""
        return Scores(
            self.intercept.topic + _total(self.topic, found), self.intercept.event + _total(self.event, found)
        )


def _total(weights: dict[str, float], found: Collection[str]) -> float:
    # Exact: a sum of floats depends on the order, and that of a set is another in every process.
    return fsum(filter(None, map(weights.get, found)))


def relevant(sentences: Sequence[str]) -> list[bool]:
    """For each sentence of one article whether it may tell of a political event. Linear in their length."""
    model, known = load(), limits()
    together = known.together([model.scores(features(sentence)) for sentence in sentences])
    return [score >= known.least for score in together]


@cache
def load(path: Path = FILE) -> Model:
    """The model in a file."""
    table = arrow_csv.read_csv(path)
    names = table["feature"].to_pylist()
    topic, event = (dict(zip(names, table[name].to_pylist(), strict=True)) for name in Scores._fields)
    return Model(topic, event, Scores(topic.pop(INTERCEPT), event.pop(INTERCEPT)))


@cache
def limits() -> Limits:
    """How scores are put together."""
    values = tomllib.loads((LEXICON / "relevance.toml").read_text("utf-8"))
    return Limits(**{field.name: values[field.name] for field in fields(Limits)})
