"""The event ontology: types, modes, quad classes, scores and CAMEO codes, read from ``lexicon/``."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pipelines.extract.tabular import read_rows

LEXICON = Path(__file__).parent / "lexicon"


@dataclass(frozen=True, slots=True)
class EventType:
    """A PLOVER type; ``score`` and the modes' scores run from -10 (conflict) to +10 (cooperation)."""

    name: str
    quad_class: int
    score: float
    cameo: str
    modes: dict[str, float]


@dataclass(frozen=True, slots=True)
class CameoCode:
    """A CAMEO code with the PLOVER coding that it corresponds to."""

    code: str
    type: str
    mode: str | None
    contexts: tuple[str, ...]
    name: str


@dataclass(frozen=True, slots=True)
class Ontology:
    """Everything the ontology files say."""

    types: dict[str, EventType]
    contexts: frozenset[str]
    quad_names: tuple[str, ...]
    future: dict[str, tuple[str, str]]
    refused: dict[str, str]
    cameo: dict[str, CameoCode]

    def intensity(self, type_: str, mode: str | None) -> float:
        """The score of a type in a mode: the mode's own where it has one."""
        declared = self.types[type_]
        return declared.modes.get(mode, declared.score) if mode else declared.score

    def quad_name(self, type_: str) -> str:
        """The quad class of a type in words."""
        return self.quad_names[self.types[type_].quad_class - 1]


@cache
def ontology() -> Ontology:
    """The ontology, read once."""
    data = tomllib.loads((LEXICON / "ontology.toml").read_text("utf-8"))
    types = {
        name: EventType(
            name, entry["quad"], float(entry["score"]), entry["cameo"],
            {mode: float(score) for mode, score in entry.get("modes", {}).items()},
        )
        for name, entry in data["types"].items()
    }  # fmt: skip
    cameo = {
        row["cameo"]: CameoCode(
            row["cameo"],
            row["type"],
            row["mode"] or None,
            tuple(filter(None, row["contexts"].split(";"))),
            row["name"],
        )
        for row in read_rows(LEXICON / "cameo.csv")
    }
    future = {name: (to[0], to[1]) for name, to in data["future"].items()}
    return Ontology(
        types, frozenset(data["contexts"]), tuple(data["quad_names"]), future, data["refused"], cameo
    )
