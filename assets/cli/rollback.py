"""``communique rollback``: let readers see an earlier publication again, and hold it there."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table

from assets.cli.errors import CommandError
from assets.cli.homes import Place, reading, writing_to
from warehouse import commit, lock, publications
from warehouse.home import Home, existing_home, open_home


def rollback_command(run_id: str | None, *, listed: bool, release: bool, home: Place | None) -> None:
    """Go back to a publication, list those that are kept, or let runs publish again."""
    if sum((run_id is not None, listed, release)) > 1:
        raise CommandError("give a RUN_ID, --list or --release, not several of them")
    if listed:
        with reading(home) as root:
            _list(existing_home(root))
        return
    with writing_to(home) as root:
        where = open_home(existing_home(root).root)
        _release(where) if release else _go_back(where, run_id)


def _go_back(home: Home, wanted: str | None) -> None:
    """A run that is working now goes on: it will find the pin when it comes to publish."""
    with lock.switch(home):
        commit.finish_switches(home)
        target = publications.find(home, wanted)
        publications.go_back(home, target)
    Console().print(
        f"published again: run {target.run_id}, first published {_moment(target.published_at)}\n"
        "runs bring the lake up to date, but leave this file in its place until `communique rollback --release`",
        soft_wrap=True,
        highlight=False,
    )


def _release(home: Home) -> None:
    with lock.switch(home):
        commit.finish_switches(home)
        pinned = publications.pin(home)
        publications.release(home)
    said = "released: `communique rerun` publishes what the lake holds" if pinned else "nothing was held back"
    Console().print(said, highlight=False)


def _list(home: Home) -> None:
    present, pin = publications.current(home), publications.pin(home)
    table = Table("published at", "run", "documents", "events", "bytes", "")
    for one in publications.kept(home):
        is_present = present is not None and one.run_id == present.run_id
        state = ("held here" if pin else "published") if is_present else ""
        counts = [f"{one.rows[name]:,}" if name in one.rows else "–" for name in ("documents", "events")]
        table.add_row(_moment(one.published_at), one.run_id, *counts, f"{one.bytes:,}", state)
    Console().print(table)


def _moment(iso: str) -> str:
    """A time of a manifest to the second, in UTC; older versions kept none."""
    return f"{iso[:19].replace('T', ' ')} UTC" if iso else "unknown"
