"""``communique sql``: one query, a prompt, or statements from a pipe, on the published file."""

from __future__ import annotations

import sys
from pathlib import Path

from assets.cli import statements
from assets.cli.conversation import Conversation
from assets.cli.errors import CommandError
from assets.cli.formats import chosen_format
from assets.cli.homes import PUBLISHED, Place, reading
from assets.cli.prompt_commands import command_in
from warehouse.home import existing_home


def sql_command(
    query: str | None, *, format_: str | None, output: Path | None, home: Place | None, header: bool = True
) -> None:
    """Run the query and write its rows, or ask for queries.

    Without a query, and without a terminal to ask on, the statements are read from standard input.
    """
    with reading(home, *PUBLISHED) as root:
        _ask(existing_home(root).published, query, format_=format_, output=output, header=header)


def _ask(
    published: Path, query: str | None, *, format_: str | None, output: Path | None, header: bool
) -> None:
    conversation = Conversation(published, chosen_format(format_, output), header=header)
    if output is not None and output.exists() and output.samefile(published):
        raise CommandError(f"{output} is the published file itself: write somewhere else")
    if query is not None:
        conversation.query(query, output)
    elif not sys.stdin.isatty():
        _answer_all(conversation, sys.stdin.read(), output)
    elif output is not None:
        raise CommandError(r"give a query with --output; at the prompt, \o FILE does the same")
    else:
        from assets.cli.prompt import talk

        talk(conversation, published)


def _answer_all(conversation: Conversation, text: str, output: Path | None) -> None:
    """Answer the statements of a text in order; the first that fails ends it."""
    if output is not None:
        conversation.query(text, output)
        return
    pieces = _with_commands(text)
    for statement in pieces:
        try:
            if not conversation.answer(statement.text):
                return
        except CommandError as error:
            where = f"line {statement.line}: " if len(pieces) > 1 else ""
            raise CommandError(f"{where}{error}", error.code) from error


def _with_commands(text: str) -> list[statements.Statement]:
    """The statements of a text, and the commands that have lines of their own between them."""
    found: list[statements.Statement] = []
    waiting = ""
    begin = 1
    for number, line in enumerate(text.splitlines(keepends=True), 1):
        if command_in(line) and statements.split(waiting)[1]:
            found += _moved(waiting, begin)
            found.append(statements.Statement(line.strip(), number))
            waiting, begin = "", number + 1
        else:
            waiting += line
    return found + _moved(waiting, begin)


def _moved(text: str, begin: int) -> list[statements.Statement]:
    """Statements of a piece that begins in a later line."""
    return [statements.Statement(s.text, s.line + begin - 1) for s in statements.split(text)[0]]
