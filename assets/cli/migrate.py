"""``communique migrate``: bring a home up to this version after an upgrade."""

from __future__ import annotations

from pathlib import Path

import typer

from assets.cli.homes import Place, writing_to
from assets.cli.run import writing
from warehouse.home import existing_home
from warehouse.layout import migrate


def migrate_command(home: Place | None) -> None:
    """Migrate and tell what was done."""
    with writing_to(home) as root:
        where = existing_home(root)
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
