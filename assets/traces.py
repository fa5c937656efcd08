"""Other places in a home where a forgotten text may have left its words: kept databases, logs, the history of runs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

import duckdb

from assets.search import Found
from warehouse import runs
from warehouse.home import Home

_SHORTEST = 20  # characters of a line that tells the text by
_LOGS = {".log", ".jsonl", ".txt"}
_PAGE = ".html"


def purge_traces(home: Home, found: Sequence[Found]) -> None:
    """Drop databases beside the published one that hold one of the texts, and lines of logs that quote one."""
    if not found:
        return
    documents = sorted({one.document_id for one in found})
    for path in home.root.rglob("*.duckdb*"):
        if path != home.published and path.is_file() and not _is_clear(path, documents):
            path.unlink()
    quotes = _quotes(one.text for one in found)
    for folder in (home.runs, home.dagster, home.quality):
        for path in folder.rglob("*"):
            if path.suffix in _LOGS and path.is_file():
                _drop_lines(path, quotes)
            elif path.suffix == _PAGE and _holds(path.read_text("utf-8", errors="replace"), quotes):
                path.unlink()  # the next run writes the reports again
    for record in runs.history(home):
        if record.detail and _holds(record.detail, quotes):
            runs.write(home, replace(record, detail="It quoted a text that was forgotten since."))


def _is_clear(path: Path, documents: Sequence[str]) -> bool:
    """Whether a database surely holds none of the documents."""
    try:
        with duckdb.connect(str(path), read_only=True) as con:
            row = con.execute(
                "SELECT count(*) FROM documents WHERE document_id IN (SELECT unnest($1))", [list(documents)]
            ).fetchone()
    except duckdb.Error:
        return False
    return row is not None and row[0] == 0


def _quotes(texts: Iterable[str]) -> list[str]:
    """What tells the texts: their lines and sentences of some length."""
    pieces = {piece.strip() for text in texts for piece in re.split(r"[\n.!?<>]", text)}
    return sorted(piece for piece in pieces if len(piece) >= _SHORTEST)


def _drop_lines(path: Path, quotes: Sequence[str]) -> None:
    text = path.read_text(encoding="utf-8", errors="surrogateescape")
    if not _holds(text, quotes):
        return
    kept = [line for line in text.splitlines(keepends=True) if not _holds(line, quotes)]
    partial = path.with_name(path.name + ".part")
    partial.write_text("".join(kept), encoding="utf-8", errors="surrogateescape")
    partial.replace(path)


def _holds(text: str, quotes: Sequence[str]) -> bool:
    return any(quote in text for quote in quotes)
