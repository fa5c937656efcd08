"""Where to publish: a PostgreSQL address, and keeping its password out of everything that is told.

An address is shown by its user, host, port and database alone; it has no representation that holds more.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from urllib.parse import quote

import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from warehouse.postgres.faults import PublicationError

_SECRETS = ("password", "sslpassword", "oauth_client_secret")
_HIDDEN = "***"
# A server that is gone is noticed by the network after about a minute, not after hours.
_DEFAULTS = {
    "application_name": "communique",
    "connect_timeout": "10",
    "keepalives_idle": "30",
    "keepalives_interval": "10",
    "keepalives_count": "3",
}


@dataclass(frozen=True, slots=True, repr=False)
class Address:
    """An address. ``conninfo`` is what libpq takes, secrets included; ``place`` may be told to anybody."""

    conninfo: str
    place: str
    secrets: tuple[str, ...]

    def __repr__(self) -> str:
        return f"Address({self.place})"

    def redacted(self, text: str) -> str:
        """The text without the address's secrets, as they are and as they stand in an address."""
        for secret in sorted(self.secrets, key=len, reverse=True):
            for form in (secret, quote(secret, safe="")):
                text = text.replace(form, _HIDDEN)
        return text


def parse(dsn: str) -> Address:
    """The address that a DSN names, either ``postgresql://…`` or ``host=… dbname=…``.

    What it leaves out libpq takes from its environment (``PGPASSWORD``, ``~/.pgpass`` and so on). Raises
    PublicationError where it is no address; the message repeats nothing of it, because a mistyped password may
    be anywhere in it.
    """
    try:
        given = {
            name: str(value) for name, value in conninfo_to_dict(dsn.strip()).items() if value is not None
        }
    except psycopg.Error:
        given = {}
    if not given:
        raise PublicationError(
            "this is no PostgreSQL address: give postgresql://user@host:5432/database "
            "(special characters of a password as %40 for @, %2F for /)"
        )
    secrets = tuple(given[name] for name in _SECRETS if given.get(name))
    if os.environ.get("PGPASSWORD"):
        secrets += (os.environ["PGPASSWORD"],)
    return Address(make_conninfo(**{**_DEFAULTS, **given}), _place(given), secrets)


def _place(given: dict[str, str]) -> str:
    host = given.get("host") or given.get("hostaddr") or os.environ.get("PGHOST") or "local socket"
    port = given.get("port") or os.environ.get("PGPORT") or "5432"
    user = given.get("user") or os.environ.get("PGUSER")
    database = given.get("dbname") or os.environ.get("PGDATABASE") or user or "default database"
    return f"{user + '@' if user else ''}{host}:{port}/{database}"
