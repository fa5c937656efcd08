"""From answers to figures: shares, F1 by type, reliability of confidence. All figures are percentages, 0 to 100."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from typing import Any

from alignment import Answer, Check
from annotations import Event, Sentence

from pipelines.extract.model import Mention
from pipelines.extract.ontology import ontology

NONE = "NONE"
BINS = 10


def percent(part: float, whole: float) -> float:
    """A percentage with one digit; nothing of nothing is 0."""
    return round(100 * part / whole, 1) if whole else 0.0


def labels(answers: Iterable[Answer[Event]]) -> list[tuple[str, str]]:
    """(expected, found) types, NONE where one side is missing; a tolerated second reading counts as the first."""
    pairs = []
    for answer in answers:
        wanted = answer.gold.types[0] if answer.gold else NONE
        found = answer.mention.type if answer.mention else NONE
        pairs.append((wanted, wanted if answer.type_right else found))
    return pairs


def f1(pairs: Sequence[tuple[Any, Any]], label: Any) -> float:
    """F1 of one label over (expected, found) pairs."""
    right = sum(wanted == found == label for wanted, found in pairs)
    either = sum(wanted == label for wanted, _ in pairs) + sum(found == label for _, found in pairs)
    return percent(2 * right, either)


def macro_f1(pairs: Sequence[tuple[Any, Any]]) -> float:
    """Mean F1 over the labels that are expected anywhere."""
    expected = {wanted for wanted, _ in pairs} - {NONE, 0}
    return round(sum(f1(pairs, label) for label in expected) / len(expected), 1) if expected else 0.0


def per_type(pairs: Sequence[tuple[str, str]]) -> dict[str, float]:
    """F1 of every expected type."""
    return {label: f1(pairs, label) for label in sorted({wanted for wanted, _ in pairs} - {NONE})}


def quads(pairs: Iterable[tuple[str, str]]) -> list[tuple[int, int]]:
    """The same pairs as quad classes, 0 for NONE."""
    known = {name: one.quad_class for name, one in ontology().types.items()}
    return [(known.get(wanted, 0), known.get(found, 0)) for wanted, found in pairs]


def relevance(sentences: Iterable[tuple[Sentence, Sequence[Mention]]]) -> tuple[float, float]:
    """Precision and recall of "tells of an event"; where events are only tolerated, either answer is right."""
    table = Counter(
        (bool(one.expected), bool(found)) for one, found in sentences if one.expected or not one.events
    )
    hits, false, missed = table[True, True], table[False, True], table[True, False]
    return percent(hits, hits + false), percent(hits, hits + missed)


def shares(checks: Iterable[Check], prefix: str) -> dict[str, float]:
    """Share of checks passed, by name."""
    asked: dict[str, list[bool]] = defaultdict(list)
    for check in checks:
        asked[check.name].append(check.passed)
    return {f"{prefix}_{name}": percent(sum(passed), len(passed)) for name, passed in sorted(asked.items())}


def faultless_by_tag(sentences: Iterable[Sentence], faulty: Collection[str]) -> dict[str, tuple[int, float]]:
    """How many texts carry a tag, and the share of them without any fault."""
    tagged: dict[str, list[bool]] = defaultdict(list)
    for one in sentences:
        for tag in one.tags:
            tagged[tag].append(one.id not in faulty)
    return {tag: (len(clean), percent(sum(clean), len(clean))) for tag, clean in sorted(tagged.items())}


def reliability(graded: Iterable[tuple[float, bool]]) -> list[dict[str, float]]:
    """One row per tenth of the confidence scale: how many, how sure on average, how many of them right."""
    bins: dict[int, list[tuple[float, bool]]] = defaultdict(list)
    for confidence, right in graded:
        bins[min(int(confidence * BINS), BINS - 1)].append((confidence, right))
    return [
        {
            "from": number / BINS,
            "to": (number + 1) / BINS,
            "mentions": len(rows),
            "mean_confidence": percent(sum(confidence for confidence, _ in rows), len(rows)),
            "right": percent(sum(right for _, right in rows), len(rows)),
        }
        for number in range(BINS)
        for rows in [bins[number]]
    ]


def calibration_error(rows: Sequence[dict[str, float]]) -> float:
    """Mean distance of confidence from the share that is right, weighted by the bins' sizes, in points."""
    total = sum(row["mentions"] for row in rows)
    distance = sum(row["mentions"] * abs(row["mean_confidence"] - row["right"]) for row in rows)
    return round(distance / total, 1) if total else 0.0
