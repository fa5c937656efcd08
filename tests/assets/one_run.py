"""Runs over made-up stages, each in a child of this process, which has imported everything: for tests that kill.

Reads orders from standard input, a JSON object a line, and answers each with one. A run dies at a moment in
time, or before one of its file operations: these are counted by an audit hook, so that a test can name each.
Rows are not checked here, which would take most of the time; that is tested elsewhere.
"""

from __future__ import annotations

import errno
import json
import mmap
import os
import signal
import sys
import time
import traceback
from pathlib import Path
from typing import Any

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[2])]

import conftest  # noqa: E402

from assets.batch_work import do_batches  # noqa: E402
from assets.catch_up import catch_up  # noqa: E402
from assets.register_work import do_publish, do_resolve  # noqa: E402
from assets.work import Work  # noqa: E402
from checks import audit  # noqa: E402
from warehouse import batches, commit, lock  # noqa: E402
from warehouse.home import open_home  # noqa: E402

_CHANGES = frozenset({"os.link", "os.mkdir", "os.remove", "os.rename", "os.rmdir", "os.truncate"})
_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT


class Told:
    """What a child says of itself in memory that it shares with its parent."""

    def __init__(self) -> None:
        self._memory = mmap.mmap(-1, 128)
        self.tell(0, 0, "begin")

    def tell(self, operations: int, committing: int, phase: str) -> None:
        self._memory[:128] = json.dumps([operations, committing, phase]).encode().ljust(128)

    def read(self) -> dict[str, Any]:
        operations, committing, phase = json.loads(self._memory[:128])
        return {"operations": operations, "committing": committing, "phase": phase}


class Watched:
    """Counts a run's file operations, and those since its commit began; dies or fails before one of them."""

    def __init__(self, told: Told, order: dict[str, Any]) -> None:
        self._told, self._order = told, order
        self._operations, self._committing, self._phase = 0, 0, "begin"

    def start(self, stage: str, batch: str | None, total: int | None, unit: str) -> None:
        self._phase = stage

    def advance(self, amount: int) -> None:
        pass

    def finish(self, note: str) -> None:
        self._phase = f"checks of {self._phase}"

    def hook(self, event: str, arguments: tuple[Any, ...]) -> None:
        if event not in _CHANGES and not (event == "open" and _is_write(arguments[2])):
            return
        self._phase = _phase(event, str(arguments[0]), self._phase)
        self._operations += 1
        self._committing += self._phase.startswith("commit")
        self._told.tell(self._operations, self._committing, self._phase)
        if self._operations == self._order.get("operation") or (
            self._committing and self._committing == self._order.get("of_commit")
        ):
            os.kill(os.getpid(), signal.SIGKILL)
        if self._order.get("full_at") == self._operations:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def _is_write(flags: object) -> bool:
    return isinstance(flags, int) and bool(flags & _WRITES)


def _phase(event: str, path: str, phase: str) -> str:
    if event == "open" and path.endswith("commit.json.part"):
        return "commit"
    if phase.startswith("commit") and "published" in path:
        return "commit, publishing"
    return phase


def run(order: dict[str, Any], watched: Watched) -> None:
    """One run, from the lock to its end."""
    home = open_home(Path(order["home"]))
    with lock.writer(home, wait_seconds=60):
        commit.recover(home)
        names = sorted(order["batches"])
        for name in names:
            batches.register(home, name, [order["batches"][name]], replace=True)
        work = Work(home, order["run_id"], conftest.FakeStages().stages(), progress=watched)
        work.begin(names, whole=True)
        try:
            do_batches(work, names)
            do_resolve(work)
            catch_up(work, names)
            do_publish(work)
        except Exception as error:
            work.fail(str(error))
            raise


def in_child(order: dict[str, Any]) -> dict[str, Any]:
    """Do a run in a child, kill it where the order says so, and tell how it ended."""
    told, began = Told(), time.monotonic()
    child = os.fork()
    if child == 0:
        watched = Watched(told, order)
        sys.addaudithook(watched.hook)
        try:
            run(order, watched)
        except BaseException:  # noqa: BLE001 - a child that raised must not go on as its parent
            traceback.print_exc()
            os._exit(1)
        os._exit(0)
    if "seconds" in order:
        time.sleep(order["seconds"])
        os.kill(child, signal.SIGKILL)
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    return {"status": status, "seconds": time.monotonic() - began, **told.read()}


if __name__ == "__main__":
    audit.check_rows = audit.check_relations = lambda *_: []
    for line in sys.stdin:
        sys.stdout.write(json.dumps(in_child(json.loads(line))) + "\n")
        sys.stdout.flush()
