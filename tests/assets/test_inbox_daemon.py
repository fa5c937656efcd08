"""The inbox under a real Dagster daemon, started as ``communique dev --no-web`` starts it, over made-up stages."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import dagster as dg
import pytest

from assets.sensors import TURN_TAG
from warehouse import reader
from warehouse.home import Home, open_home

pytestmark = pytest.mark.slow

DEADLINE_SECONDS = 1200.0
LOCATION = Path(__file__).parent / "made_up_location.py"
DEV = """
import sys
from pathlib import Path
from assets.cli import dev

dev._DEFINITIONS = ("-f", sys.argv[2])
dev.dev_command(0, Path(sys.argv[1]), web=False)
"""
QUICK = {
    "COMMUNIQUE_INBOX_SECONDS": "2",
    "COMMUNIQUE_SETTLE_SECONDS": "2",
    "COMMUNIQUE_WORKERS": "1",
}


@pytest.fixture
def daemon(tmp_path: Path) -> Iterator[tuple[Home, subprocess.Popen[bytes]]]:
    """A daemon over an empty home, stopped by its own id at the end."""
    home = open_home(tmp_path / "home")
    with (tmp_path / "daemon.log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-c", DEV, str(home.root), str(LOCATION)],
            env=os.environ | QUICK,
            stdout=log,
            stderr=log,
            stdin=subprocess.DEVNULL,
        )
        try:
            yield home, process
        finally:
            if process.poll() is None:
                process.send_signal(signal.SIGTERM)
                process.wait(DEADLINE_SECONDS)


def drop(home: Home, path: str, text: str) -> None:
    target = home.inbox / path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(text, encoding="utf-8")


def sentences(home: Home) -> set[str]:
    if not home.published.is_file():
        return set()
    with reader.connect(home.published) as con:
        return {row[0] for row in con.execute("SELECT sentence FROM event_mentions").fetchall()}


def wait_for(what: Callable[[], bool], process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + DEADLINE_SECONDS
    while not what():
        assert process.poll() is None, log.read_text(encoding="utf-8")[-4000:]
        assert time.monotonic() < deadline, log.read_text(encoding="utf-8")[-4000:]
        time.sleep(1)


def runs_by_outcome(home: Home) -> dict[str, list[str]]:
    """The batches of each run that the inbox led to, by how the run ended; schedules have runs of their own."""
    found: dict[str, list[str]] = {}
    with dg.DagsterInstance.from_config(str(home.dagster)) as instance:
        for run in (run for run in instance.get_runs() if TURN_TAG in run.tags):
            ends = (
                run.tags.get("dagster/asset_partition_range_start"),
                run.tags.get("dagster/asset_partition_range_end"),
            )
            name = run.tags.get("dagster/partition") or f"{ends[0]} to {ends[1]}"
            found.setdefault(run.status.value, []).append(name)
    return {outcome: sorted(names) for outcome, names in found.items()}


def test_what_is_dropped_is_published_without_a_hand_and_bad_data_stops_only_itself(
    daemon: tuple[Home, subprocess.Popen[bytes]], tmp_path: Path
) -> None:
    home, process = daemon
    log = tmp_path / "daemon.log"
    drop(home, "a-good/1.txt", "Ana met Bor")
    drop(home, "b-poison/1.txt", "POISON Cyd met Dan")
    wait_for(lambda: sentences(home) == {"Ana met Bor"}, process, log)
    both = {"SUCCESS": ["a-good"], "FAILURE": ["a-good to b-poison", "b-poison"]}
    wait_for(lambda: runs_by_outcome(home) == both, process, log)

    (home.inbox / "a-good" / "1.txt").unlink()
    drop(home, "a-good/2.txt", "Eve met Fay")
    drop(home, "a-good/3.txt.part", "Gus met")
    wait_for(lambda: sentences(home) == {"Eve met Fay"}, process, log)
    after = {"SUCCESS": ["a-good", "a-good"], "FAILURE": ["a-good to b-poison", "b-poison"]}
    wait_for(lambda: runs_by_outcome(home) == after, process, log)

    process.send_signal(signal.SIGTERM)
    assert process.wait(DEADLINE_SECONDS) == 0
