"""Where everything lies on disk: the folders of a home, and nothing about what is in the files.

A home holds the published file, the lake, the staging area, kept bytes of rejected inputs, registered
batches, the history of runs and the orchestrator's own folder. Reading and writing tables is for
``lake``, ``overlay`` and ``published``.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path

DAGSTER_YAML = """\
# Written by communique, for Dagster's own web page and daemon; yours to change. Nothing is sent anywhere,
# and the page asks nobody to sign up for anything.
telemetry:
  enabled: false
nux:
  enabled: false
# Steps that write the same home take turns (a pool of one), so two runs at a time are enough: one works while the
# other starts. No two runs are about the same batch at the same time.
concurrency:
  runs:
    max_concurrent_runs: 2
    tag_concurrency_limits:
      - key: dagster/partition
        value:
          applyLimitPerUniqueValue: true
        limit: 1
  pools:
    default_limit: 1
    granularity: op
# A run that was killed keeps no others waiting, and is started again; one that failed on bad data is not.
run_monitoring:
  enabled: true
  start_timeout_seconds: 300
  cancel_timeout_seconds: 300
  poll_interval_seconds: 30
  free_slots_after_run_end_seconds: 60
run_retries:
  enabled: true
  max_retries: 2
  retry_on_asset_or_op_failure: false
freshness:
  enabled: true
# What the sensor found when there was nothing to do.
retention:
  sensor:
    purge_after_days:
      skipped: 2
      success: 90
"""
IN_PROCESS = "in_process.yaml"
IN_PROCESS_YAML = """\
# Written by communique, for runs from its command line over the same storage. They hold the home's own lock, so
# they need no pool: a pool's slot stays taken when its process is killed, and the next run would wait for ever.
telemetry:
  enabled: false
compute_logs:
  module: dagster._core.storage.noop_compute_log_manager
  class: NoOpComputeLogManager
"""


LAYOUT = 2
"""The number of the layout of a home's folders; ``layout`` brings older ones up to it."""
_FIRST = 1


class HomeError(Exception):
    """The home cannot be used; the message says what, where and what to do, in one line."""


@dataclass(frozen=True, slots=True)
class Home:
    """The folders of one home. Making one of these touches nothing; ``open_home`` prepares the folders."""

    root: Path

    @property
    def published(self) -> Path:
        """The file that readers query; replaced as a whole, never written in place."""
        return self.root / "communique.duckdb"

    @property
    def published_stamp(self) -> Path:
        """The published file's manifest: what it was made from, when, by which run, and its digest."""
        return self.root / "communique.json"

    @property
    def kept(self) -> Path:
        """Published files with their manifests: the present one under its run's name, and some before it."""
        return self.root / "published"

    @property
    def ledger(self) -> Path:
        """Size and digest of every file in the lake."""
        return self.root / "lake.json"

    @property
    def lake(self) -> Path:
        """Audited Parquet files: ``<table>/batch=<batch>/data.parquet``."""
        return self.root / "lake"

    @property
    def staging(self) -> Path:
        """Files of runs that have not passed every check yet, a folder a run, shaped like the lake."""
        return self.root / "staging"

    @property
    def fetched(self) -> Path:
        """Input files from object storage, as they were when they were last looked at."""
        return self.root / "fetched"

    @property
    def rejected(self) -> Path:
        """Bytes of inputs that could not be used."""
        return self.root / "rejected"

    @property
    def batches(self) -> Path:
        """Registered batches, a JSON file each."""
        return self.root / "batches"

    @property
    def runs(self) -> Path:
        """The history of runs, a folder each."""
        return self.root / "runs"

    @property
    def dagster(self) -> Path:
        """The orchestrator's own storage (``DAGSTER_HOME``)."""
        return self.root / "dagster"

    @property
    def inbox(self) -> Path:
        """The folder that is watched for batches, unless another is set."""
        return self.root / "inbox"

    @property
    def quality(self) -> Path:
        """Pages about the checks of the last run."""
        return self.root / "quality"

    @property
    def layout(self) -> Path:
        """The number of this home's layout."""
        return self.root / "layout.json"

    @property
    def lock(self) -> Path:
        """Held by the one process that may write."""
        return self.root / "writer.lock"

    @property
    def switch_lock(self) -> Path:
        """Held while files move into the lake and in front of readers."""
        return self.root / "switch.lock"

    def run_staging(self, run_id: str) -> Path:
        """The staging folder of a run."""
        return self.staging / run_id

    def run_folder(self, run_id: str) -> Path:
        """The history folder of a run."""
        return self.runs / run_id

    def unpublished(self, run_id: str) -> Path:
        """The file that a run builds to replace the published one; same disk, so the switch is atomic."""
        return self.root / f"communique.duckdb.{run_id}.tmp"


def open_home(root: Path) -> Home:
    """The home at ``root``, with its folders made where they are missing.

    Raises HomeError where ``root`` is a file, cannot be made or written, or is of a newer version.
    """
    home = Home(root.expanduser().resolve())
    if home.root.exists() and not home.root.is_dir():
        raise HomeError(f"{home.root} is a file, not a folder: choose another --home")
    layout_of(home)
    is_new = not home.batches.is_dir()
    try:
        for folder in (
            home.lake,
            home.staging,
            home.rejected,
            home.batches,
            home.runs,
            home.kept,
            home.dagster,
        ):
            folder.mkdir(parents=True, exist_ok=True)
        for name, text in (("dagster.yaml", DAGSTER_YAML), (IN_PROCESS, IN_PROCESS_YAML)):
            if not (home.dagster / name).exists():
                (home.dagster / name).write_text(text, encoding="utf-8")
        if is_new:
            home.layout.write_text(layout_text(), encoding="utf-8")
    except OSError as error:
        raise HomeError(
            f"cannot write to the home {home.root}: {error.strerror or error}; choose another --home"
        ) from error
    if not os.access(home.root, os.W_OK):
        raise HomeError(f"the home {home.root} is not writable; choose another --home or change its rights")
    return home


def existing_home(root: Path) -> Home:
    """The home at ``root`` for a command that only reads; HomeError where there is none, or a newer version's."""
    home = Home(root.expanduser().resolve())
    if not home.batches.is_dir():
        raise HomeError(f"no warehouse at {home.root}: run `communique run PATH…` first, or give --home")
    layout_of(home)
    return home


def layout_of(home: Home) -> int:
    """The number of a home's layout; the first had none. HomeError where a newer version made it."""
    try:
        number = int(json.loads(home.layout.read_text(encoding="utf-8"))["layout"])
    except (FileNotFoundError, NotADirectoryError):
        return _FIRST
    except (ValueError, KeyError, TypeError) as error:
        raise HomeError(
            f"{home.layout} cannot be read: {error}; remove it and run `communique migrate`"
        ) from error
    if number > LAYOUT:
        raise HomeError(
            f"{home.root} was made by a newer version (layout {number}, this one knows {LAYOUT}): upgrade communique"
        )
    return number


def layout_text() -> str:
    """What says that a home is of this version's layout."""
    return json.dumps({"layout": LAYOUT}) + "\n"
