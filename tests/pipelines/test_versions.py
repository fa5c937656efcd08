"""A stage's version follows its files and those it imports, and nothing else."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipelines import versions


@pytest.fixture
def room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the pipelines room that a test may change."""
    copy = tmp_path / "pipelines"
    shutil.copytree(Path(versions.__file__).parent, copy)
    monkeypatch.setattr(versions, "_ROOT", copy)
    versions.stage_version.cache_clear()
    return copy


def version_after(path: Path, text: str, stage: str = "clean") -> bool:
    """Whether the stage's version changes when a file does."""
    before = versions.stage_version(stage)  # type: ignore[arg-type]
    with path.open("a", encoding="utf-8") as file:
        file.write(text)
    versions.stage_version.cache_clear()
    return versions.stage_version(stage) != before  # type: ignore[arg-type]


def test_a_version_is_the_softwares_with_a_digest() -> None:
    assert re.fullmatch(r"\d+\.\d+\.\d+\+[0-9a-f]{8}", versions.stage_version("clean"))


def test_code_and_knowledge_count(room: Path) -> None:
    assert version_after(room / "clean" / "stage.py", "# changed\n")
    assert version_after(next((room / "clean" / "data").iterdir()), "\n# changed\n")


def test_modules_that_a_stage_imports_count_too(room: Path) -> None:
    assert version_after(room / "ids.py", "# changed\n", stage="extract")


def test_other_stages_and_notes_do_not_count(room: Path) -> None:
    assert not version_after(room / "resolve" / "stage.py", "# changed\n")
    assert not version_after(room / "clean" / "NOTES.md", "changed\n")


@pytest.fixture(autouse=True)
def _forget() -> Iterator[None]:
    versions.stage_version.cache_clear()
    yield
    versions.stage_version.cache_clear()
