"""``communique status``: batches, counts, what is stale and why, the last run and its checks, the published file."""

from __future__ import annotations

import sys
from pathlib import Path

from rich.console import Console
from rich.table import Table
from rich.text import Text

from assets.cli.homes import Place, reading
from assets.stages import pipeline_stages
from assets.state import COUNTED, HomeState, state_of
from warehouse.home import existing_home


def status_command(home: Place | None, *, format_: str = "text") -> None:
    """Print the state of a home; changes nothing."""
    with reading(home) as root:
        state = state_of(existing_home(root), pipeline_stages())
    if format_ == "json":
        sys.stdout.write(state.as_json() + "\n")
    else:
        _print(state, Console())


def _print(state: HomeState, console: Console) -> None:
    table = Table("batch", *COUNTED, "stale from")
    for batch in state.batches:
        counts = ["–" if rows is None else f"{rows:,}" for rows in batch.rows.values()]
        table.add_row(Text(batch.batch), *counts, batch.stale_from or "up to date")
    console.print(table)
    for batch in state.batches:
        for line in batch.lines():
            console.print(Text(f"{batch.batch}: {line}"), soft_wrap=True)
    for one in state.register:
        why = f": {one.why}" if one.why else ""
        console.print(f"{one.stage}: {one.state}{why}", highlight=False, markup=False)
    _print_last_run(state, console)
    if state.forgotten:
        console.print(f"forgotten: {state.forgotten} (`communique forget --list`)", highlight=False)
    if state.published is None:
        console.print("published: nothing yet", highlight=False)
    else:
        size = f"{state.published['bytes']:,} bytes"
        console.print(
            f"published: {state.published['path']} ({size})", soft_wrap=True, highlight=False, markup=False
        )
        if state.published["held_since"]:
            console.print(
                f"held at run {state.published['run_id']}: `communique rollback --release` lets runs publish again",
                soft_wrap=True,
                highlight=False,
            )
    pages = Path(state.home) / "quality" / "index.html"
    if pages.is_file():
        console.print(f"pages about its checks: {pages}", soft_wrap=True, highlight=False, markup=False)
    if not state.up_to_date:
        console.print("`communique rerun` brings everything up to date", highlight=False)


def _print_last_run(state: HomeState, console: Console) -> None:
    if state.last_run is None:
        console.print("no run yet")
        return
    run = state.last_run
    said = f"last run: {run['run_id']}, {run['outcome']}, begun {run['started_at']}"
    console.print(said, soft_wrap=True, highlight=False)
    if run["detail"]:
        console.print(Text(run["detail"]), soft_wrap=True)
    console.print(f"checks: {state.checks['made']} made, {state.checks['not_met']} not met", highlight=False)
    for row in state.checks["failed"]:
        where = f"{row['table_name']}.{row['column_name']}" if row["column_name"] else row["table_name"]
        line = f"  {row['severity']}: {where}: {row['expectation']} on {row['unexpected_count']} rows"
        console.print(Text(line), soft_wrap=True)
