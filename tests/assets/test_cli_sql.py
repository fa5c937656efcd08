"""The prompt and the files of ``communique sql``: what is typed, what is answered, what is written."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import date, datetime
from io import StringIO
from pathlib import Path
from typing import Any

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.cli import main, statements
from assets.cli.catalogue import Catalogue, read_catalogue
from assets.cli.completion import suggestions
from assets.cli.conversation import Conversation
from assets.cli.errors import CommandError
from assets.cli.prompt_commands import COMMANDS, HELP, command_in
from assets.cli.sheets import harmless
from warehouse import reader

Run = Callable[..., tuple[int, str, str]]
SENTENCE = '=HYPERLINK("http://a.example")'


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home whose published file holds two tables and a view of made-up rows."""
    from warehouse.home import open_home

    home = open_home(tmp_path_factory.mktemp("sql") / "home")
    with duckdb.connect(str(home.published)) as con:
        con.execute(
            "CREATE TABLE events (event_id VARCHAR, event_start DATE, score DOUBLE, seen_at TIMESTAMPTZ, told VARCHAR)"
        )
        con.execute("SET TimeZone = 'UTC'")
        con.execute(
            "INSERT INTO events VALUES ('a1', '2024-05-06', -2.5, '2024-05-07 08:09:10+00', ?), "
            "('b2', '1878-03-03', NULL, NULL, 'two\tand\nthree')",
            [SENTENCE],
        )
        con.execute("CREATE TABLE documents (document_id VARCHAR, title VARCHAR)")
        con.execute('CREATE VIEW polecat_events AS SELECT event_id AS "Event ID" FROM events')
        con.execute("COMMENT ON TABLE events IS 'What happened. One row: an event.'")
        con.execute("COMMENT ON COLUMN events.score IS 'How friendly'")
    return home.root


@pytest.fixture
def published(home: Path) -> Path:
    return home / "communique.duckdb"


@pytest.fixture
def communique(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Iterator[Run]:
    """Runs ``communique sql``, with text on standard input where some is given."""
    monkeypatch.setenv("COLUMNS", "150")

    def run(*arguments: str, typed: str = "") -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["communique", "sql", *arguments, "--home", str(home)])
        monkeypatch.setattr(sys, "stdin", StringIO(typed))
        with pytest.raises(SystemExit) as left:
            main()
        said = capsys.readouterr()
        return int(left.value.code or 0), said.out, said.err

    yield run


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


# -- files ----------------------------------------------------------------------------------------------------


def test_the_suffix_says_the_format(communique: Run, tmp_path: Path) -> None:
    import pyarrow.parquet as pq

    query = "SELECT event_id, event_start FROM events ORDER BY 1"
    for suffix in ("csv", "tsv", "json", "parquet", "txt"):
        assert communique(query, "--output", str(tmp_path / f"o.{suffix}"))[:2] == (0, "")
    assert (tmp_path / "o.csv").read_text() == "event_id,event_start\na1,2024-05-06\nb2,1878-03-03\n"
    assert (tmp_path / "o.tsv").read_text() == "event_id\tevent_start\na1\t2024-05-06\nb2\t1878-03-03\n"
    assert json.loads((tmp_path / "o.json").read_text())[0]["event_id"] == "a1"
    assert pq.read_table(tmp_path / "o.parquet").column("event_start")[0].as_py() == date(2024, 5, 6)
    assert "┃ event_id ┃" in (tmp_path / "o.txt").read_text()


def test_format_outweighs_the_suffix(communique: Run, tmp_path: Path) -> None:
    target = tmp_path / "20240506.export.CSV"
    query = "SELECT event_id, told FROM events ORDER BY 1"
    assert communique(query, "--format", "tsv", "--no-header", "--output", str(target))[0] == 0
    assert target.read_text() == f"a1\t{SENTENCE}\nb2\ttwo and three\n"


def test_csv_holds_every_value_as_it_is(communique: Run) -> None:
    import csv

    rows = list(csv.reader(StringIO(communique("SELECT told FROM events", "--format", "csv")[1])))
    assert rows == [["told"], [SENTENCE], ["two\tand\nthree"]]


def test_a_suffix_that_says_no_format_is_refused(communique: Run, tmp_path: Path) -> None:
    code, _, err = communique("SELECT 1", "--output", str(tmp_path / "rows.doc"))
    assert (code, ".xlsx" in err, err.count("\n")) == (2, True, 1)


def test_a_query_that_fails_halfway_leaves_the_old_file(communique: Run, tmp_path: Path) -> None:
    target = tmp_path / "rows.csv"
    target.write_text("old")
    failing = "SELECT CASE WHEN i = 90000 THEN error('no') ELSE i END AS i FROM range(100000) AS t(i)"
    code, _, err = communique(failing, "--output", str(target))
    assert (code, err.count("\n")) == (2, 1)
    assert target.read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["rows.csv"]


