"""The prompt of ``communique sql``: what is typed, what is offered, what is answered."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sql_home import Run, runner, sql_home

from assets.cli import statements
from assets.cli.catalogue import Catalogue, read_catalogue
from assets.cli.completion import suggestions
from assets.cli.conversation import Conversation
from assets.cli.errors import CommandError
from assets.cli.prompt_commands import COMMANDS, HELP, command_in
from warehouse import reader


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return sql_home(tmp_path_factory.mktemp("sql") / "home")


@pytest.fixture
def published(home: Path) -> Path:
    return home / "communique.duckdb"


@pytest.fixture
def communique(home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    return runner(home, monkeypatch, capsys)


@pytest.fixture(scope="module")
def catalogue(home: Path) -> Catalogue:
    with reader.connect(home / "communique.duckdb") as con:
        return read_catalogue(con)


# -- statements -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "wanted", "ended"),
    [
        ("", [], True),
        ("  -- nothing\n", [], True),
        ("select 1", ["select 1"], False),
        ("select 1;", ["select 1"], True),
        ("select 1; select 2 ;", ["select 1", "select 2"], True),
        ("select ';'", ["select ';'"], False),
        ("select 'it''s; so';", ["select 'it''s; so'"], True),
        ("select 'open;", ["select 'open;"], False),
        ('select "a;b";', ['select "a;b"'], True),
        ("select $$a;b$$;", ["select $$a;b$$"], True),
        ("select $x$a;$$b$x$;", ["select $x$a;$$b$x$"], True),
        (r"select e'\';';", [r"select e'\';'"], True),
        ("select 1 -- one; two\n;", ["select 1 -- one; two"], True),
        ("select 1; -- done", ["select 1"], True),
        ("/* a; b */ select 1;", ["/* a; b */ select 1"], True),
        ("select 1; /* open", ["select 1"], False),
        (";;", [], True),
    ],
)
def test_a_statement_ends_at_a_semicolon_that_is_none_of_its_words(
    text: str, wanted: list[str], ended: bool
) -> None:
    found, is_ended = statements.split(text)
    assert ([statement.text for statement in found], is_ended) == (wanted, ended)


@given(st.text(alphabet="a;'\"$-/*\n e\\", max_size=40))
def test_whatever_is_typed_is_cut_into_pieces_that_are_there(text: str) -> None:
    found, ended = statements.split(text)
    for statement in found:
        assert statement.text
        assert statement.text in text
        assert statement.line <= text.count("\n") + 1
    if ended:
        assert statements.split(text + ";")[0] == found


def test_a_megabyte_of_quotes_is_cut_at_once() -> None:
    assert len(statements.split("'a;'" * 250_000)[0]) == 1
    assert len(statements.split("$a" * 100_000)[0]) == 1


# -- completion -----------------------------------------------------------------------------------------------


def completed(typed: str, catalogue: Catalogue) -> list[str]:
    before, _, after = typed.partition("|")
    return [found.text for found in suggestions(before, after, catalogue, COMMANDS)]


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("select * from e|", "events"),
        ("select * from events join doc|", "documents"),
        ("select * from documents, ev|", "events"),
        ("select sco| from events", "score"),
        ("select e.ti| from documents e", "title"),
        ("select e.| from documents as e", "document_id"),
        ("select documents.t|", "title"),
        ("SEL|", "SELECT"),
        ("select date_tr|", "date_trunc("),
        ('select "Ev| from polecat_events', '"Event ID"'),
        ("select ev| from polecat_events", '"Event ID"'),
        (r"\d ev|", "events"),
        (r"\d|", r"\d"),
        (".ta|", ".tables"),
    ],
)
def test_what_may_come_next_is_offered_first(typed: str, first: str, catalogue: Catalogue) -> None:
    assert completed(typed, catalogue)[0] == first


def test_columns_of_tables_that_are_not_asked_are_not_in_the_way(catalogue: Catalogue) -> None:
    assert "title" not in completed("select t| from events", catalogue)
    assert "told" in completed("select t| from events", catalogue)
    assert completed("select nothing_begins_so|", catalogue) == []


# -- commands -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_understood(name: str) -> None:
    command = command_in(f"{name} events;")
    assert command
    assert (command.means != "unknown", command.argument) == (True, "events")


def test_commands_of_the_help_are_understood() -> None:
    named = [line.split()[0] for line in HELP.splitlines() if line.startswith("  \\")]
    assert named
    assert all(command_in(name).means != "unknown" for name in named)  # type: ignore[union-attr]


@pytest.mark.parametrize("sql", ["select 1", "help_me", "select '\\d'", "from events", "exit_code", "-1"])
def test_sql_is_no_command(sql: str) -> None:
    assert command_in(sql) is None


# -- standard input -------------------------------------------------------------------------------------------


def test_statements_and_commands_are_read_from_a_pipe(communique: Run) -> None:
    typed = "select 1 as\n one;\n\\d\n\\d events\nselect ';' as two"
    code, out, err = communique(typed=typed)
    assert (code, err) == (0, "")
    for word in ("one", "polecat_events", "view", "an event", "How friendly", "double", "two"):
        assert word in out


def test_a_pipe_ends_with_the_first_mistake_and_says_its_line(communique: Run) -> None:
    code, out, err = communique(typed="select 1;\n\nselect nope\nfrom events;\nselect 'later'")
    assert code == 2
    assert err.startswith("communique: line 3: ")
    assert '"nope"' in err
    assert err.count("\n") == 1
    assert "later" not in out


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        (r"\d evnts", "did you mean events?"),
        (r"\z", r"\z is no command"),
        (r"\o", "to which file?"),
        (r"\o rows.doc", "rows.doc does not say in which format"),
        ("select 1 +;", "syntax error"),
        ("create table x (a int)", "read-only"),
    ],
)
def test_mistakes_are_told_in_one_line(communique: Run, typed: str, told: str) -> None:
    code, _, err = communique(typed=typed)
    assert (code, err.count("\n")) == (2, 1)
    assert told in err


def test_leaving_ends_a_pipe(communique: Run) -> None:
    assert communique(typed="\\q\nselect nope;")[0] == 0


def test_rows_of_the_next_query_go_to_a_file(communique: Run, tmp_path: Path) -> None:
    target = tmp_path / "rows.csv"
    code, out, _ = communique(typed=f"\\o {target}\nselect 1 as a;\nselect 2 as b;")
    assert code == 0
    assert target.read_text() == "a\n1\n"
    assert "b" in out
    assert "a" not in out


def test_a_column_a_line_and_back(communique: Run) -> None:
    out = communique(typed="\\x\nselect 7 as seven;\n\\x\nselect 8 as eight;")[1]
    assert "- row 1\nseven  7\n" in out
    assert "┃ eight ┃" in out


# -- the prompt -----------------------------------------------------------------------------------------------


def typed_at_a_prompt(published: Path, history: Path, text: str) -> None:
    from prompt_toolkit.application import create_app_session
    from prompt_toolkit.input import create_pipe_input
    from prompt_toolkit.output import DummyOutput

    from assets.cli.prompt import talk

    with create_pipe_input() as keys, create_app_session(input=keys, output=DummyOutput()):
        keys.send_text(text)
        talk(Conversation(published), published, history)


@pytest.fixture
def on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Standard output as a terminal, so that the prompt takes the output a test gives it."""
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)


