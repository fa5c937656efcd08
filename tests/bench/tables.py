"""Measured figures as tables in Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

Rows = list[dict[str, str]]


def largest(rows: Rows) -> Rows:
    """Those of the most documents with the most workers."""
    most = max((int(row["documents"]), int(row["workers"])) for row in rows)
    return [row for row in rows if (int(row["documents"]), int(row["workers"])) == most]


def markdown(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table whose first column is words and whose others are figures."""
    lines = [heads, ["---"] + ["---:"] * (len(heads) - 1), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)
