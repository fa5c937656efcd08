"""The weights of the second reader: a multinomial logistic model over the features of a pair.

They stand in ``lexicon/backoff.csv``, a feature a line and a type of event a column, and are fitted on the project's own
annotated sentences by ``tests/quality/train_backoff.py``; nothing is learned at run time. How sure a guess must be stands
in ``lexicon/backoff.toml``.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import pyarrow.csv as arrow_csv
from numpy.typing import NDArray

from pipelines.extract.ontology import LEXICON

NOTHING = "NOTHING"
FILE = LEXICON / "backoff.csv"
_INTERCEPT = "<intercept>"
Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Model:
    """Types of event and "NOTHING", the row of each feature, and weights of shape (features, types)."""

    types: tuple[str, ...]
    rows: dict[str, int]
    weights: Array

    def probabilities(self, features: Iterable[str]) -> Array:
        """The probability of each type, of shape (types,), in the order of ``types``."""
        # In one order: sums of floats depend on it, and that of a set is another in every process.
        known = sorted(self.rows[one] for one in features if one in self.rows)
        scores = self.weights[self.rows[_INTERCEPT]] + self.weights[known].sum(axis=0)
        powers = np.exp(scores - scores.max())
        return np.asarray(powers / powers.sum())

    def weight(self, feature: str, type_: str) -> float:
        """How much a feature speaks for a type; 0 for one that the model does not know."""
        row = self.rows.get(feature)
        return 0.0 if row is None else float(self.weights[row, self.types.index(type_)])


@cache
def load(path: Path = FILE) -> Model:
    """The model in a file."""
    table = arrow_csv.read_csv(path)
    types = tuple(table.column_names[1:])
    # As lists: Arrow's way to numpy imports pandas, which nobody who reads needs.
    weights = np.ascontiguousarray(
        np.array([table.column(name).to_pylist() for name in types], dtype=np.float64).T
    )
    return Model(types, {name: at for at, name in enumerate(table.column(0).to_pylist())}, weights)


def is_likely(chance: float, public_sides: int) -> bool:
    """Whether a guess of this probability stands, with 0, 1 or 2 of its sides public parties."""
    return chance >= _least()[("no_public_side", "one_public_side", "two_public_sides")[public_sides]]


def least_chance(*, beside_another: bool) -> float:
    """The least probability of a guess that is worth asking who its sides are."""
    return _least()["beside_another" if beside_another else "two_public_sides"]


@cache
def _least() -> dict[str, float]:
    return {
        name: float(value)
        for name, value in tomllib.loads((LEXICON / "backoff.toml").read_text("utf-8"))[
            "least_chance"
        ].items()
    }
