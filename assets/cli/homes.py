"""Which home a command means: the option, the environment, or ./data."""

from __future__ import annotations

from pathlib import Path

from assets.settings import read_settings


def chosen_home(home: Path | None) -> Path:
    """The folder that ``--home``, ``COMMUNIQUE_HOME`` or the default names."""
    return home if home is not None else read_settings().home


def chosen_workers(workers: int | None) -> int:
    """How many processes ``--workers``, ``COMMUNIQUE_WORKERS`` or the default asks for."""
    return workers if workers is not None else read_settings().workers
