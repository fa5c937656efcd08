"""The schemas on the server: the one that serves, the one being filled beside it, and those that were left behind.

A schema of ours says so in its comment, which also holds the stamp of what was published; no other schema is ever
replaced or dropped.
"""

from __future__ import annotations

import random
import re
import secrets
import time
from dataclasses import dataclass

import psycopg

from warehouse.postgres.faults import PublicationError
from warehouse.tables.ddl import literal, quoted

Connection = psycopg.Connection[tuple[object, ...]]

_NAME = re.compile(r"[a-z_][a-z0-9_]{0,39}")
_MARK = "Published by communique"
_STAMP = re.compile(re.escape(_MARK) + r".*\(stamp ([0-9a-f]+)\)", re.S)
_BESIDE = re.compile(r"__(next|old)_[0-9a-f]{12}")
# How long the switch waits in the hope of a moment without readers, before it switches beside them; and how long
# dropping waits, which the next publication can do as well.
_SWITCH_PATIENCE_SECONDS = 30.0
_DROP_PATIENCE_SECONDS = 2.0
_BUSY = (psycopg.errors.LockNotAvailable, psycopg.errors.QueryCanceled)


@dataclass(frozen=True, slots=True)
class Serving:
    """What stands under the name of publication; ``stamp`` is that of the published file it was made from."""

    exists: bool
    stamp: str | None = None


def check_name(schema: str) -> None:
    """Pass a name that a schema of ours may have. PublicationError otherwise."""
    if not _NAME.fullmatch(schema) or schema.startswith("pg_") or _BESIDE.search(schema):
        raise PublicationError(
            f"{schema!r} cannot be the schema: give up to 40 small letters, digits and _, not beginning with pg_"
        )


def serving(con: Connection, schema: str) -> Serving:
    """What readers find now. PublicationError where a schema of that name is not ours."""
    row = con.execute(
        "SELECT obj_description(oid, 'pg_namespace') FROM pg_namespace WHERE nspname = %s", [schema]
    ).fetchone()
    if row is None:
        return Serving(exists=False)
    found = _STAMP.search(str(row[0] or ""))
    if found is None:
        raise PublicationError(
            f"the schema {schema!r} is there already and was not made by communique: "
            "nothing was done; choose another with --schema, or drop it"
        )
    return Serving(exists=True, stamp=found[1])


def create(con: Connection, schema: str, stamp: str, description: str) -> str:
    """Make the schema to fill beside the serving one, in one step with its comment; its name."""
    name = f"{schema}__next_{secrets.token_hex(6)}"
    comment = f"{_MARK}: {description} (stamp {stamp})"
    with con.transaction():
        con.execute(f"CREATE SCHEMA {quoted(name)}")
        con.execute(f"COMMENT ON SCHEMA {quoted(name)} IS {literal(comment)}")
    return name


def switch(con: Connection, schema: str, fresh: str) -> str | None:
    """Let the filled schema serve, in one transaction; the name under which the old one is now, if there was one.

    Waits for a moment in which no reader holds a table, so that not even a transaction of several queries sees
    two publications. Where there is no such moment for long it switches all the same: whoever reads goes on
    reading the old tables to the end.
    """
    deadline = time.monotonic() + _SWITCH_PATIENCE_SECONDS
    while time.monotonic() < deadline:
        try:
            return _rename(con, schema, fresh, wait_for_readers=True)
        except _BUSY:
            _pause()
    return _rename(con, schema, fresh, wait_for_readers=False)


def _rename(con: Connection, schema: str, fresh: str, *, wait_for_readers: bool) -> str | None:
    old = f"{schema}__old_{secrets.token_hex(6)}" if serving(con, schema).exists else None
    with con.transaction():
        if old is not None:
            if wait_for_readers:
                _lock(con, _relations(con, schema))
            con.execute(f"ALTER SCHEMA {quoted(schema)} RENAME TO {quoted(old)}")
        con.execute(f"ALTER SCHEMA {quoted(fresh)} RENAME TO {quoted(schema)}")
    return old


def leftovers(con: Connection, schema: str) -> list[str]:
    """Schemas of earlier publications under this name that do not serve: half filled, or still read when replaced."""
    rows = con.execute(
        "SELECT nspname FROM pg_namespace WHERE starts_with(nspname, %s) "
        "AND starts_with(obj_description(oid, 'pg_namespace'), %s) ORDER BY nspname",
        [f"{schema}__", _MARK],
    ).fetchall()
    names = [str(name) for (name,) in rows]
    return [name for name in names if _BESIDE.fullmatch(name.removeprefix(schema))]


def drop(con: Connection, name: str) -> str | None:
    """Drop a schema that does not serve and everything we made in it; why it stays, where it has to.

    Whatever others made that depends on it keeps it in place: nothing of theirs is dropped with it.
    """
    deadline = time.monotonic() + _DROP_PATIENCE_SECONDS
    while True:
        try:
            _drop(con, name)
        except _BUSY:
            if time.monotonic() >= deadline:
                return f"{name} is still being read: the next publication drops it"
            _pause()
        except psycopg.errors.DependentObjectsStillExist as error:
            what = (error.diag.message_detail or "").splitlines()
            return f"{name} stays, because something of yours depends on it{': ' + what[0] if what else ''}"
        else:
            return None


def _drop(con: Connection, name: str) -> None:
    with con.transaction():
        _lock(con, _relations(con, name))
        for kind, type_ in (("VIEW", "v"), ("TABLE", "r")):
            relations = _relations(con, name, type_)
            if relations:
                con.execute(f"DROP {kind} {', '.join(relations)}")
        con.execute(f"DROP SCHEMA {quoted(name)}")


def _lock(con: Connection, relations: list[str]) -> None:
    """Keep everybody out of the relations until the transaction ends. One of ``_BUSY`` where somebody is in there.

    Gives up long before the server takes us and a reader, each waiting for the other, for a deadlock: it might
    end the reader.
    """
    if not relations:
        return
    row = con.execute("SELECT setting::integer FROM pg_settings WHERE name = 'deadlock_timeout'").fetchone()
    milliseconds = max(1, int(str(row[0]) if row else "1000") * 4 // 10)
    con.execute(f"SET LOCAL statement_timeout = {milliseconds}")
    con.execute(f"LOCK TABLE {', '.join(relations)} IN ACCESS EXCLUSIVE MODE")
    con.execute("SET LOCAL statement_timeout = 0")


def _pause() -> None:
    time.sleep(random.uniform(0.01, 0.1))


def _relations(con: Connection, schema: str, types: str = "rv") -> list[str]:
    rows = con.execute(
        "SELECT format('%%I.%%I', nspname, relname) FROM pg_class JOIN pg_namespace n ON n.oid = relnamespace "
        "WHERE nspname = %s AND strpos(%s, relkind::text) > 0 ORDER BY relkind DESC, relname",
        [schema, types],
    ).fetchall()
    return [str(name) for (name,) in rows]
