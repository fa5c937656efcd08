"""Fixtures of the ingest tests: a folder, and the stage run over it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from ingested import Ingested, ingest_all

from pipelines.ingest.stage import Limits, discover


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An empty folder to drop files into."""
    made = tmp_path / "inbox"
    made.mkdir()
    return made


@pytest.fixture
def read(folder: Path) -> Callable[..., Ingested]:
    """Write files (name to content) into the folder and ingest it."""

    def written(files: dict[str, bytes | str], **limits: int) -> Ingested:
        for name, content in files.items():
            (folder / name).write_bytes(content.encode() if isinstance(content, str) else content)
        return ingest_all(discover([folder]), Limits(**limits))

    return written
