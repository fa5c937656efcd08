"""What an ODBC client sees, through the driver manager's own C functions: no package stands between.

Only the few functions that list a catalogue.
"""

from __future__ import annotations

import ctypes
from ctypes.util import find_library

_ENVIRONMENT, _CONNECTION, _STATEMENT = 1, 2, 3
_ODBC_VERSION, _VERSION_3 = 200, 3
_TEXT, _NTS = 1, -3
_FINE = (0, 1)


class OdbcError(Exception):
    """What the driver said."""


class Odbc:
    """An open ODBC connection."""

    def __init__(self, connection: str) -> None:
        self._lib = ctypes.CDLL(find_library("odbc") or "libodbc.so.2")
        self._environment = self._allocate(_ENVIRONMENT, None)
        self._lib.SQLSetEnvAttr(self._environment, _ODBC_VERSION, ctypes.c_void_p(_VERSION_3), 0)
        self._connection = self._allocate(_CONNECTION, self._environment)
        text = connection.encode()
        code = self._lib.SQLDriverConnect(self._connection, None, text, len(text), None, 0, None, 0)
        self._check(code, _CONNECTION, self._connection)

    def tables(self, schema: str) -> list[tuple[str, str]]:
        """Name and remark of every relation: ``SQLTables``."""
        return [(row[2], row[4]) for row in self._listed("SQLTables", schema, b"TABLE,VIEW", 5)]

    def columns(self, schema: str, table: str) -> list[tuple[str, str]]:
        """Name and remark of every column of a relation: ``SQLColumns``."""
        rows = self._listed("SQLColumns", schema, b"%", 12, table)
        return [(row[3], row[11]) for row in rows if row[2] == table]

    def rows(self, query: str, width: int) -> list[list[str]]:
        """The rows of a query: ``SQLExecDirect``."""
        statement = self._allocate(_STATEMENT, self._connection)
        self._check(self._lib.SQLExecDirect(statement, query.encode(), _NTS), _STATEMENT, statement)
        return self._fetched(statement, width)

    def close(self) -> None:
        """Disconnect."""
        self._lib.SQLDisconnect(self._connection)
        self._lib.SQLFreeHandle(_CONNECTION, self._connection)
        self._lib.SQLFreeHandle(_ENVIRONMENT, self._environment)

    def _listed(
        self, function: str, schema: str, last: bytes, width: int, table: str = "%"
    ) -> list[list[str]]:
        statement = self._allocate(_STATEMENT, self._connection)
        code = getattr(self._lib, function)(
            statement, None, 0, schema.encode(), _NTS, table.encode(), _NTS, last, _NTS
        )
        self._check(code, _STATEMENT, statement)
        return self._fetched(statement, width)

    def _fetched(self, statement: ctypes.c_void_p, width: int) -> list[list[str]]:
        rows = []
        while self._lib.SQLFetch(statement) in _FINE:
            rows.append([self._value(statement, number) for number in range(1, width + 1)])
        self._lib.SQLFreeHandle(_STATEMENT, statement)
        return rows

    def _value(self, statement: ctypes.c_void_p, number: int) -> str:
        buffer, length = ctypes.create_string_buffer(8192), ctypes.c_ssize_t()
        self._lib.SQLGetData(statement, number, _TEXT, buffer, len(buffer), ctypes.byref(length))
        return "" if length.value < 0 else buffer.value.decode()

    def _allocate(self, kind: int, parent: ctypes.c_void_p | None) -> ctypes.c_void_p:
        handle = ctypes.c_void_p()
        assert self._lib.SQLAllocHandle(kind, parent, ctypes.byref(handle)) in _FINE
        return handle

    def _check(self, code: int, kind: int, handle: ctypes.c_void_p) -> None:
        if code not in _FINE:
            state, words, length = (
                ctypes.create_string_buffer(6),
                ctypes.create_string_buffer(1024),
                ctypes.c_short(),
            )
            self._lib.SQLGetDiagRec(kind, handle, 1, state, None, words, len(words), ctypes.byref(length))
            raise OdbcError(f"{state.value.decode()}: {words.value.decode(errors='replace')}")
