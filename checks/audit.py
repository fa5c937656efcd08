"""Judging what was staged: every check of a batch's tables, of the register's, of the published file's.

Reads files and connections that others made, moves nothing and decides nothing: whoever publishes looks at
the results.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from checks import reasons
from checks.relations import check_relations, rules_of
from checks.result import CheckResult
from checks.schema import check_schema
from checks.suite import check_rows
from warehouse.overlay import Overlay
from warehouse.register import FILE_STAGES, batch_views, register_views
from warehouse.tables import TABLES, Table

_CHUNK_ROWS = 100_000
_CHUNK_BYTES = 256 * 1024 * 1024
# Several rules ask for the same file, which does not change meanwhile.
_READ_ONCE = "SET parquet_metadata_cache = true"


class AuditError(Exception):
    """At least one critical check failed; the message names each, with examples of offending rows."""

    def __init__(self, results: Sequence[CheckResult]) -> None:
        super().__init__("\n".join(failure.sentence() for failure in failures(results)))
        self.results = tuple(results)


def audit_batch(overlay: Overlay, tables: Iterable[Table], batch: str) -> list[CheckResult]:
    """Every check of tables of one batch, as staged."""
    results = _audit_files(overlay, tables, batch, batch)
    judged = [result.table for result in results if result.kind == "schema" and result.success]
    with batch_views(overlay, batch) as con:
        con.execute(_READ_ONCE)
        visible = {
            name for name, table in TABLES.items() if table.scope == "batch" and overlay.path(name, batch)
        }
        for name in judged:
            rules = rules_of(TABLES[name], "batch", visible)
            results += check_relations(con, rules, batch, overlay.path(name, batch))
    return results


def audit_register(overlay: Overlay, tables: Iterable[Table]) -> list[CheckResult]:
    """Every check of tables over all batches, as staged."""
    tables = tuple(tables)
    results = _audit_files(overlay, tables, "_all", None)
    judged = [result.table for result in results if result.kind == "schema" and result.success]
    visible = {table.name for table in TABLES.values() if table.stage in FILE_STAGES}
    with register_views(overlay) as con:
        con.execute(_READ_ONCE)
        for name in judged:
            results += check_relations(con, rules_of(TABLES[name], "register", visible))
    return results


def audit_published(con: duckdb.DuckDBPyConnection, tables: Iterable[Table]) -> list[CheckResult]:
    """Every check of the published relations; rows only where no stage's audit has seen them before."""
    tables = tuple(tables)
    visible = {table.name for table in tables}
    results: list[CheckResult] = []
    for table in tables:
        if table.stage in ("publish", "operations"):
            results += check_rows(table, _query_chunks(con, table))
        results += check_relations(con, rules_of(table, "published", visible))
    return results


def failures(results: Iterable[CheckResult]) -> list[CheckResult]:
    """The results that keep data from being published."""
    return [result for result in results if result.blocks]


def _audit_files(
    overlay: Overlay, tables: Iterable[Table], part: str, batch: str | None
) -> list[CheckResult]:
    results: list[CheckResult] = []
    for table in tables:
        path = overlay.path(table.name, part)
        if path is None:
            results.append(_missing(table, batch))
            continue
        schema = check_schema(table, pq.read_schema(path), batch)
        results.append(schema)
        if schema.success:
            results += check_rows(table, _file_chunks(path), batch)
    return results


def _missing(table: Table, batch: str | None) -> CheckResult:
    return CheckResult(
        table.name,
        "schema",
        "was_written",
        "critical",
        success=False,
        reason=reasons.of_table("was_written"),
        batch=batch,
        observed="the stage left no file",
    )


def _file_chunks(path: Path) -> Iterator[pa.Table]:
    """The rows of a file in chunks that fit in memory whatever the length of the texts."""
    gathered: list[pa.RecordBatch] = []
    for batch in pq.ParquetFile(path).iter_batches(batch_size=8192):
        gathered.append(batch)
        if (
            sum(b.num_rows for b in gathered) >= _CHUNK_ROWS
            or sum(b.nbytes for b in gathered) >= _CHUNK_BYTES
        ):
            yield pa.Table.from_batches(gathered)
            gathered = []
    if gathered:
        yield pa.Table.from_batches(gathered)


def _query_chunks(con: duckdb.DuckDBPyConnection, table: Table) -> Iterator[pa.Table]:
    for batch in con.table(table.name).to_arrow_reader(_CHUNK_ROWS):
        yield pa.Table.from_batches([batch])
