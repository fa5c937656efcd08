"""The SQL files of this room, by folder and name: one query a file, its question in the first comment."""

from __future__ import annotations

from importlib import resources


def query(folder: str, name: str) -> str:
    """The text of ``warehouse/sql/<folder>/<name>.sql``; FileNotFoundError where there is none."""
    return (resources.files("warehouse") / "sql" / folder / f"{name}.sql").read_text(encoding="utf-8")
