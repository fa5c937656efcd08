"""A Dagster code location whose stages are made up, for tests that start a real daemon.

A text with POISON in it is cleaned into rows of another shape than declared, which no check lets pass.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa

sys.path.insert(0, str(Path(__file__).parent))

import conftest

from assets.definitions import build_defs


class Stages(conftest.FakeStages):
    """Made-up stages that one word spoils."""

    def clean(self, chunk: pa.Table, /, *, version: str, shared: Any = None) -> Mapping[str, pa.Table]:
        tables = dict(super().clean(chunk, version=version, shared=shared))
        if any("POISON" in text for text in chunk.column("text").to_pylist()):
            tables["documents"] = tables["documents"].drop_columns(["title"])
        return tables


defs = build_defs({"stages": Stages().stages()})
