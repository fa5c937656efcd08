"""The weights of the relevance filter: which sentences of an article can tell of a political event.

Two logistic models over a sentence's words: whether its article is about politics, and whether the sentence tells of
an event. A sentence is judged by its own event score and by the mean topic score of the others, for "the two sides met
for talks" is said of ministers and of football clubs. Weights stand in ``lexicon/relevance.csv`` and are fitted
by ``tests/quality/train_relevance.py``; how they are put together stands in ``lexicon/relevance.toml``. Nothing is learned
at run time.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
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
    clip: float
    prior: float
    least: float

    def together(self, scores: Sequence[Scores]) -> list[float]:
        """For each sentence its event score with the mean topic score of the others, weighed."""
        topics = [max(-self.clip, min(self.clip, one.topic)) for one in scores]
        total, others = sum(topics), len(scores) - 1 + self.prior
        return [
            one.event + self.context * (total - own) / others for one, own in zip(scores, topics, strict=True)
        ]


@dataclass(frozen=True, slots=True)
class Model:
    """The weights of each feature, and those of a sentence without any."""

    weights: dict[str, Scores]
    intercept: Scores

    def scores(self, found: Iterable[str]) -> Scores:
        """The scores of a sentence with these features."""
        known = [self.intercept, *filter(None, map(self.weights.get, found))]
        # Exact sums: those of floats depend on the order, and that of a set is another in every process.
        return Scores(fsum([topic for topic, _ in known]), fsum([event for _, event in known]))


def relevant(sentences: Sequence[str]) -> list[bool]:
    """For each sentence of one article whether it may tell of a political event. Linear in their length."""
    model, known = load(), limits()
    together = known.together([model.scores(features(sentence)) for sentence in sentences])
    return [score >= known.least for score in together]


@cache
def load(path: Path = FILE) -> Model:
    """The model in a file."""
    table = arrow_csv.read_csv(path)
    weights = {row["feature"]: Scores(row["topic"], row["event"]) for row in table.to_pylist()}
    return Model(weights, weights.pop(INTERCEPT))


@cache
def limits() -> Limits:
    """How scores are put together."""
    values = tomllib.loads((LEXICON / "relevance.toml").read_text("utf-8"))
    return Limits(**{name: float(values[name]) for name in ("context", "clip", "prior", "least")})
