"""The gate: on the project's own annotated texts the extractor is at least as good as the stored baseline."""

from __future__ import annotations

import json
from typing import Any

import pytest
from regression import fallen, new_faults
from score import BASELINE, Report, score

from pipelines.extract.extractor import Extractor

pytestmark = pytest.mark.quality


@pytest.fixture(scope="module")
def report() -> Report:
    return score(Extractor.load())


@pytest.fixture(scope="module")
def baseline() -> dict[str, Any]:
    stored: dict[str, Any] = json.loads(BASELINE.read_text("utf-8"))
    return stored


def test_no_figure_falls_below_the_baseline(report: Report, baseline: dict[str, Any]) -> None:
    lower = fallen(baseline["figures"], report.figures)
    assert not lower, "\n".join([*lower, *new_faults(baseline["faults"], report.faults)])


def test_every_figure_is_in_the_baseline(report: Report, baseline: dict[str, Any]) -> None:
    assert report.figures.keys() == baseline["figures"].keys()
