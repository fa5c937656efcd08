"""Which home a command means: the option, the environment, or ./data; and the folder of this machine that it is.

A home on object storage is worked on in a copy. What a command needs is brought before it, and what it wrote is taken
there when it has ended. Every command asks for its home with ``reading`` or ``writing_to``, once.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from assets.cli.errors import CommandError
from assets.cli.logs import say
from assets.settings import Settings, read_settings
from warehouse.home import HomeError
from warehouse.reader import NotPublishedError
from warehouse.remote.addresses import StoreError, is_address

if TYPE_CHECKING:
    from warehouse.remote.copies import Copy

Place = str | Path
"""A folder, or an address on object storage."""

PUBLISHED = ("batches", "layout.json", "communique.duckdb", "communique.json")
"""What a command needs that only asks the published file."""


@contextmanager
def reading(home: Place | None, *needed: str) -> Iterator[Path]:
    """The folder of a home for a command that changes nothing; ``needed`` are the files and folders that it reads.

    Without ``needed`` it is all of them. StoreError where the storage cannot be used.
    """
    settings = read_settings()
    place = str(home if home is not None else settings.home)
    if not is_address(place):
        yield Path(place)
        return
    copy = _copy(place, settings)
    copy.bring(*needed)
    with _called(copy):
        yield copy.root


@contextmanager
def writing_to(home: Place | None, wait: float | None = None) -> Iterator[Path]:
    """The folder of a home for a command that changes it, which may be told to ``wait`` so many seconds.

    StoreError where the storage cannot be used before the command's work, CommandError where it cannot after it.
    """
    settings = read_settings()
    place = str(home if home is not None else settings.home)
    if not is_address(place):
        yield Path(place)
        return
    copy = _copy(place, settings)
    is_done = False
    try:
        with (
            copy.working(wait_seconds=settings.wait_seconds if wait is None else wait, say=say),
            _called(copy),
        ):
            yield copy.root
            is_done = True
    except StoreError as error:
        if not is_done:
            raise
        raise CommandError(f"{error}; what was done is kept in {copy.root} until then", code=1) from error


def chosen_workers(workers: int | None) -> int:
    """How many processes ``--workers``, ``COMMUNIQUE_WORKERS`` or the default asks for."""
    return workers if workers is not None else read_settings().workers


def _copy(address: str, settings: Settings) -> Copy:
    from platformdirs import user_cache_path

    from warehouse.remote.copies import Copy

    return Copy.of(address, settings.cache or user_cache_path("communique"))


@contextmanager
def _called(copy: Copy) -> Iterator[None]:
    """Have errors about the home speak of its address, not of the folder that stands for it."""
    try:
        yield
    except (HomeError, NotPublishedError) as error:
        said = str(error).replace(str(copy.root), copy.address)
        raise type(error)(said) from error
