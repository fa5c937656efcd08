"""The recipes of ``docs/recipes``: reading them, running them, and writing what they answer below them.

``python tests/docs/recipes.py HOME`` writes the answers of a home that ``examples/inbox`` was read into.
"""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "recipes"
RECIPE = re.compile(
    r"^## (?P<question>[^\n]+\?)\n\n```sql\n(?P<sql>.*?)\n```\n\n(?P<answer>(?:\|[^\n]*\n?)+)", re.M | re.S
)
_WIDEST = 90


@dataclass(frozen=True)
class Recipe:
    """A question, its query and the columns of the answer on its page."""

    page: str
    question: str
    sql: str
    columns: list[str]


def recipes() -> list[Recipe]:
    """Every recipe of every page."""
    return [
        Recipe(page.name, found["question"], found["sql"], _head(found["answer"]))
        for page in sorted(FOLDER.glob("*.md"))
        for found in RECIPE.finditer(page.read_text("utf-8"))
    ]


def _head(answer: str) -> list[str]:
    return [cell.strip() for cell in answer.splitlines()[0].strip("|").split("|")]


def answered(page: str, con: duckdb.DuckDBPyConnection) -> str:
    """The page with the answers that the connection gives."""

    def fill(found: re.Match[str]) -> str:
        done = con.sql(found["sql"])
        lines = [done.columns, ["---"] * len(done.columns), *(map(_cell, row) for row in done.fetchall())]
        table = "\n".join("| " + " | ".join(line) + " |" for line in lines)
        return f"## {found['question']}\n\n```sql\n{found['sql']}\n```\n\n{table}\n"

    return RECIPE.sub(fill, page)


def _cell(value: Any) -> str:
    text = "" if value is None else " ".join(str(value).replace("|", "\\|").split())
    return text if len(text) <= _WIDEST else text[: _WIDEST - 1] + "…"


if __name__ == "__main__":
    from warehouse import reader

    with reader.connect(Path(sys.argv[1]) / "communique.duckdb") as published:
        for path in sorted(FOLDER.glob("*.md")):
            path.write_text(answered(path.read_text("utf-8"), published), encoding="utf-8")
