"""What runs left behind goes; what one under way is writing stays."""

from __future__ import annotations

import os
from pathlib import Path

from warehouse import alive, garbage
from warehouse.home import open_home


def test_what_a_dead_run_wrote_half_goes_at_once_and_what_a_living_one_writes_stays(tmp_path: Path) -> None:
    home = open_home(tmp_path)
    dead, living = (home.run_folder(name) / "quality_results.part" for name in ("dead", "living"))
    for partial in (dead, living):
        partial.parent.mkdir(parents=True)
        partial.write_bytes(b"PAR1")
    alive.hold(home, "living")
    garbage.clear(home)
    assert (dead.exists(), living.exists()) == (False, True)
    alive.release(home, "living")
    garbage.clear(home)
    assert not living.exists()


def test_half_of_a_registered_batch_goes_only_when_it_is_old(tmp_path: Path) -> None:
    home = open_home(tmp_path)
    fresh, old = home.batches / "a" / "fresh.part", home.batches / "a" / "old.part"
    fresh.parent.mkdir(parents=True)
    for partial in (fresh, old):
        partial.write_bytes(b"")
    os.utime(old, (0, 0))
    garbage.clear(home)
    assert (fresh.exists(), old.exists()) == (True, False)
