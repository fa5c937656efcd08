"""``communique dev``: Dagster's own web page and daemon over this home."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from assets.cli.errors import CommandError
from assets.cli.homes import chosen_home
from warehouse import batches
from warehouse.home import Home, open_home


def dev_command(port: int, home: Path | None) -> None:
    """Start ``dagster dev`` on 127.0.0.1 and wait for it to end."""
    where = open_home(chosen_home(home))
    _add_partitions(where)
    environment = os.environ | {"DAGSTER_HOME": str(where.dagster), "COMMUNIQUE_HOME": str(where.root)}
    command = [
        sys.executable,
        "-m",
        "dagster",
        "dev",
        "-m",
        "assets.definitions",
        "-h",
        "127.0.0.1",
        "-p",
        str(port),
    ]
    sys.stderr.write(f"Dagster: http://127.0.0.1:{port} over {where.root}; Ctrl-C stops it\n")
    process = subprocess.Popen(command, env=environment)
    try:
        code = process.wait()
    except KeyboardInterrupt:
        # The terminal has sent Ctrl-C to Dagster as well, which ends its servers in its own order.
        code = process.wait()
        return
    if code != 0:
        raise CommandError(f"dagster dev ended with code {code}", code=1)


def _add_partitions(home: Home) -> None:
    import dagster as dg

    with dg.DagsterInstance.from_config(str(home.dagster)) as instance:
        instance.add_dynamic_partitions("batches", list(batches.names(home)))
