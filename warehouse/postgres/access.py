"""Who may read what is published: the role ``communique_reader``, which can look and nothing else."""

from __future__ import annotations

import psycopg

from warehouse.postgres.schemas import Connection
from warehouse.tables.ddl import quoted

READER = "communique_reader"


def ensure_reader(con: Connection) -> str | None:
    """Make sure that the role exists; where it cannot be made, what to tell the person who publishes."""
    if _exists(con):
        return None
    try:
        with con.transaction():
            con.execute(f"CREATE ROLE {READER} NOLOGIN")
            con.execute(
                f"COMMENT ON ROLE {READER} IS 'May read what communique publishes, and do nothing else'"
            )
    except (psycopg.errors.DuplicateObject, psycopg.errors.UniqueViolation):
        return None  # another publication made it at the same moment
    except psycopg.errors.InsufficientPrivilege:
        return (
            f"the role {READER} is missing and this user may not make roles: nobody else can read yet; "
            f"let an administrator run CREATE ROLE {READER} NOLOGIN, and publish again with --force"
        )
    return None


def let_read(con: Connection, schema: str) -> None:
    """Let the role, where it exists, read every relation of the schema."""
    if _exists(con):
        con.execute(f"GRANT USAGE ON SCHEMA {quoted(schema)} TO {READER}")
        con.execute(f"GRANT SELECT ON ALL TABLES IN SCHEMA {quoted(schema)} TO {READER}")


def _exists(con: Connection) -> bool:
    return con.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [READER]).fetchone() is not None
