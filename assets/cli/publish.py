"""``communique publish``: the published tables into PostgreSQL, with what was done told in a few lines."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console

from assets.cli.errors import CommandError
from assets.cli.homes import PUBLISHED, Place, reading
from assets.settings import read_settings
from warehouse.home import existing_home
from warehouse.postgres import schemas
from warehouse.postgres.access import READER
from warehouse.postgres.address import parse
from warehouse.postgres.faults import PublicationError
from warehouse.postgres.fill import Published, Step
from warehouse.postgres.publish import publish


def publish_command(dsn: str | None, *, schema: str, force: bool, home: Place | None) -> None:
    """Publish the home's file to the address given, or to that of the settings."""
    try:
        schemas.check_name(schema)
        address = parse(_chosen(dsn))
    except PublicationError as error:
        raise CommandError(str(error)) from None
    with reading(home, *PUBLISHED) as root, _heard() as step:
        try:
            done = publish(existing_home(root).published, address, schema=schema, force=force, step=step)
        except PublicationError as error:
            raise CommandError(f"{error}; what was published before is served as it was", code=1) from None
        except KeyboardInterrupt:
            raise CommandError("stopped; what was published before is served as it was", code=130) from None
    _tell(done)


def _chosen(dsn: str | None) -> str:
    setting = read_settings().postgres_dsn
    if dsn is not None:
        return dsn
    if setting is None or not setting.get_secret_value():
        raise CommandError(
            "where to? communique publish postgresql://user@host/database, or set COMMUNIQUE_POSTGRES_DSN"
        )
    return setting.get_secret_value()


@contextmanager
def _heard() -> Iterator[Step]:
    """Shows what is being done, where a person is looking."""
    console = Console(stderr=True)
    with console.status("connecting") as status:
        yield lambda name: status.update(name, spinner="dots")


def _tell(done: Published) -> None:
    console = Console(stderr=True, highlight=False, soft_wrap=True)
    for note in done.notes:
        console.print(f"note: {note}", markup=False)
    if done.is_unchanged:
        console.print(
            f"nothing to do: schema {done.schema} of {done.place} holds this publication", markup=False
        )
        return
    rows = sum(done.rows.values())
    console.print(
        f"published {rows:,} rows of {len(done.rows)} tables to schema {done.schema} of {done.place}\n"
        f"let people read with: GRANT {READER} TO …",
        markup=False,
    )
