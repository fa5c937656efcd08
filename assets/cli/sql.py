"""``communique sql``: one query, or a prompt, on the published file."""

from __future__ import annotations

import sys
from pathlib import Path

import duckdb

from assets.cli.errors import CommandError
from assets.cli.homes import chosen_home
from assets.cli.rows import write_rows
from warehouse import reader
from warehouse.home import existing_home


def sql_command(query: str | None, *, format_: str, output: Path | None, home: Path | None) -> None:
    """Run the query and write its rows, or prompt for queries."""
    published = existing_home(chosen_home(home)).published
    if query is None:
        _prompt(published)
        return
    if format_ == "parquet" and output is None:
        raise CommandError("parquet is not for terminals: give a file with --output")
    with reader.connect(published) as con:
        try:
            write_rows(_relation(con, query), format_, output)
        except duckdb.Error as error:
            raise CommandError(_first_line(error)) from error
        except OSError as error:
            raise CommandError(f"cannot write {output}: {error.strerror or error}") from error


def _relation(con: duckdb.DuckDBPyConnection, query: str) -> duckdb.DuckDBPyRelation:
    try:
        statements = con.extract_statements(query)
    except duckdb.Error as error:
        raise CommandError(_first_line(error)) from error
    if len(statements) != 1:
        raise CommandError(f"give one query, not {len(statements)}")
    relation = con.sql(query)
    if relation is None:
        raise CommandError("this statement returns no rows: give a SELECT")
    return relation


def _prompt(published: Path) -> None:
    """Read queries until the end of input; a query ends with a semicolon."""
    interactive = sys.stdin.isatty()
    if interactive:
        import readline  # noqa: F401 - gives the prompt its history and editing

        sys.stderr.write(
            f"{published}\nEnd a query with ; — leave with Ctrl-D. `SHOW TABLES;` lists the tables.\n"
        )
    waiting = ""
    while True:
        try:
            waiting += input(("...> " if waiting else "sql> ") if interactive else "") + "\n"
        except (EOFError, KeyboardInterrupt):
            sys.stderr.write("\n" if interactive else "")
            if not interactive and waiting.strip():
                _answer(published, waiting)
            return
        if waiting.rstrip().endswith(";"):
            _answer(published, waiting)
            waiting = ""


def _answer(published: Path, query: str) -> None:
    # A connection a query, so that a publish between two queries is seen.
    with reader.connect(published) as con:
        try:
            write_rows(_relation(con, query), "table", None)
        except (duckdb.Error, CommandError) as error:
            sys.stderr.write(f"{str(error).splitlines()[0]}\n")


def _first_line(error: Exception) -> str:
    lines = [line for line in str(error).splitlines() if line.strip()]
    hint = next((line for line in lines[1:] if line.startswith(("Did you mean", "Candidate"))), "")
    return f"{lines[0]} {hint}".strip()
