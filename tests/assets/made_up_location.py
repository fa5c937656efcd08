"""A Dagster code location whose stages are made up, for tests that start a real daemon."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import conftest

from assets.definitions import build_defs

defs = build_defs({"stages": conftest.FakeStages().stages()})
