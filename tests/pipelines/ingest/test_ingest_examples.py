"""The example inbox shows every format and every common mishap."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from ingested import ingest_all

from pipelines.ingest.readers import READERS
from pipelines.ingest.stage import discover

EXAMPLES = Path(__file__).parents[3] / "examples" / "inbox"


def test_the_example_inbox_has_every_format_and_accounts_for_every_record() -> None:
    result = ingest_all(discover([EXAMPLES]))
    assert {row["format"] for row in result.inputs} == set(READERS) - {"tsv"} | {"unknown"}
    assert Counter(row["reason"] for row in result.inputs if row["outcome"] != "accepted") == {
        "empty": 1,
        "same-content": 1,
        "broken-json": 1,
        "no-text-field": 1,
        "warc-bookkeeping": 2,
        "not-a-page": 1,
        "http-status": 1,
        "unsupported-format": 1,
    }
    assert len(result.documents) >= 40
    assert {row["encoding"] for row in result.documents} == {"utf-8", "utf-16-le", "cp1252"}
