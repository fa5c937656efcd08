"""The files of ``communique sql --output``: which format, what is in them, what is never written over."""

from __future__ import annotations

import json
from datetime import date, datetime
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sql_home import SENTENCE, Run, runner, sql_home

from assets.cli.sheets import harmless


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return sql_home(tmp_path_factory.mktemp("sql") / "home")


@pytest.fixture
def published(home: Path) -> Path:
    return home / "communique.duckdb"


@pytest.fixture
def communique(home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    return runner(home, monkeypatch, capsys)


def test_the_suffix_says_the_format(communique: Run, tmp_path: Path) -> None:
    import pyarrow.parquet as pq

    query = "SELECT event_id, event_start FROM events ORDER BY 1"
    for suffix in ("csv", "tsv", "json", "parquet", "txt"):
        assert communique(query, "--output", str(tmp_path / f"o.{suffix}"))[:2] == (0, "")
    assert (tmp_path / "o.csv").read_text() == "event_id,event_start\na1,2024-05-06\nb2,1878-03-03\n"
    assert (tmp_path / "o.tsv").read_text() == "event_id\tevent_start\na1\t2024-05-06\nb2\t1878-03-03\n"
    assert json.loads((tmp_path / "o.json").read_text())[0]["event_id"] == "a1"
    assert pq.read_table(tmp_path / "o.parquet").column("event_start")[0].as_py() == date(2024, 5, 6)
    assert "┃ event_id ┃" in (tmp_path / "o.txt").read_text()


def test_format_outweighs_the_suffix(communique: Run, tmp_path: Path) -> None:
    target = tmp_path / "20240506.export.CSV"
    query = "SELECT event_id, told FROM events ORDER BY 1"
    assert communique(query, "--format", "tsv", "--no-header", "--output", str(target))[0] == 0
    assert target.read_text() == f"a1\t{SENTENCE}\nb2\ttwo and three\n"


def test_csv_holds_every_value_as_it_is(communique: Run) -> None:
    import csv

    rows = list(csv.reader(StringIO(communique("SELECT told FROM events", "--format", "csv")[1])))
    assert rows == [["told"], [SENTENCE], ["two\tand\nthree"]]


def test_a_suffix_that_says_no_format_is_refused(communique: Run, tmp_path: Path) -> None:
    code, _, err = communique("SELECT 1", "--output", str(tmp_path / "rows.doc"))
    assert (code, ".xlsx" in err, err.count("\n")) == (2, True, 1)


def test_a_query_that_fails_halfway_leaves_the_old_file(communique: Run, tmp_path: Path) -> None:
    target = tmp_path / "rows.csv"
    target.write_text("old")
    failing = "SELECT CASE WHEN i = 90000 THEN error('no') ELSE i END AS i FROM range(100000) AS t(i)"
    code, _, err = communique(failing, "--output", str(target))
    assert (code, err.count("\n")) == (2, 1)
    assert target.read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["rows.csv"]


def test_a_folder_that_is_not_there_is_told(communique: Run, tmp_path: Path) -> None:
    for suffix in ("csv", "xlsx", "parquet"):
        code, _, err = communique("SELECT 1", "--output", str(tmp_path / "no" / f"o.{suffix}"))
        assert (code, "cannot write" in err, err.count("\n")) == (2, True, 1)


def test_the_published_file_is_never_written_over(communique: Run, published: Path) -> None:
    before = published.stat().st_size
    code, _, err = communique("SELECT 1", "--format", "csv", "--output", str(published))
    assert (code, "published file itself" in err) == (2, True)
    assert published.stat().st_size == before


# -- Excel ----------------------------------------------------------------------------------------------------


def cells(path: Path) -> tuple[list[list[Any]], str]:
    """The cells of a workbook as its XML has them, read without the library that wrote it, and the raw XML."""
    import re
    import zipfile
    from html import unescape

    with zipfile.ZipFile(path) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode("utf-8")
    rows = []
    for row in re.findall(r"<row [^>]*>(.*?)</row>", sheet, re.S):
        found: dict[str, Any] = {}
        for column, attributes, inside in re.findall(r'<c r="([A-Z]+)\d+"([^>]*)>(.*?)</c>', row, re.S):
            value = re.search(r"<(?:t|v)(?: [^>]*)?>(.*?)</(?:t|v)>", inside, re.S)
            text = unescape(value[1]) if value else ""
            is_text = 't="inlineStr"' in attributes
            found[column] = text if is_text else bool(int(text)) if 't="b"' in attributes else float(text)
        rows.append([found.get(chr(ord("A") + n)) for n in range(10)])
    return rows, sheet


def excel_day(day: datetime) -> float:
    return (day - datetime(1899, 12, 30)).total_seconds() / 86400


def test_a_workbook_has_numbers_dates_and_texts(communique: Run, tmp_path: Path) -> None:
    target = tmp_path / "o.xlsx"
    query = "SELECT event_id, event_start, score, seen_at, true AS yes, 1234567890123456789 AS big FROM events ORDER BY 1"
    assert communique(query, "--output", str(target))[:2] == (0, "")
    rows, _ = cells(target)
    assert rows[0][:6] == ["event_id", "event_start", "score", "seen_at", "yes", "big"]
    assert rows[1][:3] == ["a1", excel_day(datetime(2024, 5, 6)), -2.5]
    assert rows[1][3] == pytest.approx(excel_day(datetime(2024, 5, 7, 8, 9, 10)))
    assert rows[1][4:6] == [True, "1234567890123456789"]
    assert rows[2][:4] == ["b2", "1878-03-03", None, None]


@pytest.mark.parametrize("first", ["=", "+", "-", "@", "\t", "\r", "\n"])
def test_no_cell_can_be_taken_for_a_formula(
    communique: Run, tmp_path: Path, published: Path, first: str
) -> None:
    target = tmp_path / "o.xlsx"
    query = f"SELECT chr({ord(first)}) || 'cmd|calc' AS \"=1+1\", {ord(first)} AS n"
    assert communique(query, "--output", str(target))[0] == 0
    rows, sheet = cells(target)
    assert rows[0][0] == "'=1+1"
    assert rows[1][0].startswith("'")
    assert "<f>" not in sheet
    assert "hyperlink" not in sheet.lower()


def test_addresses_are_no_links(communique: Run, tmp_path: Path) -> None:
    target = tmp_path / "o.xlsx"
    assert communique("SELECT 'https://a.example' AS url", "--output", str(target))[0] == 0
    rows, sheet = cells(target)
    assert rows[1][0] == "https://a.example"
    assert "hyperlink" not in sheet.lower()


@given(st.text(max_size=10))
def test_what_is_harmless_stays_as_it_is(text: str) -> None:
    assert harmless(text).removeprefix("'") == text.removeprefix("'")
    assert not harmless(text).startswith(("=", "+", "-", "@", "\t", "\r", "\n"))


def test_the_end_of_a_sheet_is_told(communique: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assets.cli.sheets.MOST_ROWS", 4)
    target = tmp_path / "o.xlsx"
    assert communique("FROM range(3)", "--output", str(target))[0] == 0
    target.unlink()
    code, _, err = communique("FROM range(4)", "--output", str(target))
    assert (code, "holds 3 rows" in err, err.count("\n")) == (2, True, 1)
    assert not list(tmp_path.iterdir())


def test_texts_too_long_for_a_cell_are_cut_and_told(communique: Run, tmp_path: Path) -> None:
    target = tmp_path / "o.xlsx"
    code, _, err = communique("SELECT repeat('x', 40000) AS long", "--output", str(target))
    assert (code, err.startswith("1 texts were cut to the 32,767")) == (0, True)
    assert len(cells(target)[0][1][0]) == 32_767
