"""``communique dev``: Dagster's daemon over this home, and its web page unless nobody wants one.

The daemon watches the inbox, keeps the schedules and starts runs. One at a time over a home.
"""

from __future__ import annotations

import fcntl
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from assets.cli.errors import CommandError
from assets.cli.homes import Place
from assets.settings import Settings, read_settings
from warehouse import batches, runs
from warehouse.home import Home, open_home
from warehouse.remote.addresses import NO_ADDRESS, is_address

if TYPE_CHECKING:
    import dagster as dg

_DEFINITIONS = ("-m", "assets.definitions")
_STOPS = (signal.SIGINT, signal.SIGTERM)
_LOOK_SECONDS = 0.5
_PATIENCE_SECONDS = 60.0


def dev_command(port: int, home: Place | None, *, web: bool = True) -> None:
    """Start Dagster and wait for it to end. CommandError where one is at work over this home already."""
    place = str(home if home is not None else read_settings().home)
    if is_address(place):
        raise CommandError(NO_ADDRESS.format(address=place))
    where = open_home(Path(place))
    os.environ |= {"COMMUNIQUE_HOME": str(where.root), "DAGSTER_HOME": str(where.dagster)}
    settings = read_settings()
    with _only_one(where), TemporaryDirectory(prefix="communique-") as folder:
        inbox = _prepared(where, settings)
        page = f"http://127.0.0.1:{port}" if web else "no web page"
        sys.stderr.write(f"Dagster: {page}, over {where.root}; Ctrl-C stops it\n")
        sys.stderr.write(
            f"inbox: {inbox}; a folder or file put there is a batch, and is done without a hand\n"
        )
        if web:
            _run([_dagster("dev", *_DEFINITIONS, "-h", "127.0.0.1", "-p", str(port))])
            return
        # One server of definitions for as long as the daemon lives: without it, the daemon would start another
        # every minute, which imports everything again.
        socket = Path(folder) / "definitions"
        server = _dagster("api", "grpc", *_DEFINITIONS, "--socket", str(socket))
        daemon = [sys.executable, "-m", "dagster._daemon", "run", "--grpc-socket", str(socket)]
        _run([server, daemon], socket)


def _dagster(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "dagster", *arguments]


def _run(commands: Sequence[list[str]], ready: Path | None = None) -> None:
    """Run commands side by side, the others after the first has made the file ``ready``, until one ends.

    Ctrl-C, or the signal of a service manager, stops them. CommandError where one ends by itself.
    """
    asked = threading.Event()
    before = {number: signal.signal(number, lambda *_: asked.set()) for number in _STOPS}
    processes: list[subprocess.Popen[bytes]] = []
    try:
        for command in commands:
            processes.append(subprocess.Popen(command, start_new_session=True))
            while ready is not None and not ready.exists() and processes[0].poll() is None:
                if asked.wait(_LOOK_SECONDS):
                    return
        while not asked.wait(_LOOK_SECONDS):
            ended = next((process for process in processes if process.poll() is not None), None)
            if ended is not None:
                raise CommandError(f"Dagster ended with code {ended.returncode}", code=1)
    finally:
        for process in reversed(processes):
            # Not Ctrl-C of the terminal, which would reach all of them and their runs at once: Dagster ends its
            # servers in its own order.
            process.send_signal(signal.SIGINT)
            try:
                process.wait(_PATIENCE_SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()
        for number, handler in before.items():
            signal.signal(number, handler)


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
