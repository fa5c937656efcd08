"""A reader's query sees the published tables and nothing else of the machine."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from warehouse import reader


@pytest.fixture
def published(tmp_path: Path) -> Path:
    path = tmp_path / "communique.duckdb"
    with duckdb.connect(str(path)) as con:
        con.execute("CREATE TABLE events AS SELECT 1 AS event_id")
    return path


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * FROM read_text('/etc/hostname')",
        "COPY events TO 'stolen.csv'",
        "ATTACH 'other.duckdb'",
        "INSERT INTO events VALUES (2)",
        "DROP TABLE events",
        "INSTALL httpfs",
        "SET enable_external_access = true",
        "SET lock_configuration = false",
        "EXPORT DATABASE 'stolen'",
    ],
)
def test_a_query_cannot_reach_outside(published: Path, query: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(published.parent)
    with reader.connect(published) as con, pytest.raises(duckdb.Error):
        con.execute(query)
    assert [path.name for path in published.parent.iterdir()] == ["communique.duckdb"]


def test_times_are_told_in_utc(published: Path) -> None:
    with reader.connect(published) as con:
        assert con.execute("SELECT current_setting('TimeZone')").fetchone() == ("UTC",)


def test_what_is_not_published_is_said(tmp_path: Path) -> None:
    with pytest.raises(reader.NotPublishedError, match="communique run"):
        reader.connect(tmp_path / "communique.duckdb")
    (tmp_path / "communique.duckdb").write_text("not a database")
    with pytest.raises(reader.NotPublishedError, match="rerun --from publish"):
        reader.connect(tmp_path / "communique.duckdb")
