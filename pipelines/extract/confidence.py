"""How sure a coding is: a probability from what is known about the reading.

The weights are a first, hand-set logistic model; they say which evidence counts, and are to be fitted on
annotated text of the project's own.
"""

from __future__ import annotations

import math
import tomllib
from dataclasses import asdict, dataclass
from functools import cache

from pipelines.extract.ontology import LEXICON


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for and against a reading. Each field is a feature; truth counts as 1."""

    specificity: float  # weight of the lexicon entry, capped
    verbal: bool
    actor_named: bool
    recipient_named: bool
    country_known: bool
    asserted: bool
    doubted: bool
    borrowed_actor: bool
    dated_here: bool


@cache
def _weights() -> dict[str, float]:
    return {
        name: float(value)
        for name, value in tomllib.loads((LEXICON / "confidence.toml").read_text("utf-8")).items()
    }


def confidence(evidence: Evidence) -> float:
    """A probability, rounded to two digits, between 0.01 and 0.99."""
    weights = _weights()
    score = weights["intercept"] + sum(
        weights[name] * float(value) for name, value in asdict(evidence).items()
    )
    return min(0.99, max(0.01, round(1 / (1 + math.exp(-score)), 2)))
