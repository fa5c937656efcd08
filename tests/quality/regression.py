"""What got worse between two scorings, told so that somebody can act on it."""

from __future__ import annotations

from annotations import read_sentences

TOLERANCE = 0.5  # points: one or two sentences
TOLERANCE_OF_SMALL_SHARES = 1.5  # points, where a figure rests on fewer than about 200 questions
SMALL_SHARES = ("document_", "sentence_date", "sentence_mode", "sentence_place", "sentence_reporter")
_MOST_SHOWN = 60


def fallen(before: dict[str, float], now: dict[str, float]) -> list[str]:
    """A line for every figure that is lower than before by more than its tolerance."""
    return [
        f"{name}: {was} -> {now[name]}"
        for name, was in before.items()
        if now[name] < round(was - _tolerance(name), 1)
    ]


def new_faults(before: dict[str, list[str]], now: dict[str, list[str]]) -> list[str]:
    """A line for every text with a fault that it did not have before, at most 60."""
    texts = {one.id: one.text for one in read_sentences()}
    lines = []
    for id_ in sorted(now):
        new = [fault for fault in now[id_] if fault not in before.get(id_, [])]
        if new:
            lines.append(f"{id_}: {'; '.join(new)}  {texts.get(id_, '')}".rstrip())
    return lines[:_MOST_SHOWN]


def _tolerance(name: str) -> float:
    return TOLERANCE_OF_SMALL_SHARES if name.startswith(SMALL_SHARES) else TOLERANCE
