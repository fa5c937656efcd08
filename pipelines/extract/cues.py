"""The words that tell whether something happened and who says so, read from ``lexicon/status.toml``.

Only reads and arranges the file; what the words do to an event stands in ``status``, ``attribution`` and ``speech``.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from typing import Any

from pipelines.extract.ontology import LEXICON

STRENGTH = {"occurred": 0, "ongoing": 1, "planned": 2, "hypothetical": 3, "denied": 4}
_BE_PHRASE = re.compile(r"be (\w+) to$")


Pattern = tuple[bool, str, frozenset[str]]  # negated, lemma, words of which one hangs on it


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
    strict_obligation: frozenset[str]
    obliging: frozenset[str]
    wishing: frozenset[str]
    insisting: frozenset[str]
    warning: frozenset[str]
    promising: frozenset[str]
    public_sectors: frozenset[str]
    threats_of_self: tuple[Pattern, ...]
    threats_to_others: tuple[Pattern, ...]
    declared_threats: tuple[Pattern, ...]
    misdeeds: tuple[Pattern, ...]
    speech_heads: frozenset[str]  # lemmas of the four lists of patterns, and those that wish or oblige
    speech_acts: dict[str, tuple[str, str]]  # demand, threat, charge -> type and CAMEO code
    demand_modes: dict[str, str]  # type of what is demanded -> mode of the demand
    planned_itself: frozenset[str]
    hypothetical_itself: frozenset[str]


@cache
def cues() -> Cues:
    """The status cues, read once."""
    data: dict[str, dict[str, Any]] = tomllib.loads((LEXICON / "status.toml").read_text("utf-8"))
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
        planned_itself=frozenset(data["planned"]["itself"]),
        hypothetical_itself=frozenset(data["hypothetical"]["itself"]),
        **_speech(data["speech"]),
    )


def _speech(section: dict[str, Any]) -> dict[str, Any]:
    words = {
        key: frozenset(section[key])
        for key in (
            "obligation",
            "strict_obligation",
            "obliging",
            "wishing",
            "insisting",
            "warning",
            "promising",
            "public_sectors",
        )
    }
    patterns = {
        key: tuple(map(_pattern, section[key]))
        for key in ("threats_of_self", "threats_to_others", "declared_threats", "misdeeds")
    }
    heads = (
        {lemma for group in patterns.values() for _, lemma, _ in group} | words["wishing"] | words["obliging"]
    )
    acts = {kind: (act["type"], act["cameo"]) for kind, act in section["acts"].items()}
    return {
        **words,
        **patterns,
        "speech_heads": frozenset(heads),
        "speech_acts": acts,
        "demand_modes": section["demand_modes"],
    }


def _pattern(text: str) -> Pattern:
    """ "not tolerate", "retaliate", "pay: price|dearly": negation, lemma, and what must hang on it."""
    head, _, others = text.partition(":")
    negated = head.startswith("not ")
    return negated, head.removeprefix("not ").strip(), frozenset(filter(None, others.strip().split("|")))
