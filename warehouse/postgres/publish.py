"""The story of a publication: lock, fill a schema beside the serving one, switch, clear away.

A publication that is killed leaves the serving schema as it was; the next one clears its remains away.
"""

from __future__ import annotations

import contextlib
import time
from pathlib import Path

import duckdb
import psycopg

from warehouse import reader
from warehouse.postgres import access, schemas
from warehouse.postgres.address import Address
from warehouse.postgres.faults import PublicationError, told
from warehouse.postgres.fill import Published, Step, fill
from warehouse.postgres.schemas import Connection
from warehouse.postgres.session import opened
from warehouse.postgres.stamp import description, stamp

DEFAULT_SCHEMA = "communique"
_LOCK_PATIENCE_SECONDS = 10.0


def publish(
    file: Path,
    address: Address,
    *,
    schema: str = DEFAULT_SCHEMA,
    force: bool = False,
    attempts: int = 3,
    step: Step = lambda _: None,
) -> Published:
    """Publish the file under the schema's name; ``step`` hears what is being done.

    Only a lost connection is tried again, ``attempts`` times in all. Raises PublicationError where it cannot be
    done, and NotPublishedError where there is no file.
    """
    schemas.check_name(schema)
    for attempt in range(1, attempts + 1):
        try:
            with told(address.redacted, address.place):
                return _attempt(file, address, schema, force, step)
        except (duckdb.CatalogException, duckdb.BinderException) as error:
            raise PublicationError(
                f"another version made the published file ({str(error).splitlines()[0]}): "
                "`communique rerun --from publish` makes it anew"
            ) from error
        except PublicationError as error:
            if not error.is_transient or attempt == attempts:
                raise
            step(f"the connection failed, attempt {attempt} of {attempts}: {error}")
            time.sleep(2.0**attempt)
    raise ValueError("attempts must be at least 1")


def _attempt(file: Path, address: Address, schema: str, force: bool, step: Step) -> Published:
    done = Published(schema, address.place)
    with reader.connect(file) as source, opened(address) as con:
        _await_turn(con, schema)
        serving = schemas.serving(con, schema)
        _clear(con, schema, done)
        wanted = stamp(source)
        if serving.stamp == wanted and not force:
            done.is_unchanged = True
            return done
        _note(done, access.ensure_reader(con))
        fresh = schemas.create(con, schema, wanted, description(source))
        try:
            fill(source, con, address, fresh, done, step)
            step("switch")
            old = schemas.switch(con, schema, fresh)
        except BaseException:
            _abandon(con, fresh)
            raise
        if old is not None:
            step("drop")
            _note(done, schemas.drop(con, old))
    return done


def _await_turn(con: Connection, schema: str) -> None:
    """Hold this schema's publication until the connection ends. PublicationError where another one goes on holding it."""
    key = f"communique publication into {schema}"
    deadline = time.monotonic() + _LOCK_PATIENCE_SECONDS
    while not _one(con, "SELECT pg_try_advisory_lock(hashtextextended(%s, 0))", key):
        if time.monotonic() >= deadline:
            raise PublicationError(
                f"another publication into schema {schema!r} of this database is under way: "
                "nothing was done; try again when it has ended"
            )
        time.sleep(0.2)


def _clear(con: Connection, schema: str, done: Published) -> None:
    for name in schemas.leftovers(con, schema):
        _note(done, schemas.drop(con, name))


def _abandon(con: Connection, fresh: str) -> None:
    """Drop what was begun, where that is still possible; where it is not, the next publication does it."""
    with contextlib.suppress(psycopg.Error):
        schemas.drop(con, fresh)


def _one(con: Connection, statement: str, *values: object) -> object:
    row = con.execute(statement, values).fetchone()
    return row[0] if row else None


def _note(done: Published, note: str | None) -> None:
    if note is not None:
        done.notes.append(note)
