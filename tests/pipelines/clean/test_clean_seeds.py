"""The five texts the project was asked for, where they are at hand."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from pipelines.clean.model import RawDocument
from pipelines.clean.stage import clean_document

SHARED = Path(__file__).parents[3].parent / "shared"
GOLD = SHARED / "gold" / "seeds.jsonl"


def seeds() -> list[dict[str, Any]]:
    return (
        [json.loads(line) for line in GOLD.read_text(encoding="utf-8").splitlines()] if GOLD.exists() else []
    )


@pytest.mark.skipif(not GOLD.exists(), reason="the seeds are not at hand")
@pytest.mark.parametrize("seed", seeds(), ids=lambda seed: str(seed["file"]))
def test_seed_comes_out_as_a_reader_would_have_it(seed: dict[str, Any]) -> None:
    text = (SHARED / "seeds" / seed["file"]).read_text(encoding="utf-8")
    document, want = clean_document(RawDocument("seed", text)), seed["document"]
    assert document.title == want.get("title", document.title)
    assert document.url == want.get("url", document.url)
    assert document.language == want["language"]
    assert document.published_edtf in want["published_edtf"]
    assert [part for part in want.get("once", []) if document.body.count(part) != 1] == []
    assert [part for part in want.get("absent", []) if part in f"{document.title}\n{document.body}"] == []
