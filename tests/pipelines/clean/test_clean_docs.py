"""The page on cleaning says what the code does."""

from __future__ import annotations

import re
from pathlib import Path

from pipelines.clean import site_lines
from pipelines.clean.accounting import reasons

PAGE = (Path(__file__).parents[3] / "docs" / "cleaning.md").read_text(encoding="utf-8")


def test_table_of_reasons_is_the_declaration() -> None:
    assert dict(re.findall(r"^\| `(\w+)` \| (.+) \|$", PAGE, re.M)) == reasons()


def test_thresholds_are_those_of_the_code() -> None:
    assert (site_lines.FEWEST, site_lines.SHARE) == (2, 0.02)
    assert (site_lines.FEWEST_PROSE, site_lines.SHARE_PROSE) == (5, 0.25)
    assert "two documents and in 2 %" in PAGE
    assert "five documents and in a quarter" in PAGE
