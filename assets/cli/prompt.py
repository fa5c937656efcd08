"""The prompt on a terminal: editing over several lines, history, completion, colours."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

from platformdirs import user_state_path
from prompt_toolkit import PromptSession
from prompt_toolkit.application import get_app
from prompt_toolkit.completion import CompleteEvent, Completer, Completion, ThreadedCompleter
from prompt_toolkit.document import Document
from prompt_toolkit.filters import Condition, completion_is_selected
from prompt_toolkit.history import FileHistory, History, InMemoryHistory
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.lexers import PygmentsLexer
from prompt_toolkit.output import create_output
from pygments.lexers.sql import SqlLexer

from assets.cli import statements
from assets.cli.catalogue import Catalogue
from assets.cli.completion import suggestions
from assets.cli.conversation import Conversation
from assets.cli.errors import CommandError
from assets.cli.prompt_commands import COMMANDS, command_in
from warehouse.reader import NotPublishedError


def talk(conversation: Conversation, published: Path, history: Path | None = None) -> None:
    """Ask for statements and answer them until the user leaves; NotPublishedError where there is no file.

    Earlier statements are kept in ``history``, by default in the user's state folder.
    """
    session = prompt_session(conversation.catalogue(), history or _history_file())
    sys.stderr.write(
        f"{published}, read-only. End a query with ; — \\? helps, \\d lists the tables, \\q leaves.\n"
    )
    while True:
        try:
            text = session.prompt("sql> ")
        except KeyboardInterrupt:
            continue
        except EOFError:
            return
        if not _answered(conversation, text):
            return


def prompt_session(catalogue: Catalogue, history: Path | None) -> PromptSession[str]:
    """A session that sends what is typed when it is a command or ends with a semicolon, else adds a line."""
    return PromptSession(
        multiline=True,
        history=_history(history),
        completer=ThreadedCompleter(SqlCompleter(catalogue)),
        complete_while_typing=True,
        lexer=PygmentsLexer(SqlLexer),
        key_bindings=_keys(),
        prompt_continuation="...> ",
        enable_history_search=False,
        # Rows may go to a file or a pipe; the prompt itself belongs on the terminal.
        output=None if sys.stdout.isatty() else create_output(always_prefer_tty=True),
    )


class SqlCompleter(Completer):
    """Draws the suggestions of ``completion``."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue

    def get_completions(self, document: Document, complete_event: CompleteEvent) -> Iterable[Completion]:
        """What may stand at the cursor; while typing, only once a word has begun."""
        before = document.text_before_cursor
        for found in suggestions(before, document.text_after_cursor, self._catalogue, COMMANDS):
            if complete_event.completion_requested or found.typed:
                yield Completion(found.text, start_position=-found.typed, display_meta=found.about)


def is_whole(text: str) -> bool:
    """Whether a text can be answered: nothing, a command, or statements that all are ended."""
    return command_in(text) is not None or statements.split(text)[1]


def _answered(conversation: Conversation, text: str) -> bool:
    """Answer what was typed; False when it asks to leave."""
    pieces = [text] if command_in(text) else [statement.text for statement in statements.split(text)[0]]
    for piece in pieces:
        try:
            if not conversation.answer(piece):
                return False
        except (CommandError, NotPublishedError) as error:
            sys.stderr.write(f"{error}\n")
            return True
    return True


def _keys() -> KeyBindings:
    keys = KeyBindings()

    @Condition
    def whole() -> bool:
        return is_whole(get_app().current_buffer.text)

    @keys.add("enter", filter=whole & ~completion_is_selected)
    def _send(event: KeyPressEvent) -> None:
        event.current_buffer.validate_and_handle()

    @keys.add("enter", filter=completion_is_selected)
    def _take(event: KeyPressEvent) -> None:
        event.current_buffer.complete_state = None

    return keys


def _history_file() -> Path:
    return user_state_path("communique", appauthor=False) / "sql_history"


def _history(path: Path | None) -> History:
    if path is None:
        return InMemoryHistory()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("a"):
            # What was asked of the register is its owner's business.
            path.chmod(0o600)
    except OSError as error:
        sys.stderr.write(f"queries are not remembered: {path}: {error.strerror or error}\n")
        return InMemoryHistory()
    return FileHistory(str(path))
