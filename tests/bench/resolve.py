"""Measure resolving and publishing generated mentions, checks included, and every recipe's query over the result.

Run with ``make bench-resolve``. Each size is generated, resolved and published in a process of its own, so that its
peak memory is its own. CPU seconds compare better than wall seconds, which are those of this machine at this moment.
"""

from __future__ import annotations

import argparse
import json
import math
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

SIZES = (10_000, 30_000, 100_000, 300_000, 1_000_000)
Measured = dict[str, Any]


def main() -> None:
    """Print one table of sizes and one of queries."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--mentions", type=int, nargs="+", default=SIZES)
    parser.add_argument(
        "--home", type=Path, help="keep the homes in this folder, and use those that are there"
    )
    parser.add_argument("--step", choices=STEPS, help=argparse.SUPPRESS)
    parser.add_argument("--in", dest="at", type=Path, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.step:
        sys.stdout.write(json.dumps(STEPS[chosen.step](chosen.at, chosen.mentions[0])))
        return
    with tempfile.TemporaryDirectory() as scratch:
        _show([_measured(chosen.home or Path(scratch), size) for size in chosen.mentions])


def _measured(folder: Path, mentions: int) -> Measured:
    """Everything about one size. This process stays small: a child's peak begins with its parent's size."""
    home = folder / str(mentions)
    if not home.exists():
        _step("fill", home, mentions)
    found = _step("work", home, mentions) | {"mentions": mentions}
    sys.stderr.write(f"{json.dumps(found)}\n")
    return found | {"queries": _step("queries", home, mentions)}


def _step(name: str, home: Path, mentions: int) -> Measured:
    command = [
        sys.executable,
        "-m",
        "tests.bench.resolve",
        "--step",
        name,
        "--in",
        str(home),
        "--mentions",
        str(mentions),
    ]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    found: Measured = json.loads(done.stdout.splitlines()[-1])
    return found


def _timed(work: Callable[[], object]) -> tuple[float, float]:
    """Wall and CPU seconds."""
    wall, cpu = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - wall, time.process_time() - cpu


def fill(home: Path, mentions: int) -> Measured:
    """Generate the mentions into a new home."""
    from tests.bench.mentions import fill as fill_home
    from warehouse.home import open_home

    return {"batches": len(fill_home(open_home(home), mentions))}


def work(home: Path, mentions: int) -> Measured:
    """Resolve and publish what is in the home, as a run does; seconds, and peak memory of this process in MB."""
    from assets.register_work import do_publish, do_resolve
    from assets.stages import pipeline_stages
    from assets.work import Work
    from warehouse.home import open_home

    run = Work(open_home(home), f"bench-{time.time_ns()}", pipeline_stages(), force="resolve")
    run.begin([], whole=True)
    resolving, publishing = _timed(lambda: do_resolve(run)), _timed(lambda: do_publish(run))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"resolve": resolving, "publish": publishing, "peak": peak}


def queries(home: Path, mentions: int) -> Measured:
    """Wall seconds of every recipe over the published file, and of counting the rows of each layout."""
    from tests.docs.recipes import recipes
    from warehouse import reader
    from warehouse.tables import of_stage

    asked = {recipe.question: recipe.sql for recipe in recipes()}
    layouts = {
        f"all of {table.name}": f'SELECT count(*) FROM "{table.name}"'
        for table in of_stage("publish")
        if table.relation == "view"
    }
    with reader.connect(home / "communique.duckdb") as con:

        def took(sql: str) -> float:
            return _timed(lambda: con.sql(sql).fetchall())[0]

        return {
            "recipes": {name: took(sql) for name, sql in asked.items()},
            "layouts": {name: took(sql) for name, sql in layouts.items()},
        }


def _show(found: list[Measured]) -> None:
    from rich.console import Console
    from rich.table import Table

    console = Console(width=150)
    shown = Table(
        "mentions",
        "resolve, CPU s",
        "publish, CPU s",
        "both, wall s",
        "µs CPU / (n log₂ n)",
        "peak, MB",
        "slowest recipe, s",
    )
    for one in found:
        count, cpu = one["mentions"], one["resolve"][1] + one["publish"][1]
        shown.add_row(
            f"{count:,}",
            f"{one['resolve'][1]:.1f}",
            f"{one['publish'][1]:.1f}",
            f"{one['resolve'][0] + one['publish'][0]:.1f}",
            f"{cpu / (count * math.log2(count)) * 1e6:.2f}",
            f"{one['peak']:,.0f}",
            f"{max(one['queries']['recipes'].values()):.2f}",
        )
    console.print(shown)
    asked = Table("query", *(f"{one['mentions']:,}, s" for one in found))
    for kind in ("recipes", "layouts"):
        for name in found[-1]["queries"][kind]:
            asked.add_row(name, *(f"{one['queries'][kind][name]:.3f}" for one in found))
    console.print(asked)


STEPS: dict[str, Callable[[Path, int], Measured]] = {"fill": fill, "work": work, "queries": queries}

if __name__ == "__main__":
    main()
