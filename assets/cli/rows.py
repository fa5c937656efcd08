"""Writing the rows of a query: for people, for spreadsheets, for programs."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from assets.cli.files import whole_file

if TYPE_CHECKING:
    import duckdb

ROWS_AT_A_TIME = 10_000
_ROWS_ON_SCREEN = 1_000
_TO_SPACES = str.maketrans("\t\n\r", "   ")


def write_rows(
    relation: duckdb.DuckDBPyRelation, format_: str, output: Path | None, *, header: bool = True
) -> list[str]:
    """Write all rows in a format; tables for people stop after a thousand rows and say so.

    ``header`` is for csv and tsv. Returns what the reader should be told about the file, a line each. A
    format that is not text needs a file. OSError where it cannot be written, CommandError where the rows do not
    fit the format.
    """
    if output is None:
        return _write_text(relation, format_, sys.stdout, header)
    with whole_file(output) as path:
        if format_ == "parquet":
            _parquet(relation, path)
            return []
        if format_ == "xlsx":
            from assets.cli.sheets import write_sheet

            return write_sheet(relation, path)
        with path.open("w", encoding="utf-8", newline="") as out:
            return _write_text(relation, format_, out, header)


def rows_of(relation: duckdb.DuckDBPyRelation) -> Iterator[tuple[Any, ...]]:
    """The rows one by one, fetched in pieces that fit in memory."""
    while rows := relation.fetchmany(ROWS_AT_A_TIME):
        yield from rows


def _write_text(relation: duckdb.DuckDBPyRelation, format_: str, out: IO[str], header: bool) -> list[str]:
    if format_ == "csv":
        _csv(relation, out, header)
    elif format_ == "tsv":
        _tsv(relation, out, header)
    elif format_ == "json":
        _json(relation, out)
    elif format_ == "lines":
        _lines(relation, out)
    else:
        _table(relation, out)
    return []


def _csv(relation: duckdb.DuckDBPyRelation, out: IO[str], header: bool) -> None:
    writer = csv.writer(out, lineterminator="\n")
    if header:
        writer.writerow(relation.columns)
    writer.writerows(rows_of(relation))


def _tsv(relation: duckdb.DuckDBPyRelation, out: IO[str], header: bool) -> None:
    """Tabs and no quotes, as GDELT writes its files: a tab or line break inside a value becomes a space."""
    if header:
        out.write(_tabbed(relation.columns))
    out.writelines(map(_tabbed, rows_of(relation)))


def _tabbed(values: Iterable[Any]) -> str:
    cells = ("" if value is None else str(value).translate(_TO_SPACES) for value in values)
    return "\t".join(cells) + "\n"


def _json(relation: duckdb.DuckDBPyRelation, out: IO[str]) -> None:
    names = relation.columns
    first = True
    out.write("[")
    for row in rows_of(relation):
        line = json.dumps(dict(zip(names, row, strict=True)), ensure_ascii=False, default=str)
        out.write(f"{'' if first else ','}\n{line}")
        first = False
    out.write("\n]\n")


def _parquet(relation: duckdb.DuckDBPyRelation, output: Path) -> None:
    import pyarrow.parquet as pq

    reader = relation.to_arrow_reader(ROWS_AT_A_TIME)
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
        console.print(_more())


def _lines(relation: duckdb.DuckDBPyRelation, out: IO[str]) -> None:
    """A column a line, for rows too wide for a screen."""
    names = relation.columns
    width = max(map(len, names))
    rows = relation.fetchmany(_ROWS_ON_SCREEN + 1)
    for number, row in enumerate(rows[:_ROWS_ON_SCREEN], 1):
        out.write(f"- row {number}\n")
        for name, value in zip(names, row, strict=True):
            out.write(f"{name:<{width}}  {'NULL' if value is None else value}\n")
    if len(rows) > _ROWS_ON_SCREEN:
        out.write(_more() + "\n")


def _more() -> str:
    return f"the first {_ROWS_ON_SCREEN} rows; csv, tsv, json, parquet and xlsx hold all of them"
