"""What is stale: the stages of the batches that a run would do. Does nothing and imports nothing heavy."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from assets import fingerprints
from assets.reach import OutOfReachError, is_there, out_of_reach, places_of
from assets.stages import Stages
from warehouse import batches, publications
from warehouse.home import Home
from warehouse.lake import ALL, Stamp
from warehouse.overlay import Overlay
from warehouse.remote.addresses import StoreError
from warehouse.tables.model import Stage

if TYPE_CHECKING:
    from pipelines.ingest.sources import Source


@dataclass(frozen=True, slots=True)
class Plan:
    """Stale stages: the first of each batch (those after it follow), and whether those over all batches are.

    Where ``share`` is stale, any batch may turn out to be stale from ``clean`` on once it is done.
    """

    stale_batches: dict[str, Stage]
    share: bool
    resolve: bool
    publish: bool

    @property
    def is_empty(self) -> bool:
        """Whether everything is up to date."""
        return not self.stale_batches and not self.share and not self.resolve and not self.publish


def make_plan(home: Home, stages: Stages, among: Iterable[str]) -> Plan:
    """What a run over the batches ``among`` would have to do."""
    overlay = Overlay(home)
    stale = {batch: stage for batch in among if (stage := first_stale(overlay, stages, batch))}
    share = any(stage in ("ingest", "learn") for stage in stale.values()) or not overlay.is_fresh(
        fingerprints.tables_of("share"), ALL, fingerprints.of_shared(overlay, stages.version("share"))
    )
    resolve = bool(stale) or not overlay.is_fresh(
        fingerprints.tables_of("resolve"), ALL, fingerprints.of_register(overlay, stages.version("resolve"))
    )
    return Plan(
        stale, share, resolve, publish=resolve or not is_published(home, fingerprints.of_published(overlay))
    )


def first_stale(overlay: Overlay, stages: Stages, batch: str) -> Stage | None:
    """A batch's first stage that is not up to date; None where all are. BatchError for no batch."""
    for stage in fingerprints.BATCH_STAGES:
        wanted = batch_fingerprint(overlay, stages, stage, batch)
        if wanted is None or not overlay.is_fresh(fingerprints.tables_of(stage), batch, wanted):
            return stage
    return None


def why_stale(overlay: Overlay, stages: Stages, batch: str, stage: Stage) -> str:
    """Why a batch's stage is to be done, in a few plain words."""
    stamps = [overlay.stamp(table, batch) for table in fingerprints.tables_of(stage)]
    known = [stamp for stamp in stamps if stamp is not None]
    if len(known) < len(stamps):
        return "not done yet"
    if any(stamp.version != stages.version(stage) for stamp in known):
        return "its code or knowledge has changed"
    wanted = batch_fingerprint(overlay, stages, stage, batch)
    if stage == "clean" and wanted is not None and _lines_differ(known, wanted):
        return "lines learned since"
    return "its files have changed" if stage == "ingest" else "what it reads has changed"


def _lines_differ(stamps: Iterable[Stamp], wanted: str) -> bool:
    return any(fingerprints.differ_in_lines_alone(stamp.fingerprint, wanted) for stamp in stamps)


def batch_fingerprint(overlay: Overlay, stages: Stages, stage: Stage, batch: str) -> str | None:
    """What a stage's files of a batch must have been made from; None where what it reads is not there yet."""
    version = stages.version(stage)
    if stage == "ingest":
        try:
            return fingerprints.of_sources(sources_of(overlay.home, stages, batch), version)
        except OutOfReachError:
            stamp = overlay.stamp("inputs", batch)  # what was read of it is not given up
            return stamp.fingerprint if stamp else None
    return fingerprints.of_batch(overlay, stage, batch, version)


def sources_of(home: Home, stages: Stages, batch: str) -> Sequence[Source]:
    """The files that a batch stands for now. BatchError where it was never registered, OutOfReachError as it says."""
    registration = batches.read(home, batch)
    if registration is None:
        known = ", ".join(batches.names(home)) or "none"
        raise batches.BatchError(
            f"no batch {batch!r} is registered (known: {known}): register it with `communique run`"
        )
    try:
        places = places_of(home, registration)
    except StoreError as error:
        raise OutOfReachError(f"batch {batch}: {error}; its rows stay as they are") from error
    lost = out_of_reach(home, registration, places)
    if lost:
        raise OutOfReachError(
            f"batch {batch}: nothing is left at {', '.join(lost)}, so its rows stay as they are: if a disk is not "
            f"mounted, mount it; if the files are gone for good, `communique rerun --batch {batch} --gone` removes the rows"
        )
    sources = stages.discover([Path(path) for path in places.values() if is_there(path)])
    if not registration.fields:
        return sources
    return [replace(source, given=registration.fields) for source in sources]


def is_published(home: Home, fingerprint: str) -> bool:
    """Whether readers have what was made from this, whole, or are held at an earlier publication."""
    present = publications.current(home)
    if present is None or not home.published.is_file():
        return False
    whole = home.published.stat().st_size == present.bytes
    return whole and (present.fingerprint == fingerprint or publications.pin(home) is not None)
