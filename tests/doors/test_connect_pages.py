"""The pages about connecting tell the truth: each has its row in the table, and the Python on them runs."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.bench.published import make_published
from tests.doors.servers import Server, embedded_programs, running
from warehouse.postgres.address import parse
from warehouse.postgres.publish import publish

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "connect"
PAGES = sorted(path for path in FOLDER.glob("*.md") if path.name != "README.md")
SNIPPETS = [
    (page.name, number, code)
    for page in PAGES
    for number, code in enumerate(re.findall(r"```python\n(.*?)```", page.read_text("utf-8"), re.S))
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in whose ``data`` there is a published file."""
    folder = tmp_path_factory.mktemp("connect")
    (folder / "data").mkdir()
    make_published(folder / "data" / "communique.duckdb", 120)
    return folder


@pytest.fixture(scope="module")
def server(folder: Path) -> Iterator[Server]:
    with running(embedded_programs()) as server:
        publish(folder / "data" / "communique.duckdb", parse(server.dsn()))
        yield server


def test_the_table_leads_to_every_page_and_back() -> None:
    index = (FOLDER / "README.md").read_text("utf-8")
    assert set(re.findall(r"\]\(([a-z-]+\.md)\)", index)) == {page.name for page in PAGES}
    for page in PAGES:
        text = page.read_text("utf-8")
        assert text.startswith("# ")
        assert re.search(r"\b([Tt]ested|[Uu]ntested)\b", text), page.name
        for target in re.findall(r"\]\((?!http)([^)#]+)\)", text):
            assert (FOLDER / target).exists(), target


def test_a_page_without_a_test_says_so() -> None:
    index = (FOLDER / "README.md").read_text("utf-8")
    for page in PAGES:
        rows = [line for line in index.splitlines() if f"({page.name})" in line and line.startswith("|")]
        if "\nUntested.\n" in page.read_text("utf-8"):
            assert all(row.rstrip(" |").endswith("untested") for row in rows), page.name


@pytest.mark.slow
@pytest.mark.parametrize(
    ("page", "number", "code"), SNIPPETS, ids=[f"{page}-{number}" for page, number, _ in SNIPPETS]
)
def test_the_python_of_the_pages_runs(
    folder: Path, server: Server, page: str, number: int, code: str
) -> None:
    dsn = f"postgresql://owner:{'s3cret%2Fof%40the%3Aowner'}@127.0.0.1:{server.port}/news"
    environment = os.environ | {"COMMUNIQUE_POSTGRES_DSN": dsn}
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", code],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    assert done.stdout.strip()
