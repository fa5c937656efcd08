"""The table of field names in the documentation says what the data file says.

``python tests/pipelines/ingest/test_ingest_names_documented.py`` writes it.
"""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[3]
PAGE = ROOT / "docs" / "envelope.md"
DATA = ROOT / "pipelines" / "ingest" / "data" / "fields.toml"
BLOCK = re.compile(r"(<!-- fields: begin [^\n]*-->\n).*?(<!-- fields: end -->)", re.DOTALL)
FIELDS = ("text", "html", "summary", "url", "title", "author", "publisher", "published")


def fields_table() -> str:
    declared = tomllib.loads(DATA.read_text(encoding="utf-8"))
    rows = (
        f"| {field} | {', '.join(f'`{name}`' for name in declared[field]['names'])} |" for field in FIELDS
    )
    return "\n".join(["| field | names, most trusted first |", "|---|---|", *rows, ""])


def with_table(page: str) -> str:
    return BLOCK.sub(lambda match: match[1] + fields_table() + match[2], page)


def test_the_documented_names_are_those_that_are_read() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert BLOCK.search(page)
    assert page == with_table(page)


if __name__ == "__main__":
    PAGE.write_text(with_table(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
