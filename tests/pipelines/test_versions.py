"""A stage's version follows its files and those it imports, and nothing else."""

from __future__ import annotations

import ast
import re
import shutil
import sys
from collections.abc import Iterator
from importlib import metadata
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


ORDER = ("ingest", "learn", "share", "clean", "extract", "resolve")
CARRIERS = {
    "numpy",
    "pyarrow",
    "threadpoolctl",
}  # they hold rows and share out processors, and decide nothing


def changed_by(path: Path) -> list[str]:
    """The stages whose version changes when a line is added to a file."""

    def all_versions() -> list[str]:
        versions.stage_version.cache_clear()
        return [versions.stage_version(stage) for stage in ORDER]  # type: ignore[arg-type]

    before = all_versions()
    with path.open("a", encoding="utf-8") as file:
        file.write("\n")
    return [stage for stage, old, new in zip(ORDER, before, all_versions(), strict=True) if old != new]


def test_every_knowledge_file_of_a_stage_counts_for_it(room: Path) -> None:
    for stage in ("ingest", "clean", "extract", "resolve"):
        files = {
            path.suffix: path
            for path in (room / stage).rglob("*")
            if path.suffix in (".csv", ".toml", ".txt", ".sql")
        }
        assert files
        for path in files.values():
            assert stage in changed_by(path), path


def test_a_lexicon_of_extraction_concerns_extraction_and_who_reads_it_too(room: Path) -> None:
    # Resolving knows actors and agreements by the same files as extraction.
    assert changed_by(room / "extract" / "lexicon" / "actors" / "titles.csv") == ["extract", "resolve"]
    assert changed_by(next((room / "extract" / "lexicon" / "classes").iterdir())) == ["extract", "resolve"]


def test_knowledge_of_cleaning_concerns_no_reader_of_events(room: Path) -> None:
    assert changed_by(next((room / "clean" / "data").glob("*.toml"))) == ["learn", "share", "clean"]


def imported(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and not node.level and node.module:
            found.add(node.module)
    return {name.split(".")[0] for name in found} - set(sys.stdlib_module_names)


@pytest.mark.parametrize("stage", ORDER)
def test_every_library_that_a_stage_itself_imports_counts(stage: str) -> None:
    names = {name for path in versions._files_of(stage) if path.suffix == ".py" for name in imported(path)}
    ours = {"pipelines", "warehouse", "_typeshed"}
    homes = metadata.packages_distributions()
    missing = [
        name for name in names - ours - CARRIERS if not set(homes[name]) & set(versions._LIBRARIES[stage])
    ]
    assert missing == []


@pytest.fixture(autouse=True)
def _forget() -> Iterator[None]:
    versions.stage_version.cache_clear()
    yield
    versions.stage_version.cache_clear()
