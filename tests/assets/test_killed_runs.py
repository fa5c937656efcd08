"""Runs that are killed at any moment: readers only ever see what a completed run published, and nothing is lost."""

from __future__ import annotations

import random
import signal
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from run_children import leftovers, runner, state

from assets.cli.verify import of_kept, of_lake, of_published
from warehouse import runs
from warehouse.home import Home, open_home
from warehouse.lake import read_stamp
from warehouse.ledger import lake_files

KILLS = 30
SEED = 20241123


def grow(inbox: Path, step: int) -> None:
    """One more text in one of two batches; now and then one comes with both, is changed, or is taken away."""
    folders = inbox / "east", inbox / "west"
    for folder in folders:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "stays.txt").write_text(f"Wim met {folder.name.title()}", encoding="utf-8")
    (folders[step % 2] / f"{step}.txt").write_text(f"Ana{step} met Bor{step}", encoding="utf-8")
    if step % 4 == 3:
        for folder in folders:
            (folder / "both.txt").write_text(f"Wim met Xan{step}", encoding="utf-8")
    if step % 5 == 4:
        (folders[step % 2] / f"{step - 2}.txt").unlink()


def moments(whole: dict[str, Any]) -> Iterator[dict[str, float | int]]:
    """Moments of a run, for ever: anywhere in time, anywhere among its file operations, within its commit."""
    dice = random.Random(SEED)
    while True:
        yield {"seconds": dice.uniform(0, whole["seconds"])}
        yield {"operation": dice.randint(1, whole["operations"] - whole["committing"])}
        yield {"of_commit": dice.randint(1, whole["committing"])}


def test_thirty_killed_runs_show_readers_only_whole_states_and_lose_nothing(tmp_path: Path) -> None:
    undisturbed, disturbed = open_home(tmp_path / "undisturbed"), open_home(tmp_path / "disturbed")
    inbox = tmp_path / "inbox"
    grow(inbox, 0)
    kills: Counter[str] = Counter()
    seen = 0
    with runner() as process:
        process.run(undisturbed, inbox)
        states = [None, state(undisturbed)]
        grow(inbox, 1)
        whole = process.run(undisturbed, inbox)
        states.append(state(undisturbed))
        for moment in islice(moments(whole), 3 * KILLS):
            if seen == len(states) - 1:
                grow(inbox, seen)
                assert process.run(undisturbed, inbox)["status"] == 0
                states.append(state(undisturbed))
            ended = process.run(disturbed, inbox, **moment)
            assert ended["status"] in (0, -signal.SIGKILL)  # done before its moment came, or killed
            kills[ended["phase"]] += ended["status"] != 0
            now = state(disturbed)
            assert now in (states[seen], states[-1]), f"after {moment} in {ended['phase']}"
            seen = states.index(now)
            if kills.total() == KILLS:
                break
        print(dict(kills))  # noqa: T201 - shown by pytest -s
        assert kills.total() == KILLS
        assert process.run(disturbed, inbox)["status"] == 0
    assert state(disturbed) == states[-1]
    assert leftovers(disturbed) == []
    assert [*of_published(disturbed), *of_kept(disturbed), *of_lake(disturbed)] == []
    assert {run.outcome for run in runs.history(disturbed)} <= {"published", "committed", "failed"}
    assert lake(disturbed) == lake(undisturbed)


def lake(home: Home) -> dict[str, str]:
    """What the stamp of each file in the lake says of its rows; the ledger's also tell when they were read."""
    stamps = {path.relative_to(home.lake).as_posix(): read_stamp(path) for path in lake_files(home.lake)}
    return {name: stamp.digest if stamp and "inputs/" not in name else "" for name, stamp in stamps.items()}