@pytest.mark.usefixtures("on_a_terminal")
def test_the_prompt_answers_over_several_lines_and_remembers(
    published: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    history = tmp_path / "state" / "sql_history"
    typed_at_a_prompt(published, history, "select 40 + 2\ras answer;\rselect nope;\r\\q\r")
    said = capsys.readouterr()
    assert "answer" in said.out
    assert "42" in said.out
    assert said.err.count("nope") == 1
    assert "Traceback" not in said.err
    assert "+as answer;" in history.read_text()
    assert history.stat().st_mode & 0o077 == 0


@pytest.mark.usefixtures("on_a_terminal")
def test_the_prompt_ends_with_the_end_of_input(
    published: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    typed_at_a_prompt(published, tmp_path / "history", "\x04")
    assert "read-only" in capsys.readouterr().err


@pytest.mark.usefixtures("on_a_terminal")
def test_a_history_that_cannot_be_kept_is_said_and_nothing_else_happens(
    published: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("")
    typed_at_a_prompt(published, tmp_path / "file" / "history", "select 6 as six;\r\\q\r")
    said = capsys.readouterr()
    assert "queries are not remembered" in said.err
    assert "six" in said.out


@pytest.mark.parametrize("raised", [KeyboardInterrupt(), RuntimeError("Query interrupted")])
def test_ctrl_c_stops_a_query_and_is_told_in_one_line(
    communique: Run, monkeypatch: pytest.MonkeyPatch, raised: BaseException
) -> None:
    """DuckDB turns Ctrl-C into the second of these while it works."""

    def interrupted(*_: Any, **__: Any) -> list[str]:
        raise raised

    monkeypatch.setattr("assets.cli.conversation.write_rows", interrupted)
    assert communique("SELECT 1") == (130, "", "communique: stopped\n")


@pytest.mark.usefixtures("on_a_terminal")
def test_tab_completes_a_name(published: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from prompt_toolkit.completion import CompleteEvent
    from prompt_toolkit.document import Document

    from assets.cli.prompt import SqlCompleter

    completer = SqlCompleter(Conversation(published).catalogue())
    asked = CompleteEvent(completion_requested=True)
    first = next(iter(completer.get_completions(Document("select * from docu"), asked)))
    assert (first.text, first.start_position) == ("documents", -4)
    silent = completer.get_completions(Document("select "), CompleteEvent(text_inserted=True))
    assert list(silent) == []


# -- start-up -------------------------------------------------------------------------------------------------

HEAVY = """
import sys
sys.argv = ["communique", "sql", "SELECT 1 AS one", "--home", sys.argv[1]]
from assets.cli import main
try:
    main()
finally:
    heavy = {"prompt_toolkit", "pygments.lexers", "xlsxwriter", "pandas", "pyarrow", "dagster", "spacy", "numpy"}
    print(sorted(heavy & set(sys.modules)))
"""


def test_one_query_loads_neither_prompt_nor_spreadsheets(home: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", HEAVY, str(home)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-1] == "[]"


def test_a_query_without_rows_is_refused(published: Path) -> None:
    with pytest.raises(CommandError, match="give a query"):
        Conversation(published).query("-- nothing")
