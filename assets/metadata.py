"""What Dagster shows of a table, from its declaration and files: columns, lineage, a look at its rows."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import dagster as dg
import pyarrow.parquet as pq

from checks.result import CheckResult
from warehouse.lake import Stamp
from warehouse.tables import TABLES, Column, Table
from warehouse.tables.ddl import SQL_TYPES, remark

_SAMPLE_ROWS = 5
_SAMPLE_CHARACTERS = 60


def table_metadata(table: Table, reads: Iterable[str]) -> dict[str, Any]:
    """Metadata that does not change from run to run: columns, and which upstream columns they come from."""
    return {
        "dagster/column_schema": dg.TableSchema(columns=[_column(column) for column in table.columns]),
        "dagster/column_lineage": _lineage(table, [TABLES[name] for name in reads]),
        "key": ", ".join(table.key) or "none",
    }


def run_metadata(table: Table, stamp: Stamp, path: Path | None, *, unchanged: bool) -> dict[str, Any]:
    """Metadata of one materialisation of a table."""
    found: dict[str, Any] = {
        "dagster/row_count": stamp.rows,
        "version": stamp.version,
        "fingerprint": stamp.fingerprint,
        "unchanged": unchanged,
    }
    if path is not None and stamp.rows:
        found["sample"] = dg.MetadataValue.md(_sample(table, path))
    return found


def check_metadata(results: Iterable[CheckResult]) -> dict[str, Any]:
    """Metadata of a check's evaluation: how many expectations, and what failed in words."""
    results = list(results)
    failed = [result for result in results if not result.success]
    metadata: dict[str, Any] = {"expectations": len(results), "failed": len(failed)}
    if failed:
        metadata["failures"] = dg.MetadataValue.md("\n".join(f"* {result.sentence()}" for result in failed))
    return metadata


def _column(column: Column) -> dg.TableColumn:
    return dg.TableColumn(
        name=column.name,
        type=SQL_TYPES["duckdb"][column.type],
        description=remark(column),
        constraints=dg.TableColumnConstraints(nullable=not column.required),
    )


def _lineage(table: Table, upstream: Iterable[Table]) -> dg.TableColumnLineage:
    """Each column with the columns of the same name in the tables that its stage reads."""
    deps: dict[str, list[dg.TableColumnDep]] = {}
    for source in upstream:
        for column in source.stored:
            if any(column.name == own.name for own in table.stored):
                deps.setdefault(column.name, []).append(
                    dg.TableColumnDep(asset_key=dg.AssetKey(source.name), column_name=column.name)
                )
    return dg.TableColumnLineage(deps_by_column=deps)


def _sample(table: Table, path: Path) -> str:
    """The first rows, without free text: Dagster keeps this for ever, and a text may have to be forgotten."""
    shown = [column.name for column in table.stored if _is_coded(column)]
    with pq.ParquetFile(path) as file:
        batch = next(file.iter_batches(batch_size=_SAMPLE_ROWS, columns=shown))
    header = "| " + " | ".join(batch.schema.names) + " |\n|" + "---|" * len(batch.schema.names)
    rows = ["| " + " | ".join(_cell(value) for value in row.values()) + " |" for row in batch.to_pylist()]
    return "\n".join([header, *rows])


def _is_coded(column: Column) -> bool:
    return column.type != "string" or bool(column.pattern or column.allowed or column.references)


def _cell(value: object) -> str:
    text = "" if value is None else " ".join(str(value).split()).replace("|", "\\|")
    return text if len(text) <= _SAMPLE_CHARACTERS else text[: _SAMPLE_CHARACTERS - 1] + "…"
