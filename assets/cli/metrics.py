"""``communique metrics``: figures about a home for Prometheus, printed or written to a file."""

from __future__ import annotations

from pathlib import Path

import typer

from assets.cli.errors import CommandError
from assets.cli.homes import Place, reading
from warehouse.home import Home, existing_home


def metrics_command(*, output: Path | None, home: Place | None) -> None:
    """Print the figures, or write them to ``output``."""
    with reading(home) as root:
        _tell(existing_home(root), output)


def _tell(where: Home, output: Path | None) -> None:
    from assets.metrics import metrics, write_metrics

    if output is None:
        typer.echo(metrics(where), nl=False)
        return
    try:
        write_metrics(where, output)
    except OSError as error:
        raise CommandError(f"cannot write {output}: {error.strerror or error}", code=1) from error
