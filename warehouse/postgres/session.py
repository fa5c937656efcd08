"""Sessions on the server, as a publication wants them: checked, patient, with room to sort.

What is done in them is for ``publish`` and ``fill``.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

import psycopg

from warehouse.postgres.address import Address
from warehouse.postgres.faults import PublicationError
from warehouse.postgres.schemas import Connection

_OLDEST_SERVER = 120000
_SESSION = (
    "SET client_min_messages = warning",
    "SET maintenance_work_mem = '256MB'",
    # Half the rows that the server would look at: for some three hundred columns that is soon a tenth of the whole time.
    "SET default_statistics_target = 50",
    "SET lock_timeout = 0",
    "SET statement_timeout = 0",
    "SET idle_in_transaction_session_timeout = 0",
)


@contextlib.contextmanager
def opened(address: Address) -> Iterator[Connection]:
    """A session with autocommit. PublicationError where the server is too old or the database in another encoding."""
    with psycopg.connect(address.conninfo, autocommit=True) as con:
        _prepare(con)
        yield con


def _prepare(con: Connection) -> None:
    if con.info.server_version < _OLDEST_SERVER:
        raise PublicationError(
            f"the server is PostgreSQL {con.info.server_version // 10000}: 12 or newer is needed"
        )
    if con.info.parameter_status("server_encoding") != "UTF8":
        raise PublicationError(
            f"the database is encoded in {con.info.parameter_status('server_encoding')}: create one with ENCODING 'UTF8'"
        )
    for setting in _SESSION:
        con.execute(setting)
    if con.info.server_version >= 140000:
        # The server notices soon when a publisher was killed during a long statement, and lets its lock go.
        with contextlib.suppress(psycopg.errors.InvalidParameterValue):  # not every operating system can
            con.execute("SET client_connection_check_interval = '2s'")
