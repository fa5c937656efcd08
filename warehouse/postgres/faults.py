"""What went wrong with PostgreSQL: in one line, without secrets, and whether trying again may help.

Errors of the drivers never leave this package as they are: they may quote an address.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import adbc_driver_manager as adbc
import psycopg

# Classes and codes of SQLSTATE that speak of the connection, not of what was asked: lost, shutting down,
# starting up, too many clients.
_TRANSIENT_CLASSES = ("08",)
_TRANSIENT_CODES = ("57P01", "57P02", "57P03", "53300")
# A connection that never came to be has no SQLSTATE. libpq says FATAL where the server refused it for a reason that
# stays (password, database, rights), except for these.
_PASSING = ("starting up", "shutting down", "too many clients", "recovery mode")
_STAYING = (
    "FATAL",
    "Name or service not known",
    "no password supplied",
    "certificate",
    "does not support SSL",
)


class PublicationError(Exception):
    """The publication failed; the message is one line that may be told to anybody.

    ``is_transient`` says that the connection failed, and that the same may succeed a little later.
    """

    def __init__(self, message: str, *, is_transient: bool = False) -> None:
        super().__init__(message)
        self.is_transient = is_transient


@contextmanager
def told(redacted: Callable[[str], str], place: str) -> Iterator[None]:
    """Turn the drivers' errors into PublicationError, whose traceback leads to none of them."""
    try:
        yield
    except (psycopg.Error, adbc.Error) as error:
        message = redacted(_first_line(error))
        raise PublicationError(f"{place}: {message}", is_transient=is_transient(error)) from None


def is_transient(error: psycopg.Error | adbc.Error) -> bool:
    """Whether an error of a driver is about the connection alone."""
    code = error.sqlstate or ""
    if code.strip("\0"):
        return code.startswith(_TRANSIENT_CLASSES) or code in _TRANSIENT_CODES
    if isinstance(error, adbc.Error):
        return error.status_code == adbc.AdbcStatusCode.IO
    text = str(error)
    return isinstance(error, psycopg.OperationalError) and (
        any(words in text for words in _PASSING) or not any(words in text for words in _STAYING)
    )


def _first_line(error: psycopg.Error | adbc.Error) -> str:
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    detail = error.diag.message_primary if isinstance(error, psycopg.Error) else None
    return detail or (lines[0] if lines else type(error).__name__)
