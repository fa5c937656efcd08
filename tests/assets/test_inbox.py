"""What is taken from the inbox: new, changed and removed batches, once each, and only when they are at rest."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from assets.inbox import Look, Memory, halves, key_of, look, runs_of
from assets.work import Work
from warehouse import batches
from warehouse.home import Home

pytestmark = pytest.mark.usefixtures("without_row_checks")

SETTLE = 10.0


class Watcher:
    """Looks at an inbox again and again, by a clock of its own, and does what is asked for when told to."""

    def __init__(self, home: Home, fakes: Any) -> None:
        self.home, self.fakes = home, fakes
        self.memory = Memory()
        self.now = 1_000_000.0
        home.inbox.mkdir()

    def look(self, after: float = 0.0) -> list[str]:
        self.now += after
        self.last: Look = look(
            self.home, self.home.inbox, self.fakes.stages(), self.memory, now=self.now, settle_seconds=SETTLE
        )
        self.memory = Memory.read(self.last.memory.write())
        return sorted(self.last.taken)

    def take(self) -> list[str]:
        """What is taken once everything has come to rest."""
        self.look()
        return self.look(SETTLE)

    def ingest(self, *names: str) -> None:
        """Have the files of batches in the lake, as a run would."""
        from assets.batch_work import do_batch_stage

        work = Work(self.home, f"run-{self.now}", self.fakes.stages())
        work.begin(names, whole=False)
        for name in names:
            do_batch_stage(work, "ingest", name)
        work.commit_stages()

    def drop(self, path: str, text: str = "Ana met Bor") -> Path:
        target = self.home.inbox / path
        target.parent.mkdir(exist_ok=True)
        target.write_text(text, encoding="utf-8")
        return target


@pytest.fixture
def watcher(home: Home, fakes: Any) -> Watcher:
    return Watcher(home, fakes)


def test_each_folder_and_each_file_of_the_inbox_is_a_batch(watcher: Watcher) -> None:
    watcher.drop("2024-10/a.txt")
    watcher.drop("2024-10/b.txt")
    watcher.drop("lone wire.txt")
    assert watcher.take() == ["2024-10", "lone-wire.txt"]
    assert batches.read(watcher.home, "2024-10") == batches.Registration(
        "2024-10", (str(watcher.home.inbox / "2024-10"),)
    )


def test_nothing_is_taken_before_it_has_been_the_same_for_the_time_that_is_set(watcher: Watcher) -> None:
    watcher.drop("day/a.txt")
    assert watcher.look() == []
    assert watcher.look(SETTLE / 2) == []
    watcher.drop("day/a.txt", "Ana met Bor and then some")
    assert watcher.look(SETTLE / 2) == []
    assert watcher.look(SETTLE - 1) == []
    assert watcher.look(1) == ["day"]


def test_an_old_file_is_not_taken_while_its_folder_still_grows(watcher: Watcher) -> None:
    os.utime(watcher.drop("day/a.txt"), (1, 1))
    watcher.look()
    os.utime(watcher.drop("day/b.txt"), (1, 1))
    assert watcher.look(SETTLE) == []
    assert watcher.look(SETTLE) == ["day"]


def test_a_clock_set_back_only_makes_waiting_begin_anew(watcher: Watcher) -> None:
    watcher.drop("day/a.txt")
    watcher.look()
    assert watcher.look(-86_400) == []
    assert watcher.look(SETTLE) == ["day"]


@pytest.mark.parametrize("name", [".hidden.txt", "a.txt.part", "a.tmp", "a.txt.crdownload", "~$a.txt"])
def test_temporary_names_are_passed_over_wherever_they_are(watcher: Watcher, name: str) -> None:
    watcher.drop(name)
    watcher.drop(f"day/{name}")
    watcher.drop("day/b.txt")
    assert watcher.take() == ["day"]
    watcher.ingest("day")
    watcher.drop(f"day/{name}", "still growing")
    assert watcher.take() == []


def test_a_state_is_asked_for_once_whether_its_run_succeeds_or_not(watcher: Watcher) -> None:
    watcher.drop("day/a.txt")
    assert watcher.take() == ["day"]
    assert watcher.take() == []
    watcher.ingest("day")
    assert watcher.take() == []
    assert watcher.memory.asked == {}


def test_a_changed_batch_is_asked_for_again_and_so_is_a_restored_state(watcher: Watcher) -> None:
    path = watcher.drop("day/a.txt", "Ana met Bor")
    os.utime(path, (5, 5))
    watcher.take()
    first = key_of(["day"], watcher.last.taken, watcher.memory.turn)
    watcher.ingest("day")
    watcher.drop("day/a.txt", "Cyd met Dan")
    assert watcher.take() == ["day"]
    watcher.ingest("day")
    watcher.drop("day/a.txt", "Ana met Bor")
    os.utime(path, (5, 5))
    assert watcher.take() == ["day"]
    assert key_of(["day"], watcher.last.taken, watcher.memory.turn) != first


def test_a_state_restored_before_it_was_left_needs_nothing(watcher: Watcher) -> None:
    path = watcher.drop("day/a.txt")
    watcher.take()
    watcher.ingest("day")
    before = path.stat()
    watcher.drop("day/a.txt", "half a word")
    watcher.look()
    watcher.drop("day/a.txt")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert watcher.take() == []


def test_a_batch_that_loses_files_or_goes_altogether_is_asked_for_without_them(watcher: Watcher) -> None:
    watcher.drop("day/a.txt")
    other = watcher.drop("day/b.txt")
    watcher.drop("next/a.txt")
    watcher.take()
    watcher.ingest("day", "next")
    other.unlink()
    assert watcher.take() == ["day"]
    watcher.ingest("day")
    (watcher.home.inbox / "day" / "a.txt").unlink()
    (watcher.home.inbox / "day").rmdir()
    assert watcher.take() == ["day"]
    gone = batches.read(watcher.home, "day")
    assert gone is not None
    assert gone.paths == ()
    watcher.ingest("day")
    assert watcher.take() == []
    watcher.drop("day/a.txt")
    assert watcher.take() == ["day"]


def test_a_folder_that_never_held_anything_is_no_batch(watcher: Watcher) -> None:
    (watcher.home.inbox / "empty").mkdir()
    assert watcher.take() == []
    assert batches.names(watcher.home) == ()


def test_an_inbox_that_is_not_there_or_not_mounted_removes_nothing(watcher: Watcher, tmp_path: Path) -> None:
    watcher.drop("day/a.txt")
    watcher.take()
    watcher.ingest("day")
    watcher.home.inbox.rename(tmp_path / "elsewhere")
    assert watcher.take() == []
    assert "there is no folder" in watcher.last.notes[0]
    watcher.home.inbox.mkdir()
    assert watcher.take() == []
    assert "another folder than before, and empty" in watcher.last.notes[0]
    watcher.home.inbox.rmdir()
    (tmp_path / "elsewhere").rename(watcher.home.inbox)
    assert watcher.take() == []


def test_a_name_that_stands_for_something_else_is_refused_and_the_others_are_taken(
    watcher: Watcher, tmp_path: Path
) -> None:
    batches.register(watcher.home, "day", [str(tmp_path)], replace=False)
    watcher.drop("day/a.txt")
    watcher.drop("next/a.txt")
    assert watcher.take() == ["next"]
    assert watcher.last.notes[0].startswith(f"day already stands for {tmp_path}")


def test_names_that_are_one_batch_are_taken_as_one(watcher: Watcher) -> None:
    watcher.drop("a day/a.txt")
    watcher.drop("a-day/a.txt", "Cyd met Dan")
    assert watcher.take() == ["a-day"]
    known = batches.read(watcher.home, "a-day")
    assert known is not None
    assert len(known.paths) == 2


def test_only_what_is_not_done_is_remembered(watcher: Watcher) -> None:
    for number in range(50):
        watcher.drop(f"day{number:02}.txt", f"Ana met Bor{number}")
    watcher.ingest(*watcher.take())
    watcher.look()
    assert len(watcher.memory.write()) < 100


def test_batches_side_by_side_are_one_run_and_others_runs_of_their_own() -> None:
    partitions = ["a", "b", "c", "d", "e", "f"]
    assert runs_of(["f", "b", "c", "e"], partitions) == [("b", "c"), ("e", "f")]
    assert runs_of([], partitions) == []
    assert halves(("a", "b", "c")) == (("a",), ("b", "c"))
