"""The gate: on the project's own annotated texts the extractor is at least as good as the stored baseline."""

from __future__ import annotations

import json
from typing import Any

import pytest
from annotations import read_sentences
from score import BASELINE, Report, score

from pipelines.extract.extractor import Extractor

pytestmark = pytest.mark.quality

TOLERANCE = 0.5  # points: one or two sentences
TOLERANCE_OF_SMALL_SHARES = 1.5  # points, where a figure rests on fewer than about 200 questions
SMALL_SHARES = ("document_", "sentence_date", "sentence_mode", "sentence_place", "sentence_reporter")
_MOST_SHOWN = 60


@pytest.fixture(scope="module")
def report() -> Report:
    return score(Extractor.load())


@pytest.fixture(scope="module")
def baseline() -> dict[str, Any]:
    stored: dict[str, Any] = json.loads(BASELINE.read_text("utf-8"))
    return stored


def test_no_figure_falls_below_the_baseline(report: Report, baseline: dict[str, Any]) -> None:
    fallen = {
        name: (before, report.figures[name])
        for name, before in baseline["figures"].items()
        if report.figures[name] < before - _tolerance(name)
    }
    told = "\n".join(f"{name}: {before} -> {now}" for name, (before, now) in fallen.items())
    assert not fallen, f"{told}\n{_changes(baseline['faults'], report.faults)}"


def test_every_figure_is_in_the_baseline(report: Report, baseline: dict[str, Any]) -> None:
    assert report.figures.keys() == baseline["figures"].keys()


def _tolerance(name: str) -> float:
    return TOLERANCE_OF_SMALL_SHARES if name.startswith(SMALL_SHARES) else TOLERANCE


def _changes(before: dict[str, list[str]], now: dict[str, list[str]]) -> str:
    texts = {one.id: one.text for one in read_sentences()}
    lines = []
    for id_ in sorted(before.keys() | now.keys()):
        new = [fault for fault in now.get(id_, []) if fault not in before.get(id_, [])]
        if new:
            lines.append(f"{id_}: new: {'; '.join(new)}  {texts.get(id_, '')}")
    return "\n".join(lines[:_MOST_SHOWN])
