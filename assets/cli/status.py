"""``communique status``: batches, counts, what is stale, the last run and its checks, the published file."""

from __future__ import annotations

from pathlib import Path

from rich.console import Console
from rich.table import Table
from rich.text import Text

from assets.cli.homes import chosen_home
from assets.plan import Plan, make_plan, why_stale
from assets.stages import Stages, pipeline_stages
from warehouse import batches, runs
from warehouse.home import Home, existing_home
from warehouse.overlay import Overlay

_STAGE_TABLES = ("inputs", "raw_documents", "documents", "event_mentions")


def status_command(home: Path | None) -> None:
    """Print the state of a home; changes nothing."""
    where = existing_home(chosen_home(home))
    console = Console()
    names = batches.names(where)
    stages = pipeline_stages()
    plan = make_plan(where, stages, names)
    lake = Overlay(where)
    table = Table("batch", *_STAGE_TABLES, "stale from")
    for name in names:
        stamps = [lake.stamp(of, name) for of in _STAGE_TABLES]
        counts = [f"{stamp.rows:,}" if stamp else "–" for stamp in stamps]
        table.add_row(Text(name), *counts, _stale_from(lake, stages, name, plan))
    console.print(table)
    for stage, stale in (("share", plan.share), ("resolve", plan.resolve), ("publish", plan.publish)):
        console.print(f"{stage}: {'stale' if stale else 'up to date'}", highlight=False)
    _print_last_run(where, console)
    published = where.published
    size = f"{published.stat().st_size:,} bytes" if published.is_file() else "nothing is published yet"
    console.print(f"published: {published} ({size})", soft_wrap=True, highlight=False, markup=False)
    if not plan.is_empty:
        console.print("`communique rerun` brings everything up to date", highlight=False)


def _stale_from(lake: Overlay, stages: Stages, batch: str, plan: Plan) -> str:
    stage = plan.stale_batches.get(batch)
    return f"{stage}: {why_stale(lake, stages, batch, stage)}" if stage else "up to date"


def _print_last_run(home: Home, console: Console) -> None:
    history = runs.history(home)
    if not history:
        console.print("no run yet")
        return
    last = history[-1]
    console.print(
        f"last run: {last.run_id}, {last.outcome}, begun {last.started_at}", soft_wrap=True, highlight=False
    )
    if last.detail:
        console.print(Text(last.detail), soft_wrap=True)
    rows = [row for row in runs.results(home).to_pylist() if row["run_id"] == last.run_id]
    failed = [row for row in rows if not row["success"]]
    console.print(f"checks: {len(rows)} made, {len(failed)} not met", highlight=False)
    for row in failed:
        where = f"{row['table_name']}.{row['column_name']}" if row["column_name"] else row["table_name"]
        line = f"  {row['severity']}: {where}: {row['expectation']} on {row['unexpected_count']} rows"
        console.print(Text(line), soft_wrap=True)
