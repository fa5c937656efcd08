"""Figures for Prometheus, read back with Prometheus' own parser."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from prometheus_client.parser import text_string_to_metric_families

from assets.cli.errors import CommandError
from assets.cli.metrics import metrics_command
from assets.execution import execute
from assets.metrics import metrics
from assets.progress import NoProgress
from pipelines.crew import Crew
from warehouse import batches
from warehouse.home import Home

pytestmark = pytest.mark.usefixtures("without_row_checks")


def figures(text: str) -> dict[tuple[str, ...], float]:
    """Values by name and label."""
    return {
        (sample.name.removeprefix("communique_"), *sample.labels.values()): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def test_a_home_without_a_run_has_no_last_run(home: Home) -> None:
    assert figures(metrics(home)) == {("batches",): 0}


def test_a_run_is_told_with_its_stages_inputs_and_checks(home: Home, inbox: Path, fakes: Any) -> None:
    batches.register(home, "inbox", [str(inbox)], replace=False)
    execute(home, ["inbox"], stages=fakes.stages(), crew=Crew(1), listener=NoProgress())
    found = figures(metrics(home))
    assert found["batches",] == 1
    assert found["runs", "published"] == 1
    assert found["last_run_success",] == 1
    assert found["inputs", "accepted"] == 2
    assert found["inputs", "duplicate"] == 1
    assert found["documents",] == 2
    assert found["mentions",] == 3
    assert found["last_run_checks_failed", "critical"] == 0
    assert found["last_run_stage_seconds", "publish"] >= 0
    assert found["published_bytes",] == home.published.stat().st_size


def test_a_failed_run_is_told_and_the_published_figures_stay(home: Home, inbox: Path, fakes: Any) -> None:
    batches.register(home, "inbox", [str(inbox)], replace=False)
    execute(home, ["inbox"], stages=fakes.stages(), crew=Crew(1), listener=NoProgress())
    (inbox / "d.txt").write_text("Gil met Hal")
    fakes.fault["extract"] = OSError("broken")
    execute(home, ["inbox"], stages=fakes.stages(), crew=Crew(1), listener=NoProgress())
    found = figures(metrics(home))
    assert found["last_run_success",] == 0
    assert found["runs", "failed"] == 1
    assert found["documents",] == 2


def test_every_run_writes_them_where_the_setting_says(
    home: Home, inbox: Path, fakes: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "metrics" / "communique.prom"
    monkeypatch.setenv("COMMUNIQUE_METRICS_FILE", str(target))
    batches.register(home, "inbox", [str(inbox)], replace=False)
    execute(home, ["inbox"], stages=fakes.stages(), crew=Crew(1), listener=NoProgress())
    assert figures(target.read_text())["runs", "published"] == 1
    (inbox / "d.txt").write_text("Gil met Hal")
    fakes.fault["extract"] = OSError("broken")
    execute(home, ["inbox"], stages=fakes.stages(), crew=Crew(1), listener=NoProgress())
    assert figures(target.read_text())["last_run_success",] == 0


def test_figures_go_to_a_file_or_say_why_not(home: Home, tmp_path: Path) -> None:
    target = tmp_path / "metrics" / "communique.prom"
    metrics_command(output=target, home=home.root)
    assert "communique_batches 0.0" in target.read_text()
    with pytest.raises(CommandError, match="cannot write"):
        metrics_command(output=home.batches, home=home.root)
