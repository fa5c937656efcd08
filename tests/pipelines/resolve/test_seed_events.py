"""The seed articles, read by the real stages: what is one event and what is not. Skipped where they are absent."""

from __future__ import annotations

import json
from collections import defaultdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from invented_reports import resolved

SHARED = Path(__file__).parents[4] / "shared"
GOLD = SHARED / "gold" / "seeds.jsonl"
pytestmark = pytest.mark.skipif(not GOLD.is_file(), reason="the seed articles are not here")
Row = dict[str, Any]


@pytest.fixture(scope="module")
def told() -> dict[str, list[Row]]:
    """The mentions of each seed, by the first three letters of its file, with the event each belongs to."""
    from pipelines.clean.tables import clean_chunk
    from pipelines.extract.stage import extract_chunk
    from pipelines.ingest.sources import discover
    from pipelines.ingest.stage import ingest

    seen = datetime(2026, 1, 1, tzinfo=UTC)
    chunks = ingest(discover([SHARED / "seeds"]), batch="b", seen_at=seen, keep=None, progress=None)
    raw = [texts for _, texts in chunks]
    cleaned = clean_chunk(pa.concat_tables(raw), version="1")
    read = extract_chunk(cleaned["documents"], version="1")
    tables = {name: cleaned[name] for name in ("documents", "document_signatures")} | read
    documents = {row["document_id"]: row for row in cleaned["documents"].to_pylist()}
    result = resolved(tables, documents)
    events = {row["mention_id"]: row for row in result["event_evidence"].to_pylist()}
    found = defaultdict(list)
    for mention in read["event_mentions"].to_pylist():
        file = Path(documents[mention["document_id"]]["source_uri"]).name
        found[file[:3]].append(mention | {"event": events[mention["mention_id"]]["event_id"]})
    return found


def events(mentions: list[Row], type_: str, **values: object) -> set[str]:
    return {
        row["event"]
        for row in mentions
        if row["event_type"] == type_ and all(row[name] == value for name, value in values.items())
    }


def test_the_plan_of_october_2024_is_one_event(told) -> None:
    adopted = [row for row in told["001"] if row["cameo_code"] == "057"]
    assert len(adopted) >= 2
    assert len({row["event"] for row in adopted}) == 1


def test_the_meetings_of_october_2021_are_the_commissions_session_and_the_ministers_talk(told) -> None:
    assert len(events(told["003"], "CONSULT")) == 2


def test_every_required_event_belongs_to_exactly_one_event_and_no_two_share_one(told) -> None:
    for line in GOLD.read_text("utf-8").splitlines():
        gold = json.loads(line)
        found: dict[str, str] = {}
        for event in gold["events"]:
            if not event["required"]:
                continue
            told_by = [
                row
                for row in told[gold["file"][:3]]
                if event["sentence"] in row["sentence"] and row["event_type"] in event["types"]
            ]
            nearest = [row for row in told_by if row["trigger"] in event["sentence"]] or told_by
            answers = {row["event"] for row in nearest}
            assert len(answers) == 1, event["id"]
            found[event["id"]] = answers.pop()
        plan = {"001-a", "001-b"}  # two sentences on the one plan
        apart = [group for name, group in found.items() if name not in plan]
        assert len(set(apart)) == len(apart)
