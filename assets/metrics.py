"""Figures about a home for Prometheus, in its text format: runs, stages, checks, and what is published.

They are read from the history of runs and the published file, so any process can tell them at any time; no
server has to be kept running for them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path

import pyarrow.compute as pc
from prometheus_client import CollectorRegistry, Gauge, generate_latest, write_to_textfile

from warehouse import batches, reader, runs, timings
from warehouse.home import Home
from warehouse.runs import RunRecord

_INPUTS = "SELECT outcome, count(*) FROM inputs GROUP BY outcome"


def metrics(home: Home) -> str:
    """The home's figures in Prometheus' text format."""
    return generate_latest(_registry(home)).decode()


def write_metrics(home: Home, path: Path) -> None:
    """Write the figures to a file, replaced as a whole, as the node exporter's textfile collector reads them."""
    path.parent.mkdir(parents=True, exist_ok=True)
    write_to_textfile(str(path), _registry(home))


def _registry(home: Home) -> CollectorRegistry:
    registry = CollectorRegistry()
    history = [record for record in runs.history(home) if record.outcome != "running"]
    _gauge(registry, "batches", "Registered batches", len(batches.names(home)))
    by_outcome: Counter[str] = Counter(record.outcome for record in history)
    _gauges(registry, "runs", "Runs by how they ended", "outcome", by_outcome)
    if history:
        _last_run(registry, home, history[-1])
    _published(registry, home, history)
    return registry


def _last_run(registry: CollectorRegistry, home: Home, last: RunRecord) -> None:
    _gauge(registry, "last_run_success", "1 where the last run did not fail", int(last.outcome != "failed"))
    if last.finished_at:
        ended, begun = datetime.fromisoformat(last.finished_at), datetime.fromisoformat(last.started_at)
        _gauge(registry, "last_run_finished_timestamp_seconds", "When the last run ended", ended.timestamp())
        seconds = max(0.0, (ended - begun).total_seconds())
        _gauge(registry, "last_run_duration_seconds", "How long it took", seconds)
    by_stage: dict[str, float] = {}
    for timing in timings.of_run(home, last.run_id):
        by_stage[timing.stage] = by_stage.get(timing.stage, 0.0) + timing.seconds
    _gauges(registry, "last_run_stage_seconds", "How long its stages took", "stage", by_stage)
    checked = runs.results(home).filter((pc.field("run_id") == last.run_id) & ~pc.field("success"))
    failed = Counter(checked.column("severity").to_pylist())
    found = {severity: failed.get(severity, 0) for severity in ("critical", "warning")}
    _gauges(registry, "last_run_checks_failed", "Expectations that it did not meet", "severity", found)


def _published(registry: CollectorRegistry, home: Home, history: Sequence[RunRecord]) -> None:
    if not home.published.is_file():
        return
    state = home.published.stat()
    _gauge(registry, "published_timestamp_seconds", "When the published file was replaced", state.st_mtime)
    _gauge(registry, "published_bytes", "Size of the published file", state.st_size)
    last = [record for record in history if record.outcome == "published"]
    if last:
        _gauge(registry, "documents", "Documents in the register", last[-1].documents)
        _gauge(registry, "mentions", "Mentions in the register", last[-1].mentions)
    with reader.connect(home.published) as con:
        _gauges(registry, "inputs", "Input records by outcome", "outcome", dict(con.sql(_INPUTS).fetchall()))


def _gauge(registry: CollectorRegistry, name: str, help_: str, value: float) -> None:
    Gauge(f"communique_{name}", help_, registry=registry).set(value)


def _gauges(
    registry: CollectorRegistry, name: str, help_: str, label: str, values: Mapping[str, float]
) -> None:
    gauge = Gauge(f"communique_{name}", help_, [label], registry=registry)
    for key, value in sorted(values.items()):
        gauge.labels(key).set(value)
