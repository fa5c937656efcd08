"""A home with a made-up published file, and ``communique sql`` run over it in this process."""

from __future__ import annotations

import sys
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import duckdb
import pytest

from assets.cli import main

Run = Callable[..., tuple[int, str, str]]
SENTENCE = '=HYPERLINK("http://a.example")'


def sql_home(folder: Path) -> Path:
    """A home whose published file holds two tables and a view of made-up rows."""
    from warehouse.home import open_home

    home = open_home(folder)
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


def runner(home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs ``communique sql``, with text on standard input where some is given."""
    monkeypatch.setenv("COLUMNS", "150")

    def run(*arguments: str, typed: str = "") -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["communique", "sql", *arguments, "--home", str(home)])
        monkeypatch.setattr(sys, "stdin", StringIO(typed))
        with pytest.raises(SystemExit) as left:
            main()
        said = capsys.readouterr()
        return int(left.value.code or 0), said.out, said.err

    return run
