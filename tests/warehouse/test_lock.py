"""Two processes never write to one home."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from warehouse import lock
from warehouse.home import HomeError, open_home

HOLD = """
import sys, pathlib
from warehouse import lock
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
