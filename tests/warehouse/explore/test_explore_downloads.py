"""Files hold what the page shows, and nothing that a spreadsheet would run."""

from __future__ import annotations

import csv
import io
from typing import Any

import pyarrow.parquet as pq
import pytest
from starlette.testclient import TestClient

from tests.warehouse.explore import register as r

FILES = [("events", "", r.FILLERS + 4), ("mentions", f"event={r.VISIT}", 2), ("actors", "kind=person", 2),
         ("agreements", "country=NOR", 1), ("quality", "", 2), ("events", "q=quarrelled", 2)]  # fmt: skip


def rows(pages: TestClient, address: str) -> list[dict[str, Any]]:
    answer = pages.get(address)
    assert answer.status_code == 200
    assert answer.headers["content-disposition"].startswith("attachment")
    return list(csv.DictReader(io.StringIO(answer.text)))


@pytest.mark.parametrize(("name", "query", "expected"), FILES)
def test_both_formats_hold_the_same_rows(pages: TestClient, name: str, query: str, expected: int) -> None:
    table = pq.read_table(io.BytesIO(pages.get(f"/download/{name}.parquet?{query}").content))
    found = rows(pages, f"/download/{name}.csv?{query}")
    assert table.num_rows == len(found) == expected
    assert table.column_names == list(found[0])


def test_formulas_are_made_harmless_in_csv_only(pages: TestClient) -> None:
    address = "/download/events.{}?type=ASSAULT"
    assert rows(pages, address.format("csv"))[0]["actor1_name"] == "'" + r.FORMULA
    table = pq.read_table(io.BytesIO(pages.get(address.format("parquet")).content))
    assert table["actor1_name"].to_pylist() == [r.FORMULA]


def test_negative_numbers_stay_numbers(pages: TestClient) -> None:
    assert float(rows(pages, "/download/events.csv?type=CONSULT")[0]["intensity"]) == 2.5


def test_a_file_has_the_order_of_the_page(pages: TestClient) -> None:
    found = rows(pages, "/download/events.csv?order=oldest")
    assert found[0]["event_id"] == r.RAID


@pytest.mark.parametrize("address", ["/download/events.csv?type=NOPE", "/download/actors.csv?kind=zebra"])
def test_a_wrong_question_gives_no_file(pages: TestClient, address: str) -> None:
    assert pages.get(address).status_code == 400


@pytest.mark.parametrize("name", ["runs.csv", "events.exe", "sqlite_master.csv", "..%2Fevents.csv"])
def test_only_these_files_are_made(pages: TestClient, name: str) -> None:
    assert pages.get(f"/download/{name}").status_code == 404
