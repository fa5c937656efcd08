"""Answering statement after statement, typed at a prompt or read from a pipe; what went wrong is one line.

A connection a query, so that a publish between two queries is seen.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

import duckdb

from assets.cli import prompt_commands
from assets.cli.catalogue import Catalogue, read_catalogue
from assets.cli.errors import CommandError
from assets.cli.formats import chosen_format
from assets.cli.rows import write_rows
from assets.cli.told import told
from warehouse import reader


class Conversation:
    """One session on a published file: the format of its answers, and where the next one goes."""

    def __init__(self, published: Path, format_: str = "table", *, header: bool = True) -> None:
        self._published = published
        self._format = format_
        self._header = header
        self._next_output: Path | None = None

    def catalogue(self) -> Catalogue:
        """What there is to query now."""
        with reader.connect(self._published) as con:
            return read_catalogue(con)

    def query(self, query: str, output: Path | None = None) -> None:
        """Write the rows of one query, CommandError where it cannot be done."""
        with reader.connect(self._published) as con:
            done = _attempt(con, query, self._format, output, self._header)
        if isinstance(done, CommandError):
            raise done
        for note in done:
            sys.stderr.write(note + "\n")

    def answer(self, statement: str) -> bool:
        """Do what one statement or command asks for; False when it asks to leave.

        CommandError where it cannot be done.
        """
        command = prompt_commands.command_in(statement)
        if command is not None:
            return self._obey(command)
        output, self._next_output = self._next_output, None
        if output is None:
            self.query(statement)
        else:
            Conversation(self._published, chosen_format(None, output)).query(statement, output)
            sys.stderr.write(f"written to {output}\n")
        return True

    def _obey(self, command: prompt_commands.Command) -> bool:
        if command.means == "help":
            sys.stdout.write(prompt_commands.HELP + "\n")
        elif command.means == "describe":
            self._describe(command.argument)
        elif command.means == "expand":
            self._format = "table" if self._format == "lines" else "lines"
            sys.stderr.write("a column a line\n" if self._format == "lines" else "a row a line\n")
        elif command.means == "output":
            self._send_next_to(command.argument)
        elif command.means == "unknown":
            raise CommandError(rf"{command.argument} is no command: \? lists them")
        return command.means != "quit"

    def _describe(self, name: str) -> None:
        try:
            heads, rows = prompt_commands.described(self.catalogue(), name)
        except LookupError as error:
            raise CommandError(str(error.args[0])) from error
        _show(heads, rows)

    def _send_next_to(self, argument: str) -> None:
        if not argument:
            raise CommandError(r"to which file? \o rows.xlsx")
        output = Path(argument.strip("'\"")).expanduser()
        chosen_format(None, output)
        self._next_output = output


def _attempt(
    con: duckdb.DuckDBPyConnection, query: str, format_: str, output: Path | None, header: bool
) -> list[str] | CommandError:
    """Write the rows, and return what to tell of them, or of the mistake.

    Returned, not raised: a traceback that outlives the connection would keep its result alive, and DuckDB opens
    no file again before the last result of an earlier opening is gone.
    """
    try:
        return write_rows(_relation(con, query), format_, output, header=header)
    except CommandError as error:
        return CommandError(str(error), error.code)
    except duckdb.Error as error:
        return CommandError(told(error))
    except OSError as error:
        return CommandError(f"cannot write {output}: {error.strerror or error}")
    except KeyboardInterrupt:
        return CommandError("stopped", 130)
    except RuntimeError as error:
        if str(error) != "Query interrupted":
            raise
        return CommandError("stopped", 130)


def _relation(con: duckdb.DuckDBPyConnection, query: str) -> duckdb.DuckDBPyRelation:
    statements = con.extract_statements(query)
    if len(statements) != 1:
        raise CommandError(f"give one query, not {len(statements)}" if statements else "give a query")
    try:
        reader.only_a_query(statements[0])
    except reader.NoQueryError as error:
        raise CommandError(str(error)) from error
    relation = con.sql(query)
    if relation is None:
        raise CommandError("this statement returns no rows: give a SELECT")
    return relation


def _show(heads: Iterable[str], rows: Iterable[tuple[str, ...]]) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(*heads)
    for row in rows:
        table.add_row(*map(Text, row))
    Console().print(table)
