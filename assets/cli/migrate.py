"""``communique migrate``: bring a home up to this version after an upgrade."""

from __future__ import annotations

from pathlib import Path

import typer

from assets.cli.homes import chosen_home
from assets.cli.run import writing
from warehouse.home import existing_home
from warehouse.layout import migrate


def migrate_command(home: Path | None) -> None:
    """Migrate and tell what was done."""
    where = existing_home(chosen_home(home))
    with writing(where, None):
        done = migrate(where)
        _upgrade_storage(where.dagster)
    for sentence in done or ["the layout is this version's: nothing to do"]:
        typer.echo(sentence)


def _upgrade_storage(folder: Path) -> None:
    """Let Dagster bring its own tables up to its version, where it has any."""
    if not (folder / "history").is_dir():
        return
    import dagster as dg

    with dg.DagsterInstance.from_config(str(folder)) as instance:
        instance.upgrade()
