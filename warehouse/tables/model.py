"""How a table is declared: the vocabulary, and nothing about any particular table.

A declaration is the one place where a table's columns, types, keys, units, descriptions and rules are
written. The Arrow schema, the DuckDB and PostgreSQL DDL, the Great Expectations suite, Dagster's column
metadata and the data dictionary are all derived from it (see the sibling modules ``arrow``, ``ddl``,
``dictionary`` and the ``checks`` room).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

ColumnType = Literal["string", "integer", "bigint", "double", "date", "timestamp", "boolean"]
Severity = Literal["critical", "warning"]
Stage = Literal["ingest", "learn", "share", "clean", "extract", "resolve", "publish", "operations"]
Scope = Literal["batch", "all"]
Relation = Literal["table", "view"]


@dataclass(frozen=True, slots=True)
class Column:
    """One column.

    ``required`` means never NULL. ``allowed``, ``minimum``/``maximum`` (inclusive) and ``pattern`` (a regular
    expression that the whole value must match) bound non-NULL values; ``severity`` says what a breach of
    these means. ``references`` names ``table.column`` whose values it must be among.
    ``reason`` says in a few words why the column's own rules exist, where the kind of rule does not say enough.
    ``linked_from`` names the link table of the resolve stage that supplies the column when the table is
    published; such a column is not part of the stage's own Parquet file.
    """

    name: str
    type: ColumnType
    description: str
    unit: str | None = None
    required: bool = False
    allowed: tuple[str, ...] = ()
    minimum: float | None = None
    maximum: float | None = None
    pattern: str | None = None
    references: str | None = None
    linked_from: str | None = None
    severity: Severity = "critical"
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class RowRule:
    """A rule over several columns of one row: ``sql`` is a boolean expression that must not be false.

    ``reason`` says in plain words why the rule exists; NULL counts as passed.
    """

    name: str
    sql: str
    reason: str
    severity: Severity = "critical"


@dataclass(frozen=True, slots=True)
class Table:
    """One table: what a row is, its columns, its key, and how it is stored.

    ``scope`` is ``batch`` for a file per batch and ``all`` for one file over all batches. ``sort`` is the
    order of rows on disk. ``published`` tables appear in ``communique.duckdb``; the others live in the lake only.
    ``relation`` is ``view`` for a layout computed when it is read. ``may_be_empty`` is False where no rows at all
    means that something broke. ``unit`` names the column of what goes into quarantine as a whole when one of its
    rows breaks a rule, with everything of the same stage that bears its id; rows of a table without one stop
    the run.
    """

    name: str
    row: str
    description: str
    stage: Stage
    columns: tuple[Column, ...]
    key: tuple[str, ...] = ()
    sort: tuple[str, ...] = ()
    scope: Scope = "batch"
    published: bool = True
    relation: Relation = "table"
    rules: tuple[RowRule, ...] = ()
    may_be_empty: bool = True
    unit: str | None = None

    def column(self, name: str) -> Column:
        """The column of that name; KeyError where there is none."""
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(f"{self.name} has no column {name}")

    @property
    def stored(self) -> tuple[Column, ...]:
        """The columns that the stage itself writes: those not supplied by a link table."""
        return tuple(column for column in self.columns if column.linked_from is None)
