"""Every recipe answers on the examples, in the columns that its page shows; the Python examples run."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from recipes import FOLDER, recipes

from warehouse import reader
from warehouse.tables import of_stage

RECIPES = recipes()
PYTHON = re.findall(r"```python\n(.*?)```", (FOLDER / "python.md").read_text("utf-8"), re.S)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in whose ``data`` the examples were read."""
    folder = tmp_path_factory.mktemp("recipes")
    command = [str(Path(sys.executable).with_name("communique")), "run", "examples/inbox", "--home"]
    root = FOLDER.parents[1]
    environment = {name: value for name, value in os.environ.items() if name != "COMMUNIQUE_HOME"}
    subprocess.run(
        [*command, str(folder / "data")], cwd=root, env=environment, capture_output=True, check=True
    )
    return folder


def test_there_are_fifteen_recipes_and_the_index_lists_them_all() -> None:
    index = (FOLDER / "README.md").read_text("utf-8")
    assert len(RECIPES) >= 15
    assert all(f"- {recipe.question}\n" in index for recipe in RECIPES)
    pages = "".join(path.read_text("utf-8") for path in FOLDER.glob("*.md"))
    assert pages.count("```sql") == len(RECIPES)


def test_every_answer_on_a_page_has_rows() -> None:
    for recipe in RECIPES:
        page = (FOLDER / recipe.page).read_text("utf-8")
        after = page.split(f"## {recipe.question}\n", 1)[1].split("\n## ", 1)[0]
        assert sum(line.startswith("|") for line in after.splitlines()) >= 3, recipe.question


def test_the_new_marts_are_all_asked() -> None:
    asked = " ".join(recipe.sql for recipe in RECIPES)
    unasked = {t.name for t in of_stage("publish") if t.relation == "table"} - set(re.findall(r"\w+", asked))
    about_the_work = {"quarantine", "batch_profiles"}
    assert unasked - about_the_work <= {"event_dyads", "country_months", "event_days"}


@pytest.mark.slow
@pytest.mark.parametrize("recipe", RECIPES, ids=lambda recipe: recipe.question)
def test_every_recipe_answers_in_the_columns_of_its_page(folder: Path, recipe: object) -> None:
    with reader.connect(folder / "data" / "communique.duckdb") as con:
        done = con.sql(recipe.sql)  # type: ignore[attr-defined]
        assert done.columns == recipe.columns  # type: ignore[attr-defined]
        assert done.fetchall()


@pytest.mark.slow
@pytest.mark.parametrize("number", range(len(PYTHON)))
def test_the_python_examples_run(folder: Path, number: int) -> None:
    done = subprocess.run(
        [sys.executable, "-c", PYTHON[number]], cwd=folder, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]
    assert re.search(r"\d", done.stdout)
