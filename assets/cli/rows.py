"""Writing the rows of a query: for people, for spreadsheets, for programs."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    import duckdb

_ROWS_AT_A_TIME = 10_000
_ROWS_ON_SCREEN = 1_000


def write_rows(relation: duckdb.DuckDBPyRelation, format_: str, output: Path | None) -> None:
    """Write all rows in a format; tables for people stop after a thousand rows and say so."""
    if format_ == "parquet" and output is not None:
        _parquet(relation, output)
        return
    with _opened(output) as out:
        if format_ == "csv":
            _csv(relation, out)
        elif format_ == "json":
            _json(relation, out)
        else:
            _table(relation, out)


@contextmanager
def _opened(output: Path | None) -> Iterator[IO[str]]:
    if output is None:
        yield sys.stdout
    else:
        with output.open("w", encoding="utf-8", newline="") as file:
            yield file


def _csv(relation: duckdb.DuckDBPyRelation, out: IO[str]) -> None:
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(relation.columns)
    while rows := relation.fetchmany(_ROWS_AT_A_TIME):
        writer.writerows(rows)


def _json(relation: duckdb.DuckDBPyRelation, out: IO[str]) -> None:
    names = relation.columns
    first = True
    out.write("[")
    while rows := relation.fetchmany(_ROWS_AT_A_TIME):
        for row in rows:
            line = json.dumps(dict(zip(names, row, strict=True)), ensure_ascii=False, default=str)
            out.write(f"{'' if first else ','}\n{line}")
            first = False
    out.write("\n]\n")


def _parquet(relation: duckdb.DuckDBPyRelation, output: Path) -> None:
    import pyarrow.parquet as pq

    reader = relation.to_arrow_reader(_ROWS_AT_A_TIME)
    with pq.ParquetWriter(output, reader.schema, compression="zstd") as writer:
        for batch in reader:
            writer.write_batch(batch)


def _table(relation: duckdb.DuckDBPyRelation, out: IO[str]) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table()
    for name in relation.columns:
        table.add_column(Text(name), overflow="fold")
    rows = relation.fetchmany(_ROWS_ON_SCREEN + 1)
    for row in rows[:_ROWS_ON_SCREEN]:
        table.add_row(*(Text("NULL" if value is None else str(value)) for value in row))
    console = Console(file=out)
    console.print(table)
    if len(rows) > _ROWS_ON_SCREEN:
        console.print(f"the first {_ROWS_ON_SCREEN} rows; --format csv, json or parquet writes all of them")
