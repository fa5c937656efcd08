"""How sure a coding is: a probability from what is known about the reading.

The weights are a logistic model's, fitted on the project's own annotated texts by ``tests/quality/calibrate.py``.
"""

from __future__ import annotations

import math
import tomllib
from dataclasses import asdict
from functools import cache

from pipelines.extract.model import Evidence
from pipelines.extract.ontology import LEXICON


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
