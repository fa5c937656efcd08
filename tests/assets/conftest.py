"""A pipeline small enough to see through: real ingest, and made-up stages that do just enough after it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pytest

from assets.stages import Stages, pipeline_stages
from pipelines.ids import stable_id
from pipelines.signatures import sign
from warehouse.home import Home, open_home
from warehouse.tables import Table, of_stage, table
from warehouse.tables.arrow import rows_to_arrow

Row = dict[str, Any]
Spoiler = Callable[[pa.Table], pa.Table]


def row_of(declared: Table, **values: Any) -> Row:
    """A row that keeps the declaration: the values, and something harmless in every other required column."""
    row: Row = {}
    for column in declared.stored:
        if column.name in values:
            row[column.name] = values[column.name]
        elif not column.required:
            row[column.name] = None
        elif column.allowed:
            row[column.name] = column.allowed[0]
        elif column.type in ("integer", "bigint", "double"):
            row[column.name] = int(column.minimum or 0) if column.type != "double" else 0.5
        elif column.type == "boolean":
            row[column.name] = True
        elif column.type == "timestamp":
            row[column.name] = datetime.fromisoformat("2024-01-02T03:04:05+00:00")
        else:
            row[column.name] = "10" if column.name.startswith("cameo") else "x"
    return row


@dataclass
class FakeStages:
    """Stages whose every step a test can see and spoil.

    A text ``Ana met Bor`` tells of one event; one with REFUSE is no article. ``extracted`` lists the documents
    that extraction has read, in order; ``spoilers`` change a table on its way to staging; ``versions`` may be
    bumped.
    """

    extracted: list[str] = field(default_factory=list)
    cleaned: int = 0
    resolved: int = 0
    spoilers: dict[str, Spoiler] = field(default_factory=dict)
    versions: dict[str, str] = field(default_factory=dict)
    fault: dict[str, BaseException] = field(default_factory=dict)

    def stages(self) -> Stages:
        real = pipeline_stages()

        def ingest(*args: Any, **kwargs: Any) -> Any:
            for inputs, raw in real.ingest(*args, **kwargs):
                yield self._spoilt("inputs", inputs), self._spoilt("raw_documents", raw)

        return Stages(
            real.discover,
            ingest,
            real.learn,
            real.share,
            self.clean,
            self.extract,
            self.resolve,
            lambda stage: self.versions.get(stage, "1"),
        )

    def clean(self, chunk: pa.Table, /, *, version: str, shared: Any = None) -> Mapping[str, pa.Table]:
        self._fail("clean")
        documents, rejections = [], []
        for raw in chunk.to_pylist():
            self.cleaned += 1
            shared = {name: raw[name] for name in ("document_id", "batch")} | {"cleaner_version": version}
            if "REFUSE" in raw["text"]:
                rejections.append(shared | {"reason": "no-article-text", "detail": "Nothing but navigation"})
            else:
                shared |= {"source_uri": raw["source_uri"], "body": raw["text"].strip(), "language": "en"}
                documents.append(row_of(table("documents"), **shared, words=3, published_method="none"))
        signatures = sign(rows_to_arrow(table("documents"), documents)).to_pylist()
        return self._tables(
            documents=documents, cleaning_rejections=rejections, document_signatures=signatures
        )

    def extract(self, chunk: pa.Table, /, *, version: str) -> Mapping[str, pa.Table]:
        self._fail("extract")
        mentions: list[Row] = []
        participants: list[Row] = []
        for document in chunk.to_pylist():
            self.extracted.append(document["body"])
            for found in re.finditer(r"(\w+) (met) (\w+)", document["body"]):
                mention = stable_id(document["document_id"], found.start())
                shared = {
                    "mention_id": mention,
                    "document_id": document["document_id"],
                    "batch": document["batch"],
                }
                sentence = {
                    "sentence": found[0],
                    "sentence_start": found.start(),
                    "sentence_end": found.end(),
                }
                trigger = {"trigger": "met", "trigger_start": found.start(2), "trigger_end": found.end(2)}
                when = {
                    "event_start": date(2024, 5, 6),
                    "event_end": date(2024, 5, 6),
                    "event_edtf": "2024-05-06",
                }
                mentions.append(
                    row_of(
                        table("event_mentions"), **shared, **sentence, **trigger, **when,
                        event_type="CONSULT", extractor_version=version,
                    )
                )  # fmt: skip
                for role, group in (("actor", 1), ("recipient", 3)):
                    who = {
                        "text": found[group],
                        "text_start": found.start(group),
                        "text_end": found.end(group),
                    }
                    participants.append(
                        row_of(
                            table("participants"), **shared, **who, role=role, position=0, name=found[group],
                            country=found[group].upper()[:3], kind="person",
                        )
                    )  # fmt: skip
        return self._tables(event_mentions=mentions, participants=participants, agreement_mentions=[])

    def resolve(self, con: duckdb.DuckDBPyConnection) -> Mapping[str, pa.Table]:
        self._fail("resolve")
        self.resolved += 1
        mentions = con.sql("SELECT * FROM event_mentions ORDER BY mention_id").to_arrow_table().to_pylist()
        participants = con.sql("SELECT * FROM participants ORDER BY ALL").to_arrow_table().to_pylist()
        documents = [row[0] for row in con.sql("SELECT document_id FROM documents").fetchall()]
        names = sorted({p["name"] for p in participants})
        event = lambda mention: stable_id("event", mention["mention_id"])  # noqa: E731
        dates = ("event_start", "event_end", "event_edtf", "event_type")
        rows: dict[str, list[Row]] = {declared.name: [] for declared in of_stage("resolve")}
        rows["events"] = [
            row_of(
                table("events"),
                event_id=event(m),
                lead_mention_id=m["mention_id"],
                **{n: m[n] for n in dates},
            )
            for m in mentions
        ]
        rows["mention_events"] = [
            row_of(table("mention_events"), mention_id=m["mention_id"], event_id=event(m)) for m in mentions
        ]
        rows["event_evidence"] = [
            row_of(
                table("event_evidence"), mention_id=m["mention_id"], event_id=event(m),
                rule="first report", confidence=1.0,
            )
            for m in mentions
        ]  # fmt: skip
        rows["participant_actors"] = [
            row_of(
                table("participant_actors"), actor_id=stable_id(p["name"]),
                **{n: p[n] for n in ("mention_id", "role", "position")},
            )
            for p in participants
        ]  # fmt: skip
        rows["actors"] = [
            row_of(table("actors"), actor_id=stable_id(n), name=n, kind="person") for n in names
        ]
        rows["document_stories"] = [
            row_of(table("document_stories"), document_id=d, story_id=stable_id("story", d))
            for d in documents
        ]
        return self._tables(**rows)

    def _tables(self, **rows: list[Row]) -> dict[str, pa.Table]:
        return {name: self._spoilt(name, rows_to_arrow(table(name), found)) for name, found in rows.items()}

    def _spoilt(self, name: str, rows: pa.Table) -> pa.Table:
        return self.spoilers.get(name, lambda same: same)(rows)

    def _fail(self, stage: str) -> None:
        if stage in self.fault:
            raise self.fault[stage]


@pytest.fixture(scope="session")
def fake_stages() -> type[FakeStages]:
    return FakeStages


@pytest.fixture
def fakes() -> FakeStages:
    return FakeStages()


@pytest.fixture(scope="session")
def fill_inbox() -> Callable[[Path], Path]:
    """Makes an inbox below a folder with three texts, one of them twice."""

    def fill(folder: Path) -> Path:
        inbox = folder / "inbox"
        inbox.mkdir()
        texts = {
            "a": "Ana met Bor",
            "b": "Cyd met Dan \U0001f9d1\u200d\U0001f33e and Eve met Fay",
            "c": "Ana met Bor",
        }
        for name, text in texts.items():
            (inbox / f"{name}.txt").write_text(text, encoding="utf-8")
        return inbox

    return fill


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return open_home(tmp_path / "home")


@pytest.fixture
def inbox(tmp_path: Path, fill_inbox: Callable[[Path], Path]) -> Path:
    return fill_inbox(tmp_path)


@pytest.fixture
def unaudited(monkeypatch: pytest.MonkeyPatch) -> None:
    """No checks, which take most of the time of a small run: for tests of what is done, not of what is checked."""
    monkeypatch.setattr("assets.batch_work.audited", lambda *_: [])
    monkeypatch.setattr("assets.over_all.audit_register", lambda *_: [])
    monkeypatch.setattr("assets.register_work.audit_published", lambda *_: [])


@pytest.fixture
def without_row_checks(monkeypatch: pytest.MonkeyPatch) -> None:
    """No checks of single rows, the dearest kind; keys, references and columns are looked at as ever."""
    monkeypatch.setattr("checks.audit.check_rows", lambda *_: [])


@pytest.fixture(scope="session")
def external() -> Callable[[Path], list[str]]:
    """Finds what pages below a folder fetch or link to beyond that folder, and links that lead nowhere."""

    def find(folder: Path) -> list[str]:
        found = []
        for page in folder.rglob("*.html"):
            text = page.read_text(encoding="utf-8")
            found += re.findall(r"<script|<iframe|@import|url\(", text)
            for target in re.findall(r"(?:src|href)\s*=\s*[\"']?([^\"'\s>]+)", text):
                path = target.partition("#")[0]
                if "://" in target or target.startswith("//") or (path and not (page.parent / path).exists()):
                    found.append(f"{page.name}: {target}")
        return found

    return find
