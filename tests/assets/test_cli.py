"""The command line: help with an example everywhere, mistakes told in one line, exit codes that mean something."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import typer

from assets.cli import main
from assets.cli.app import app
from warehouse.home import Home, open_home

COMMANDS = sorted(
    (command.name or command.callback.__name__) for command in app.registered_commands if command.callback
)
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture(autouse=True)
def no_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("COMMUNIQUE_HOME", raising=False)
    monkeypatch.setenv("COLUMNS", "200")


@pytest.fixture
def communique(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs a command; its exit code, output and errors."""

    def run(*arguments: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["communique", *arguments])
        with pytest.raises(SystemExit) as left:
            main()
        said = capsys.readouterr()
        return int(left.value.code or 0), said.out, said.err

    return run


@pytest.fixture(scope="module")
def warehouse_home(
    tmp_path_factory: pytest.TempPathFactory, fake_stages: type[Any], fill_inbox: Callable[[Path], Path]
) -> Iterator[Path]:
    """A home with one published batch, made by the command line itself over made-up stages."""
    folder = tmp_path_factory.mktemp("cli")
    inbox = fill_inbox(folder)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("assets.cli.run.pipeline_stages", lambda: fake_stages().stages())
        patch.setattr(
            sys, "argv", ["communique", "run", str(inbox), "--home", str(folder / "home"), "--workers", "1"]
        )
        with pytest.raises(SystemExit) as left:
            main()
    assert not left.value.code
    yield folder


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_with_an_example(communique: Run, command: str) -> None:
    code, out, _ = communique(command, "--help")
    assert code == 0
    assert f"communique {command}" in out.split("Example:")[1]


def test_the_contracts_commands_are_there() -> None:
    wanted = {"run", "rerun", "status", "sql", "schema", "clean", "extract", "dev"}
    assert wanted <= set(COMMANDS)
    assert isinstance(app, typer.Typer)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["run", "/nowhere/at/all"], "no such file or folder: '/nowhere/at/all'"),
        (["rerun"], "no warehouse at"),
        (["status"], "no warehouse at"),
        (["sql", "SELECT 1"], "no warehouse at"),
        (["clean", "/nowhere.jsonl"], "cannot read /nowhere.jsonl"),
        (["extract", "/nowhere.jsonl"], "cannot read /nowhere.jsonl"),
    ],
)
def test_a_mistake_is_told_in_one_line_with_code_2(
    communique: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], told: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "file.txt").write_text("text")
    code, out, err = communique(*arguments)
    assert (code, out) == (2, "")
    assert err.startswith("communique: ")
    assert told in err
    assert err.count("\n") == 1


