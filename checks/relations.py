"""Checks in plain SQL: keys, references and the rules between tables, over whatever a connection shows."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from pathlib import Path

import duckdb

from checks.result import CheckResult
from checks.rules import RULES, Over, RelationRule
from warehouse.tables import TABLES, Column, Table
from warehouse.tables.ddl import parquet, quoted

_EXAMPLES = 5


def rules_of(table: Table, over: Over, visible: Collection[str]) -> list[RelationRule]:
    """Every relation rule about a table that can be judged with the visible tables."""
    columns = table.columns if over == "published" else table.stored
    derived = [
        *(_unique_key(table, over) if table.key else ()),
        *(_not_empty(table, over) if not table.may_be_empty else ()),
        *(_reference(table, column, over) for column in columns if _target(column) in visible),
    ]
    written = [rule for rule in RULES if rule.table == table.name and rule.over == over]
    return derived + written


def check_relations(
    con: duckdb.DuckDBPyConnection,
    rules: Iterable[RelationRule],
    batch: str | None = None,
    file: Path | None = None,
) -> list[CheckResult]:
    """One result per rule; ``file`` holds the rules' table, where rows that break one are to be found in it."""
    return [_evaluate(con, rule, batch, file) for rule in rules]


def _evaluate(
    con: duckdb.DuckDBPyConnection, rule: RelationRule, batch: str | None, file: Path | None
) -> CheckResult:
    count, rows, error = 0, None, None
    examples: tuple[str, ...] = ()
    positions: tuple[int, ...] = ()
    try:
        row = con.sql(f"SELECT count(*) FROM ({rule.sql})").fetchone()  # noqa: S608
        count = int(row[0]) if row else 0
        if count:
            examples = _examples(con, rule)
        if count and rule.one_by_one and file is not None:
            rows, positions = _places(con, rule, file)
    except duckdb.Error as problem:
        error = str(problem).splitlines()[0]
    return CheckResult(
        table=rule.table,
        kind="relations",
        expectation=rule.name,
        severity=rule.severity,
        success=count == 0 and error is None,
        reason=rule.reason,
        batch=batch,
        rows=rows,
        unexpected_count=count,
        examples=examples,
        error=error,
        positions=positions,
    )


def _examples(con: duckdb.DuckDBPyConnection, rule: RelationRule) -> tuple[str, ...]:
    found = con.sql(f"SELECT * FROM ({rule.sql}) ORDER BY ALL LIMIT {_EXAMPLES}")  # noqa: S608
    return tuple(
        ", ".join(f"{name}={value}" for name, value in zip(found.columns, row, strict=True))
        for row in found.fetchall()
    )


def _places(con: duckdb.DuckDBPyConnection, rule: RelationRule, file: Path) -> tuple[int, tuple[int, ...]]:
    """How many rows the file has, and where in it those are that break the rule."""
    numbered = parquet(file, numbered=True)
    key = ", ".join(map(quoted, TABLES[rule.table].key))
    found = con.sql(
        f"SELECT file_row_number FROM {numbered} SEMI JOIN ({rule.sql}) USING ({key}) ORDER BY ALL"  # noqa: S608
    ).fetchall()
    (rows,) = con.sql(f"SELECT count(*) FROM {numbered}").fetchall()  # noqa: S608
    return int(rows[0]), tuple(place for (place,) in found)


def _target(column: Column) -> str | None:
    return column.references.partition(".")[0] if column.references else None


def _unique_key(table: Table, over: Over) -> list[RelationRule]:
    key = ", ".join(map(quoted, table.key))
    grouped = f"SELECT {key}, count(*) AS rows FROM {quoted(table.name)} GROUP BY {key}"  # noqa: S608
    reason = f"Rows are told apart by {', '.join(table.key)}"
    return [RelationRule("unique_key", table.name, over, f"{grouped} HAVING count(*) > 1", reason)]


def _not_empty(table: Table, over: Over) -> list[RelationRule]:
    sql = f"SELECT 0 AS rows WHERE NOT EXISTS (SELECT 1 FROM {quoted(table.name)})"  # noqa: S608
    reason = "No rows at all means that every file was taken away, or that something broke"
    return [RelationRule("not_empty", table.name, over, sql, reason, severity="warning")]


def _reference(table: Table, column: Column, over: Over) -> RelationRule:
    target, _, target_column = (column.references or "").partition(".")
    shown = ", ".join(f"t.{quoted(name)}" for name in dict.fromkeys((*table.key, column.name)))
    return RelationRule(
        name=f"{column.name}_is_in_{target}",
        table=table.name,
        over=over,
        sql=(
            f"SELECT {shown} FROM {quoted(table.name)} AS t ANTI JOIN {quoted(target)} AS r "  # noqa: S608
            f"ON t.{quoted(column.name)} = r.{quoted(target_column)} "
            f"WHERE t.{quoted(column.name)} IS NOT NULL"
        ),
        reason=f"{column.name} must name a row of {target}",
    )
