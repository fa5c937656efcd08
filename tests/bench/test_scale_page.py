"""What large archives would cost follows from the figures of the largest run alone."""

from __future__ import annotations

from typing import Any

import pytest

from tests.bench import scale_page

_SMALL = {"clean": ("1", "1"), "extract": ("1", "1")}
_LARGE = {
    "ingest": ("0", "0"),
    "learn": ("0", "0"),
    "clean": ("100", "180"),
    "extract": ("900", "1620"),
    "resolve": ("30", "90"),
    "publish": ("60", "90"),
}
STAGES = [
    {"documents": documents, "workers": "2", "part": part, "wall": wall, "cpu": cpu}
    for documents, parts in (("1000", _SMALL), ("100000", _LARGE))
    for part, (wall, cpu) in parts.items()
]
SCALE = [
    {"documents": "1000", "workers": "2", "kept": "99999"},
    {"documents": "100000", "workers": "2", "kept": "1024"},
]


@pytest.fixture
def page(monkeypatch: pytest.MonkeyPatch) -> str:
    rows: dict[str, Any] = {"stages": STAGES, "scale": SCALE}
    monkeypatch.setattr(scale_page, "read", rows.__getitem__)
    return scale_page.page()


def test_a_million_documents_cost_ten_times_what_a_hundred_thousand_do(page: str) -> None:
    assert "Measured: 100,000 documents" in page
    assert "| CPU hours, cleaning and extraction | 5.0 |" in page
    assert "| CPU hours, all else (one process) | 0.5 |" in page
    assert "| computing, US dollars | 0.28 |" in page
    assert "| home on disk, GB | 10 |" in page
    assert "10 minutes for a million documents" in page


def test_more_machines_take_less_time_but_for_what_one_process_does(page: str) -> None:
    (press,) = (line for line in page.splitlines() if line.startswith("| ten years"))
    cells = [cell.strip() for cell in press.strip("|").split("|")]
    # 18 million, one home: 90 hours to share out at 85 %, 9 in one process
    assert cells[1:6] == ["18", "99", "16 hours", "10 hours", "9 hours"]


def test_every_place_of_the_text_is_filled(page: str) -> None:
    assert "$" not in page
