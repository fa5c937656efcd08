"""Setting rows aside: a batch's staged tables are checked, and go on without the rows that broke a rule.

Which rows those may be is for ``checks.quarantine``. What hangs together goes together: an article with
everything the same stage says of it, a mention with its participants and agreements. What a row broke, and the
row, is kept in the stage's own quarantine table.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from assets.refused import keep_texts
from assets.work import Work
from checks.audit import audit_batch
from checks.quarantine import after, explained, to_set_aside
from checks.result import CheckResult
from pipelines.ids import stable_id
from warehouse.register import connect
from warehouse.tables import TABLES, Table, of_stage
from warehouse.tables.arrow import rows_to_arrow
from warehouse.tables.ddl import literal, parquet, quoted
from warehouse.tables.model import Stage
from warehouse.tables.quarantine import OF_STAGE

_CHARACTERS = 300
_ROWS = 10_000
_UNFINISHED = "unfinished"

Row = dict[str, Any]


def audited(work: Work, stage: Stage, batch: str) -> list[CheckResult]:
    """Check a stage's staged tables and set aside what may be. AuditError where a critical check still fails."""
    results = audit_batch(work.overlay, of_stage(stage), batch)
    broken = to_set_aside(results, work.bound)
    if broken:
        _set_aside(work, stage, batch, broken)
        results = after(broken, audit_batch(work.overlay, of_stage(stage), batch))
    results = explained(results, work.bound)
    work.record(results)
    return results


def _set_aside(work: Work, stage: Stage, batch: str, broken: Sequence[CheckResult]) -> None:
    """Write the stage's tables again without what is broken, and its quarantine with it."""
    target = OF_STAGE[stage]
    tables = [table for table in of_stage(stage) if table.unit]
    stamp = work.overlay.stamp(target.name, batch)
    if stamp is None:
        raise ValueError(f"batch {batch} has no {target.name} yet")
    with connect(work.home) as con:
        for table in tables:
            con.execute(f"CREATE VIEW {quoted(table.name)} AS {_numbered(work, table, batch)}")
        con.register("broken", _places(broken))
        con.execute(f"CREATE TABLE units AS {_units(tables)}")
        gone = _rows_set_aside(con, tables, batch, broken)
        if stage != "extract":
            keep_texts(work, batch, [row["document_id"] for row in gone if row["document_id"]])
        kept = pq.read_table(work.overlay.path(target.name, batch)).to_pylist()
        rows = rows_to_arrow(target, list({row["quarantine_id"]: row for row in [*kept, *gone]}.values()))
        # A stage with this fingerprint is not up to date, whatever a killed process leaves half done below.
        _write(work, target, batch, [rows], _UNFINISHED, stamp.version)
        for table in tables:
            whole = (
                f"SELECT * EXCLUDE (file_row_number) FROM {quoted(table.name)} WHERE NOT ({_is_gone(table)})"  # noqa: S608
            )
            left = con.sql(whole).to_arrow_reader(_ROWS)
            _write(
                work,
                table,
                batch,
                (pa.Table.from_batches([piece]) for piece in left),
                stamp.fingerprint,
                stamp.version,
            )
        _write(work, target, batch, [rows], stamp.fingerprint, stamp.version)


def _write(
    work: Work, table: Table, batch: str, chunks: Iterable[pa.Table], fingerprint: str, version: str
) -> None:
    with work.overlay.writer(table.name, batch) as writer:
        for chunk in chunks:
            writer.append(chunk)
        writer.finish(fingerprint, version)


def _numbered(work: Work, table: Table, batch: str) -> str:
    path = work.overlay.path(table.name, batch)
    if path is None:
        raise ValueError(f"batch {batch} has no {table.name} yet")
    return f"SELECT * FROM {parquet(path, numbered=True)}"  # noqa: S608


def _places(broken: Iterable[CheckResult]) -> pa.Table:
    """Which row of which table broke which result's rule."""
    rows = [
        {"in_table": result.table, "place": place, "number": number}
        for number, result in enumerate(broken)
        for place in result.positions
    ]
    schema = pa.schema([("in_table", pa.string()), ("place", pa.int64()), ("number", pa.int32())])
    return pa.Table.from_pylist(rows, schema=schema)


def _units(tables: Iterable[Table]) -> str:
    """What goes as a whole, with the first row that it goes for."""
    found = " UNION ALL ".join(
        f"SELECT t.{quoted(table.unit or '')} AS unit, in_table, file_row_number AS place, number "  # noqa: S608
        f"FROM {quoted(table.name)} AS t JOIN broken ON in_table = {literal(table.name)} AND place = file_row_number"
        for table in tables
    )
    first = "min_by({0}, (in_table, place, number)) AS {0}"
    shown = ", ".join(first.format(name) for name in ("in_table", "place", "number"))
    return f"SELECT unit, {shown} FROM ({found}) WHERE unit IS NOT NULL GROUP BY unit"  # noqa: S608


def _is_gone(table: Table) -> str:
    own = f"file_row_number IN (SELECT place FROM broken WHERE in_table = {literal(table.name)})"  # noqa: S608
    return f"{own} OR coalesce({quoted(table.unit or '')} IN (SELECT unit FROM units), false)"  # noqa: S608


def _rows_set_aside(
    con: duckdb.DuckDBPyConnection, tables: Sequence[Table], batch: str, broken: Sequence[CheckResult]
) -> list[Row]:
    """Rows of the quarantine: one for each rule that a row broke, one for each row that hangs on such a row."""
    rows: dict[tuple[str, int], Row] = {}
    for table in tables:
        gone = con.sql(f"SELECT * FROM {quoted(table.name)} WHERE {_is_gone(table)}").to_arrow_table()  # noqa: S608
        rows |= {(table.name, row.pop("file_row_number")): row for row in gone.to_pylist()}
    found = [
        _row(batch, result, result.table, rows[result.table, place])
        for result in broken
        for place in result.positions
    ]
    own = {(result.table, place) for result in broken for place in result.positions}
    units = {unit: rest for unit, *rest in con.sql("FROM units").fetchall()}
    for (name, place), row in rows.items():
        if (name, place) not in own:
            in_table, at, number = units[row[TABLES[name].unit or ""]]
            cause = f"{in_table} {_key(in_table, rows[in_table, at])}"
            found.append(_row(batch, broken[number], name, row, cause))
    return found


def _row(batch: str, result: CheckResult, table: str, row: Row, cause: str | None = None) -> Row:
    column = None if cause else result.column
    whole = json.dumps(row, ensure_ascii=False, default=_plain, sort_keys=True)
    return {
        "quarantine_id": stable_id(batch, table, whole, result.expectation, column, cause),
        "batch": batch,
        "table_name": table,
        "row_key": _key(table, row),
        "expectation": result.expectation,
        "column_name": column,
        "value": _short(row[column]) if column else None,
        "because_of": cause,
        "reason": result.reason or result.expectation,
        "content": json.dumps({name: _cut(value) for name, value in row.items()}, ensure_ascii=False, default=_plain),
        "document_id": row.get("document_id"),
    }  # fmt: skip


def _key(table: str, row: Row) -> str:
    return ", ".join(f"{name}={_short(row[name])}" for name in TABLES[table].key)


def _short(value: object) -> str | None:
    return None if value is None else _plain(value)[:_CHARACTERS]


def _cut(value: object) -> object:
    return value[:_CHARACTERS] if isinstance(value, str) else value


def _plain(value: object) -> str:
    return value.isoformat() if isinstance(value, (date, datetime)) else str(value)
