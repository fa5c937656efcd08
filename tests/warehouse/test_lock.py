"""Two processes never write to one home."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from warehouse import alive, lock
from warehouse.home import HomeError, open_home

HOLD = """
import sys, pathlib
from warehouse import alive, lock
from warehouse.home import open_home
with lock.writer(open_home(pathlib.Path(sys.argv[1]))):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_a_second_writer_is_told_who_the_first_is(tmp_path: Path) -> None:
    home = open_home(tmp_path)
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        with pytest.raises(HomeError, match=f"process {other.pid}"), lock.writer(home):
            pass
        other.kill()
    with lock.writer(home):  # the operating system has dropped the dead process's lock
        pass


def test_a_process_may_lock_what_it_has_locked(tmp_path: Path) -> None:
    home = open_home(tmp_path)
    with lock.writer(home), lock.writer(home):
        pass


def test_a_second_writer_waits_and_says_once_for_whom(tmp_path: Path) -> None:
    home = open_home(tmp_path)
    told: list[str] = []
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout is not None
        assert other.stdin is not None
        other.stdout.readline()
        ending = other.stdin

        def waiting(said: str) -> None:
            told.append(said)
            ending.close()

        with lock.writer(home, wait_seconds=60, waiting=waiting):
            pass
    assert len(told) == 1
    assert f"process {other.pid}" in told[0]


def test_what_readers_see_can_be_switched_while_a_run_holds_the_home(tmp_path: Path) -> None:
    home = open_home(tmp_path)
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout is not None
        other.stdout.readline()
        with lock.switch(home):
            pass
        other.kill()


def test_a_run_is_alive_until_it_ends_or_its_process_does(tmp_path: Path) -> None:
    home = open_home(tmp_path)
    hold = HOLD.replace("lock.writer(open_home(pathlib.Path(sys.argv[1])))", "open(0)").replace(
        'print("held"', 'alive.hold(open_home(pathlib.Path(sys.argv[1])), "one"); print("held"'
    )
    with subprocess.Popen(
        [sys.executable, "-c", "from warehouse import alive\n" + hold, str(tmp_path)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    ) as other:  # fmt: skip
        assert other.stdout is not None
        other.stdout.readline()
        assert alive.is_alive(home, "one")
        other.kill()
    assert not alive.is_alive(home, "one")
    alive.hold(home, "two")
    assert alive.is_alive(home, "two")
    alive.release(home, "two")
    assert not alive.is_alive(home, "two")