def test_an_empty_folder_does_nothing(communique: Run, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    code, _, err = communique("run", str(tmp_path / "empty"), "--home", str(tmp_path / "home"))
    assert (code, "no input files" in err) == (2, True)
    assert not list((tmp_path / "home" / "batches").iterdir())


def test_the_same_name_for_another_folder_is_refused(
    communique: Run, warehouse_home: Path, tmp_path: Path
) -> None:
    (tmp_path / "inbox").mkdir()
    (tmp_path / "inbox" / "x.txt").write_text("text")
    code, _, err = communique("run", str(tmp_path / "inbox"), "--home", str(warehouse_home / "home"))
    assert (code, "already stands for" in err) == (2, True)


NOTHING_TO_DO = """
import sys
sys.path.insert(0, sys.argv[1])
import conftest
import assets.cli.run as command
command.pipeline_stages = lambda: conftest.FakeStages().stages()
before = set(sys.modules)
command.run_command(
    [sys.argv[2]], batch=None, workers=1, engine="local", home=command.Path(sys.argv[3]), show=0
)
print(sorted({"dagster", "great_expectations", "spacy", "pandas"} & (set(sys.modules) - before)))
"""


LOOKING = """
import sys
sys.argv = ["communique", sys.argv[1], *sys.argv[2:]]
from assets.cli.app import main
try:
    main()
finally:
    print(sorted({"dagster", "great_expectations", "spacy", "pandas"} & set(sys.modules)))
"""


@pytest.mark.parametrize("command", [["status"], ["schema"], ["sql", "SELECT 1"]])
def test_commands_that_only_look_load_nothing_heavy(warehouse_home: Path, command: list[str]) -> None:
    arguments = [*command, "--home", str(warehouse_home / "home")]
    found = subprocess.run([sys.executable, "-c", LOOKING, *arguments], capture_output=True, text=True)
    assert found.stdout.splitlines()[-1] == "[]", found.stderr


def test_a_second_run_says_so_and_loads_nothing_heavy(warehouse_home: Path) -> None:
    arguments = [str(Path(__file__).parent), str(warehouse_home / "inbox"), str(warehouse_home / "home")]
    done = subprocess.run(
        [sys.executable, "-c", NOTHING_TO_DO, *arguments], capture_output=True, text=True, check=True
    )
    assert "nothing to do" in done.stdout
    assert done.stdout.splitlines()[-1] == "[]"


@pytest.mark.parametrize(
    ("format_", "wanted"),
    [
        ("csv", "batch,n\ninbox,2\n"),
        ("json", '[\n{"batch": "inbox", "n": 2}\n]\n'),
    ],
)
def test_sql_writes_rows(communique: Run, warehouse_home: Path, format_: str, wanted: str) -> None:
    query = "SELECT batch, count(*) AS n FROM documents GROUP BY ALL"
    code, out, _ = communique("sql", query, "--format", format_, "--home", str(warehouse_home / "home"))
    assert (code, out) == (0, wanted)


def test_sql_writes_parquet_to_a_file_only(communique: Run, warehouse_home: Path, tmp_path: Path) -> None:
    import pyarrow.parquet as pq

    home = ["--home", str(warehouse_home / "home")]
    code, _, err = communique("sql", "FROM documents", "--format", "parquet", *home)
    assert (code, "--output" in err) == (2, True)
    target = tmp_path / "out.parquet"
    assert communique("sql", "FROM documents", "--format", "parquet", "--output", str(target), *home)[0] == 0
    assert pq.read_table(target).num_rows == 2


@pytest.mark.parametrize(
    "query", ["SELEC 1", "SELECT nope FROM events", "SELECT 1; SELECT 2", "DROP TABLE events"]
)
def test_a_bad_query_is_told_in_one_line(communique: Run, warehouse_home: Path, query: str) -> None:
    code, out, err = communique("sql", query, "--home", str(warehouse_home / "home"))
    assert (code, out, err.count("\n")) == (2, "", 1)


def test_status_tells_batches_and_the_last_run(communique: Run, warehouse_home: Path) -> None:
    code, out, _ = communique("status", "--home", str(warehouse_home / "home"))
    assert code == 0
    assert "inbox" in out
    assert "published" in out
    assert "0 not met" in out


def test_schema_speaks_every_format(communique: Run) -> None:
    names = [entry["name"] for entry in json.loads(communique("schema", "--format", "json")[1])]
    assert {"events", "event_mentions", "inputs"} <= set(names)
    assert "CREATE TABLE" in communique("schema", "--format", "sql")[1]
    assert "## events" in communique("schema", "--format", "markdown")[1]
    assert "one real-world event" in communique("schema")[1]


def test_inputs_that_are_all_unusable_end_with_1_and_a_ledger(
    communique: Run, tmp_path: Path, fake_stages: type[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "bad").mkdir()
    (tmp_path / "bad" / "x.txt").write_text("REFUSE this")
    monkeypatch.setattr("assets.cli.run.pipeline_stages", lambda: fake_stages().stages())
    home: Home = open_home(tmp_path / "home")
    code, _, err = communique("run", str(tmp_path / "bad"), "--home", str(home.root), "--workers", "1")
    assert (code, "none of the inputs" in err) == (1, True)
    query = "SELECT outcome, reason FROM inputs"
    assert communique("sql", query, "--format", "csv", "--home", str(home.root))[1].splitlines() == [
        "outcome,reason",
        "rejected,no-article-text",
    ]
    assert [path.read_text() for path in (home.rejected / "bad").iterdir()] == ["REFUSE this"]


def test_a_failed_check_ends_with_1_and_names_it(
    communique: Run, tmp_path: Path, fakes: Any, inbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fakes.spoilers["event_mentions"] = lambda chunk: chunk.slice(0, 0)
    monkeypatch.setattr("assets.cli.run.pipeline_stages", fakes.stages)
    code, _, err = communique("run", str(inbox), "--home", str(tmp_path / "home"), "--workers", "1")
    assert code == 1
    assert "mention_id_is_in_event_mentions failed on 6 rows" in err
    assert "nothing was published" in err
    assert not (tmp_path / "home" / "communique.duckdb").exists()


def test_a_database_that_is_away_is_told_beside_the_file_that_was_published(
    communique: Run, tmp_path: Path, fakes: Any, inbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COMMUNIQUE_POSTGRES_DSN", "postgresql://nobody@127.0.0.1:1/nothing")
    monkeypatch.setattr("assets.cli.run.pipeline_stages", fakes.stages)
    code, _, err = communique("run", str(inbox), "--home", str(tmp_path / "home"), "--workers", "1")
    assert code == 1
    assert "postgres_register" in err
    assert "communique.duckdb was published before that and is up to date" in err
    assert (tmp_path / "home" / "communique.duckdb").exists()


def test_ctrl_c_is_told_in_one_line(
    communique: Run, tmp_path: Path, fakes: Any, inbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fakes.fault["clean"] = KeyboardInterrupt()
    monkeypatch.setattr("assets.cli.run.pipeline_stages", fakes.stages)
    code, _, err = communique("run", str(inbox), "--home", str(tmp_path / "home"), "--workers", "1")
    assert code == 130
    assert err.splitlines()[-1].startswith("communique: stopped; ")
    assert "Traceback" not in err
