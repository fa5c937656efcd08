"""``communique metrics``: figures about a home for Prometheus, printed or written to a file."""

from __future__ import annotations

from pathlib import Path

import typer

from assets.cli.errors import CommandError
from assets.cli.homes import chosen_home
from warehouse.home import existing_home


def metrics_command(*, output: Path | None, home: Path | None) -> None:
    """Print the figures, or write them to ``output``."""
    from assets.metrics import metrics, write_metrics

    where = existing_home(chosen_home(home))
    if output is None:
        typer.echo(metrics(where), nl=False)
        return
    try:
        write_metrics(where, output)
    except OSError as error:
        raise CommandError(f"cannot write {output}: {error.strerror or error}", code=1) from error
