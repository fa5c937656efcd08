"""Measure a publication of generated mentions to a real PostgreSQL, step by step.

Run with ``make bench-postgres``. The server is the one that the tests bring along, on this machine, with durable writes as
a server has them; wall seconds are those of this machine at this moment. Reading the views whole is measured too.
"""

from __future__ import annotations

import argparse
import signal
import sys
import tempfile
import time
from pathlib import Path

from rich.console import Console
from rich.table import Table

from tests.bench.published import make_published
from tests.doors.servers import Server, embedded_programs, running
from warehouse.postgres.address import parse
from warehouse.postgres.publish import publish
from warehouse.tables import published

AS_A_SERVER_HAS_THEM = {
    "fsync": "on",
    "full_page_writes": "on",
    "shared_buffers": "512MB",
    "max_wal_size": "4GB",
}
_LARGE = 100_000


def main() -> None:
    """Print what each step of a first and of a second publication took."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--mentions", type=int, default=1_000_000)
    parser.add_argument("--file", type=Path, help="keep the generated file here, and use it if it is there")
    chosen = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that the server is stopped then, too
    console = Console(width=110)
    with tempfile.TemporaryDirectory() as scratch:
        file = chosen.file or Path(scratch) / "communique.duckdb"
        if not file.exists():
            make_published(file, chosen.mentions)
        console.print(f"{chosen.mentions:,} mentions, {file.stat().st_size / 1e6:,.0f} MB as DuckDB storage")
        with running(embedded_programs(), AS_A_SERVER_HAS_THEM) as server:
            for name in ("first publication", "second publication, beside the first"):
                _measure(console, server, file, name)
            _read_views(console, server)


def _measure(console: Console, server: Server, file: Path, name: str) -> None:
    begun = last = time.perf_counter()
    client, served = time.process_time(), server.cpu_seconds()
    steps: list[tuple[str, float]] = []
    current = "connect"

    def hear(step: str) -> None:
        nonlocal last, current
        now = time.perf_counter()
        steps.append((current, now - last))
        last, current = now, step

    done = publish(file, parse(server.dsn()), force=True, step=hear)
    hear("end")
    shown = Table("step", "rows", "wall s")
    for step, seconds in steps:
        rows = done.rows.get(step)
        if seconds >= 0.5 or (rows or 0) >= _LARGE:
            shown.add_row(step, f"{rows:,}" if rows is not None else "", f"{seconds:.1f}")
    shown.add_row(
        "all of it", f"{sum(done.rows.values()):,}", f"{time.perf_counter() - begun:.1f}", style="bold"
    )
    console.print(name, shown)
    time.sleep(1)  # the server's processes of this publication end
    client, served = time.process_time() - client, server.cpu_seconds() - served
    console.print(f"CPU seconds: {client:.1f} here, {served:.1f} in the server")
    for note in done.notes:
        console.print(f"note: {note}")


def _read_views(console: Console, server: Server) -> None:
    shown = Table("view", "rows", "read whole, wall s", "first 100 rows, wall s")
    with server.connect() as con:
        for view in (table.name for table in published() if table.relation == "view"):
            begun = time.perf_counter()
            rows = con.execute(f"CREATE TEMP TABLE seen AS SELECT * FROM communique.{view}").rowcount
            whole = time.perf_counter()
            con.execute(f"SELECT * FROM communique.{view} LIMIT 100").fetchall()
            shown.add_row(view, f"{rows:,}", f"{whole - begun:.1f}", f"{time.perf_counter() - whole:.1f}")
            con.execute("DROP TABLE seen")
    console.print(shown)


if __name__ == "__main__":
    main()
