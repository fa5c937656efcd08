"""What there is to query: relations, their columns and what they mean, read from the published file itself."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import duckdb

_PLAIN = re.compile(r"[A-Za-z_]\w*")


@dataclass(frozen=True, slots=True)
class ColumnEntry:
    """A column as the file declares it."""

    name: str
    type: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Relation:
    """A table or view, what a row of it is, and its columns in order."""

    name: str
    kind: str
    meaning: str
    columns: tuple[ColumnEntry, ...]


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Everything a prompt can name: relations by name, SQL's keywords, functions."""

    relations: dict[str, Relation] = field(default_factory=dict)
    keywords: tuple[str, ...] = ()
    functions: tuple[str, ...] = ()

    def find(self, name: str) -> Relation | None:
        """The relation of that name, whatever its case and quotes."""
        wanted = name.strip().strip('";').casefold()
        return next((r for n, r in self.relations.items() if n.casefold() == wanted), None)


def read_catalogue(con: duckdb.DuckDBPyConnection) -> Catalogue:
    """The catalogue of the file that the connection reads."""
    columns: dict[str, list[ColumnEntry]] = {}
    for relation, name, type_, meaning in con.execute(
        "SELECT table_name, column_name, data_type, coalesce(comment, '') FROM duckdb_columns() "
        "WHERE NOT internal ORDER BY table_name, column_index"
    ).fetchall():
        columns.setdefault(relation, []).append(ColumnEntry(name, type_, meaning))
    relations = con.execute(
        "SELECT table_name AS name, 'table' AS kind, coalesce(comment, '') FROM duckdb_tables() WHERE NOT internal "
        "UNION ALL "
        "SELECT view_name, 'view', coalesce(comment, '') FROM duckdb_views() WHERE NOT internal "
        "ORDER BY kind, name"
    ).fetchall()
    return Catalogue(
        {n: Relation(n, kind, meaning, tuple(columns.get(n, ()))) for n, kind, meaning in relations},
        tuple(_names(con, "SELECT upper(keyword_name) FROM duckdb_keywords() WHERE keyword_category = 'reserved'")),
        tuple(_names(con, "SELECT DISTINCT function_name FROM duckdb_functions() WHERE function_name ~ '[a-z][a-z0-9_]+'")),
    )  # fmt: skip


def quoted_if_needed(name: str) -> str:
    """A name as it must be written in a query."""
    return name if _PLAIN.fullmatch(name) else '"' + name.replace('"', '""') + '"'


def _names(con: duckdb.DuckDBPyConnection, query: str) -> list[str]:
    return sorted(name for (name,) in con.execute(query).fetchall())
