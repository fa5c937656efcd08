"""The documentation tells the truth: every command in the README runs, generated pages are up to date."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text("utf-8")


def console_commands() -> list[str]:
    blocks = re.findall(r"```console\n(.*?)```", README, re.S)
    return [line[2:] for block in blocks for line in block.splitlines() if line.startswith("$ ")]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A directory as a newcomer has it: the examples, and the command on the path."""
    folder = tmp_path_factory.mktemp("newcomer")
    (folder / "examples").symlink_to(ROOT / "examples")
    return folder


def shell(command: str, folder: Path) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        "COLUMNS": "200",
    }
    environment.pop("COMMUNIQUE_HOME", None)
    return subprocess.run(
        ["bash", "-c", command], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )


@pytest.mark.slow
def test_every_command_of_the_readme_runs(folder: Path) -> None:
    commands = console_commands()
    assert len(commands) >= 7
    for command in commands:
        done = shell(command, folder)
        assert done.returncode == 0, f"{command}\n{done.stderr[-2000:]}"
        assert done.stdout.strip(), command
    python = re.search(r"```python\n(.*?)```", README, re.S)
    assert python
    shown = subprocess.run(
        [sys.executable, "-c", python.group(1)], cwd=folder, capture_output=True, text=True, check=False
    )
    assert shown.returncode == 0, shown.stderr[-2000:]
    assert "country_a" in shown.stdout


@pytest.mark.slow
def test_a_row_leads_back_to_its_characters(folder: Path) -> None:
    shell("communique run examples/inbox", folder)
    columns = "body, sentence, sentence_start AS a, sentence_end AS b"
    query = f"SELECT {columns} FROM event_mentions JOIN documents USING (document_id)"
    rows = json.loads(shell(f'communique sql "{query}" --format json', folder).stdout)
    assert len(rows) > 50
    assert all(row["body"][row["a"] : row["b"]] == row["sentence"] for row in rows)


def test_every_make_target_of_the_readme_exists() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    for target in re.findall(r"^make ([a-z]+)|`make ([a-z]+)`", README, re.M):
        assert re.search(rf"^{''.join(target)}:", makefile, re.M), target


def test_every_link_of_the_readme_leads_somewhere() -> None:
    for target in re.findall(r"\]\((?!http)([^)#]+)\)", README):
        assert (ROOT / target).exists(), target


def test_the_data_dictionary_is_up_to_date() -> None:
    from warehouse.tables import published
    from warehouse.tables.dictionary import markdown

    page = (ROOT / "docs" / "data-dictionary.md").read_text("utf-8")
    assert page.strip() == markdown(published()).strip(), "run: make docs"


def test_the_picture_of_the_tables_is_up_to_date_and_draws_every_reference() -> None:
    from warehouse.tables import published
    from warehouse.tables.diagram import page

    shown = (ROOT / "docs" / "entities.md").read_text("utf-8")
    assert shown.strip() == page(published()).strip(), "run: make docs"
    for declared in published():
        for column in declared.columns:
            if column.references and declared.relation == "table":
                target = column.references.partition(".")[0]
                drawn = rf"^ +{target} (\|\||\|o)--o\{{ {declared.name} : {column.name}$"
                assert re.search(drawn, shown, re.M), column.name


def test_the_changelog_knows_the_version() -> None:
    from importlib.metadata import version

    assert f"## {version('communique')}" in (ROOT / "CHANGELOG.md").read_text("utf-8")
