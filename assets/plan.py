"""What is stale: the stages of the batches that a run would do. Does nothing and imports nothing heavy."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from assets import fingerprints
from assets.stages import Stages
from warehouse import batches
from warehouse.home import Home
from warehouse.overlay import Overlay
from warehouse.tables.model import Stage

if TYPE_CHECKING:
    from pipelines.ingest.sources import Source


@dataclass(frozen=True, slots=True)
class Plan:
    """Stale stages: the first of each batch (those after it follow), and whether the register's are."""

    stale_batches: dict[str, Stage]
    resolve: bool
    publish: bool

    @property
    def is_empty(self) -> bool:
        """Whether everything is up to date."""
        return not self.stale_batches and not self.resolve and not self.publish


def make_plan(home: Home, stages: Stages, among: Iterable[str]) -> Plan:
    """What a run over the batches ``among`` would have to do."""
    overlay = Overlay(home)
    stale = {batch: stage for batch in among if (stage := first_stale(overlay, stages, batch))}
    resolve = bool(stale) or not overlay.is_fresh(
        fingerprints.tables_of("resolve"),
        "_all",
        fingerprints.of_register(overlay, stages.version("resolve")),
    )
    return Plan(stale, resolve, publish=resolve or not is_published(home, fingerprints.of_published(overlay)))


def first_stale(overlay: Overlay, stages: Stages, batch: str) -> Stage | None:
    """A batch's first stage that is not up to date; None where all are. BatchError for no batch."""
    for stage in fingerprints.BATCH_STAGES:
        wanted = batch_fingerprint(overlay, stages, stage, batch)
        if wanted is None or not overlay.is_fresh(fingerprints.tables_of(stage), batch, wanted):
            return stage
    return None


def batch_fingerprint(overlay: Overlay, stages: Stages, stage: Stage, batch: str) -> str | None:
    """What a stage's files of a batch must have been made from; None where what it reads is not there yet."""
    version = stages.version(stage)
    if stage == "ingest":
        return fingerprints.of_sources(sources_of(overlay.home, stages, batch), version)
    return fingerprints.of_batch(overlay, stage, batch, version)


def sources_of(home: Home, stages: Stages, batch: str) -> Sequence[Source]:
    """The files that a batch stands for now. BatchError where it was never registered."""
    registration = batches.read(home, batch)
    if registration is None:
        known = ", ".join(batches.names(home)) or "none"
        raise batches.BatchError(
            f"no batch {batch!r} is registered (known: {known}): register it with `communique run`"
        )
    sources = stages.discover([Path(path) for path in registration.paths])
    if not registration.fields:
        return sources
    return [replace(source, given=registration.fields) for source in sources]


def is_published(home: Home, fingerprint: str) -> bool:
    """Whether the published file is there, whole, and was made from this."""
    try:
        stamp = json.loads(home.published_stamp.read_text(encoding="utf-8"))
        return bool(
            stamp["fingerprint"] == fingerprint and home.published.stat().st_size == int(stamp["bytes"])
        )
    except FileNotFoundError:
        return False