def test_a_folder_that_is_not_there_is_told(communique: Run, tmp_path: Path) -> None:
    for suffix in ("csv", "xlsx", "parquet"):
        code, _, err = communique("SELECT 1", "--output", str(tmp_path / "no" / f"o.{suffix}"))
        assert (code, "cannot write" in err, err.count("\n")) == (2, True, 1)


def test_the_published_file_is_never_written_over(communique: Run, published: Path) -> None:
    before = published.stat().st_size
    code, _, err = communique("SELECT 1", "--format", "csv", "--output", str(published))
    assert (code, "published file itself" in err) == (2, True)
    assert published.stat().st_size == before


# -- Excel ----------------------------------------------------------------------------------------------------


def cells(path: Path) -> tuple[list[list[Any]], str]:
    """The cells of a workbook as its XML has them, read without the library that wrote it, and the raw XML."""
    import re
    import zipfile
    from html import unescape

    with zipfile.ZipFile(path) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode("utf-8")
    rows = []
    for row in re.findall(r"<row [^>]*>(.*?)</row>", sheet, re.S):
        found: dict[str, Any] = {}
        for column, attributes, inside in re.findall(r'<c r="([A-Z]+)\d+"([^>]*)>(.*?)</c>', row, re.S):
            value = re.search(r"<(?:t|v)(?: [^>]*)?>(.*?)</(?:t|v)>", inside, re.S)
            text = unescape(value[1]) if value else ""
            is_text = 't="inlineStr"' in attributes
            found[column] = text if is_text else bool(int(text)) if 't="b"' in attributes else float(text)
        rows.append([found.get(chr(ord("A") + n)) for n in range(10)])
    return rows, sheet


def excel_day(day: datetime) -> float:
    return (day - datetime(1899, 12, 30)).total_seconds() / 86400


def test_a_workbook_has_numbers_dates_and_texts(communique: Run, tmp_path: Path) -> None:
    target = tmp_path / "o.xlsx"
    query = "SELECT event_id, event_start, score, seen_at, true AS yes, 1234567890123456789 AS big FROM events ORDER BY 1"
    assert communique(query, "--output", str(target))[:2] == (0, "")
    rows, _ = cells(target)
    assert rows[0][:6] == ["event_id", "event_start", "score", "seen_at", "yes", "big"]
    assert rows[1][:3] == ["a1", excel_day(datetime(2024, 5, 6)), -2.5]
    assert rows[1][3] == pytest.approx(excel_day(datetime(2024, 5, 7, 8, 9, 10)))
    assert rows[1][4:6] == [True, "1234567890123456789"]
    assert rows[2][:4] == ["b2", "1878-03-03", None, None]


@pytest.mark.parametrize("first", ["=", "+", "-", "@", "\t", "\r", "\n"])
def test_no_cell_can_be_taken_for_a_formula(
    communique: Run, tmp_path: Path, published: Path, first: str
) -> None:
    target = tmp_path / "o.xlsx"
    query = f"SELECT chr({ord(first)}) || 'cmd|calc' AS \"=1+1\", {ord(first)} AS n"
    assert communique(query, "--output", str(target))[0] == 0
    rows, sheet = cells(target)
    assert rows[0][0] == "'=1+1"
    assert rows[1][0].startswith("'")
    assert "<f>" not in sheet
    assert "hyperlink" not in sheet.lower()


def test_addresses_are_no_links(communique: Run, tmp_path: Path) -> None:
    target = tmp_path / "o.xlsx"
    assert communique("SELECT 'https://a.example' AS url", "--output", str(target))[0] == 0
    rows, sheet = cells(target)
    assert rows[1][0] == "https://a.example"
    assert "hyperlink" not in sheet.lower()


@given(st.text(max_size=10))
def test_what_is_harmless_stays_as_it_is(text: str) -> None:
    assert harmless(text).removeprefix("'") == text.removeprefix("'")
    assert not harmless(text).startswith(("=", "+", "-", "@", "\t", "\r", "\n"))


def test_the_end_of_a_sheet_is_told(communique: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assets.cli.sheets.MOST_ROWS", 4)
    target = tmp_path / "o.xlsx"
    assert communique("FROM range(3)", "--output", str(target))[0] == 0
    target.unlink()
    code, _, err = communique("FROM range(4)", "--output", str(target))
    assert (code, "holds 3 rows" in err, err.count("\n")) == (2, True, 1)
    assert not list(tmp_path.iterdir())


def test_texts_too_long_for_a_cell_are_cut_and_told(communique: Run, tmp_path: Path) -> None:
    target = tmp_path / "o.xlsx"
    code, _, err = communique("SELECT repeat('x', 40000) AS long", "--output", str(target))
    assert (code, err.startswith("1 texts were cut to the 32,767")) == (0, True)
    assert len(cells(target)[0][1][0]) == 32_767


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
