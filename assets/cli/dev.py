"""``communique dev``: Dagster's daemon over this home, and its web page unless nobody wants one.

The daemon watches the inbox, keeps the schedules and starts runs. One at a time over a home.
"""

from __future__ import annotations

import fcntl
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

from assets.cli.errors import CommandError
from assets.cli.homes import chosen_home
from assets.settings import Settings, read_settings
from warehouse import batches, runs
from warehouse.home import Home, open_home

if TYPE_CHECKING:
    import dagster as dg

_DEFINITIONS = "assets.definitions"


def dev_command(port: int, home: Path | None, *, web: bool = True) -> None:
    """Start Dagster and wait for it to end. CommandError where one is at work over this home already."""
    where = open_home(chosen_home(home))
    os.environ["COMMUNIQUE_HOME"] = str(where.root)
    settings = read_settings()
    with _only_one(where):
        inbox = _prepared(where, settings)
        page = f"http://127.0.0.1:{port}" if web else "no web page"
        sys.stderr.write(f"Dagster: {page}, over {where.root}; Ctrl-C stops it\n")
        sys.stderr.write(
            f"inbox: {inbox}; a folder or file put there is a batch, and is done without a hand\n"
        )
        code = _run(_command(port, web=web), os.environ | {"DAGSTER_HOME": str(where.dagster)})
    if code != 0:
        raise CommandError(f"Dagster ended with code {code}", code=1)


def _command(port: int, *, web: bool) -> list[str]:
    if not web:
        return [sys.executable, "-m", "dagster._daemon", "run", "-m", _DEFINITIONS]
    page = ["-h", "127.0.0.1", "-p", str(port)]
    return [sys.executable, "-m", "dagster", "dev", "-m", _DEFINITIONS, *page]


def _run(command: list[str], environment: dict[str, str]) -> int:
    """The exit code of a command; 0 where it was asked to stop, by Ctrl-C or by whoever started us."""
    process = subprocess.Popen(command, env=environment)
    stopped = False

    def stop(number: int, _frame: FrameType | None) -> None:
        nonlocal stopped
        # A terminal sends Ctrl-C to Dagster as well; a service manager may send its signal to us alone. Dagster
        # ends its servers in its own order on either.
        if number != signal.SIGINT or not sys.stdin.isatty():
            process.send_signal(signal.SIGINT)
        stopped = True

    before = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        code = process.wait()
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
    return 0 if stopped else code


@contextmanager
def _only_one(home: Home) -> Iterator[None]:
    """Keep a second one away from this home: two daemons would do everything twice."""
    with (home.dagster / "daemon.lock").open("a+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.seek(0)
            raise CommandError(
                f"`communique dev` is at work over {home.root} already (process {file.read().strip()})"
            ) from None
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        yield


def _prepared(home: Home, settings: Settings) -> Path:
    """The inbox, made where it is missing; Dagster's storage knows of every batch, and of no run as alive that is dead."""
    import dagster as dg

    inbox = settings.inbox_folder.expanduser()
    try:
        inbox.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise CommandError(
            f"cannot make the inbox {inbox}: {error.strerror}; set COMMUNIQUE_INBOX to another"
        ) from error
    with dg.DagsterInstance.from_config(str(home.dagster)) as instance:
        instance.add_dynamic_partitions("batches", list(batches.names(home)))
        _bury_dead_runs(instance, home)
    return inbox.resolve()


def _bury_dead_runs(instance: dg.DagsterInstance, home: Home) -> None:
    """Mark runs as failed whose process went down with an earlier daemon; nobody else would ever notice.

    Dagster then starts them again by itself, and they take over what they had staged.
    """
    import dagster as dg

    begun = [dg.DagsterRunStatus.STARTING, dg.DagsterRunStatus.STARTED, dg.DagsterRunStatus.CANCELING]
    for run in instance.get_runs(dg.RunsFilter(statuses=begun)):
        if not runs.is_alive(home, run.run_id):
            instance.report_run_failed(run, message=runs.KILLED)
            instance.event_log_storage.free_concurrency_slots_for_run(run.run_id)
