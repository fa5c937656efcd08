"""Having runs done by ``one_run`` in another process, and looking at what readers see of a home."""

from __future__ import annotations

import json
import subprocess
import sys
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import blake2b
from pathlib import Path
from subprocess import PIPE
from typing import Any

from warehouse import reader
from warehouse.home import Home

_ABOUT_THE_WORK = {"runs", "run_stages", "quality_results"}
_COLUMNS = """
SELECT table_name, string_agg(column_name, ', ') FROM duckdb_columns() JOIN duckdb_tables() USING (table_name)
WHERE data_type != 'TIMESTAMP WITH TIME ZONE' GROUP BY ALL ORDER BY ALL
"""


class Runner:
    """A process that does a run in a child of its own for each order."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        assert process.stdin is not None
        assert process.stdout is not None
        self._told, self._heard = process.stdin, process.stdout

    def begin(self, home: Home, inbox: Path, *names: str, **more: Any) -> None:
        """Have a run done over the folders of an inbox, or over some of them; ``more`` is as in ``one_run``."""
        folders = {
            path.name: str(path) for path in sorted(inbox.iterdir()) if not names or path.name in names
        }
        order = {"home": str(home.root), "run_id": str(uuid.uuid4()), "batches": folders, **more}
        self._told.write(json.dumps(order) + "\n")
        self._told.flush()

    def end(self) -> dict[str, Any]:
        """How the run ended: its exit code or signal, file operations, those of its commit, its last phase."""
        answer: dict[str, Any] = json.loads(self._heard.readline())
        return answer

    def run(self, home: Home, inbox: Path, *names: str, **more: Any) -> dict[str, Any]:
        """A run from its beginning to its end."""
        self.begin(home, inbox, *names, **more)
        return self.end()


@contextmanager
def runner() -> Iterator[Runner]:
    """A Runner, until the end of the block."""
    command = [sys.executable, str(Path(__file__).with_name("one_run.py"))]
    root = Path(__file__).parents[2]
    with subprocess.Popen(command, cwd=root, stdin=PIPE, stdout=PIPE, stderr=PIPE, text=True) as process:
        yield Runner(process)
        assert process.stdin is not None
        process.stdin.close()


def state(home: Home) -> dict[str, str] | None:
    """A digest of each published table's rows, without the times of reading; None where nothing is published."""
    if not home.published.exists():
        return None
    with reader.connect(home.published) as con:
        digests = {}
        for table, names in con.execute(_COLUMNS).fetchall():
            if table not in _ABOUT_THE_WORK:
                rows = con.execute(f"SELECT {names} FROM {table} ORDER BY ALL").fetchall()
                digests[table] = blake2b(repr(rows).encode(), digest_size=12).hexdigest()
        return digests


def leftovers(home: Home) -> list[str]:
    """Files and folders that only a run under way may have."""
    return sorted(map(str, [*home.staging.iterdir(), *home.root.glob("*.tmp*"), *home.root.rglob("*.part")]))
