"""The pages over a small register, without a network."""

from __future__ import annotations

from pathlib import Path

import pytest
from starlette.testclient import TestClient

from tests.warehouse.explore import register
from warehouse.explore.app import application
from warehouse.explore.marks import Found


def finder(text: str, published: str | None) -> Found:
    """Finds one date and the places that it knows, as the extractor would."""
    times = tuple((at, at + 10, "2024-05-05") for at in (text.find("5 May 2024"),) if at >= 0)
    places = tuple((at, at + 4, "Oslo") for at in (text.find("Oslo"),) if at >= 0)
    return Found(times, places)


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return register.write(tmp_path_factory.mktemp("explore") / "communique.duckdb")


@pytest.fixture(scope="session")
def pages(published: Path) -> TestClient:
    return TestClient(application(published, finder), base_url="http://127.0.0.1")
