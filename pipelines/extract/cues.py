"""The words that tell whether something happened and who says so, read from ``lexicon/status.toml``.

Only reads and arranges the file; what the words do to an event stands in ``status``, ``attribution`` and ``speech``.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache

from pipelines.extract.ontology import LEXICON

STRENGTH = {"occurred": 0, "ongoing": 1, "planned": 2, "hypothetical": 3, "denied": 4}
_BE_PHRASE = re.compile(r"be (\w+) to$")


@dataclass(frozen=True, slots=True)
class Cues:
    """The word sets of the status file."""

    negations: frozenset[str]
    governors: dict[str, dict[str, str]]  # part (verbs, nouns, adjectives) -> lemma or phrase -> status
    implied: frozenset[str]
    excluding: frozenset[str]
    modals: dict[str, str]
    past_modals: frozenset[str]
    conjunctions: frozenset[str]
    adverbs: dict[str, str]
    asserting: frozenset[str]
    doubting: frozenset[str]
    not_asserting: frozenset[str]
    unproven: frozenset[str]
    obligation: frozenset[str]


@cache
def cues() -> Cues:
    """The status cues, read once."""
    data = tomllib.loads((LEXICON / "status.toml").read_text("utf-8"))
    statuses = {
        "negated": "denied", "denied": "denied", "planned": "planned",
        "hypothetical": "hypothetical", "desired": "hypothetical", "ongoing": "ongoing",
    }  # fmt: skip
    governors: dict[str, dict[str, str]] = {"verbs": {}, "nouns": {}, "adjectives": {}}
    for section, status in statuses.items():
        for part, lemmas in governors.items():
            for lemma in data[section].get(part, []):
                lemmas[lemma] = max(lemmas.get(lemma, "occurred"), status, key=STRENGTH.__getitem__)
    for phrase in data["planned"]["phrases"]:
        if match := _BE_PHRASE.match(phrase):
            governors["adjectives"].setdefault(match.group(1), "planned")
    return Cues(
        negations=frozenset(data["negated"]["words"]),
        governors=governors,
        implied=frozenset(data["begun"]["verbs"]),
        excluding=frozenset(data["negated"]["prepositions"]),
        modals=dict.fromkeys(data["planned"]["modals"], "planned")
        | dict.fromkeys(data["hypothetical"]["modals"], "hypothetical"),
        past_modals=frozenset(data["planned"]["past_modals"]),
        conjunctions=frozenset(data["hypothetical"]["conjunctions"]),
        adverbs=dict.fromkeys(data["hypothetical"]["adverbs"], "hypothetical"),
        asserting=frozenset(data["reporting"]["asserts"]),
        doubting=frozenset(data["reporting"]["doubts"]),
        not_asserting=frozenset(data["reporting"]["not_asserts"]),
        unproven=frozenset(data["unproven"]["words"]),
        obligation=frozenset(data["speech"]["obligation"]),
    )
