"""A document over which a stage breaks down is rejected with the reason; the rest of its batch goes on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from assets.cli.run import rerun_command
from assets.execution import execute
from assets.progress import NoProgress
from pipelines.crew import Crew
from warehouse import batches, reader
from warehouse.home import Home

pytestmark = pytest.mark.usefixtures("without_row_checks")


def poisoned(fakes: Any, stage: str) -> Any:
    """The fakes with a stage that raises an error on every text with POISON in it."""
    real = getattr(fakes, stage)

    def breaking(chunk: pa.Table, /, **given: Any) -> Mapping[str, pa.Table]:
        column = "text" if stage == "clean" else "body"
        if any("POISON" in text for text in chunk.column(column).to_pylist()):
            raise RecursionError("too deep")
        return dict(real(chunk, **given))

    setattr(fakes, stage, breaking)
    return fakes


def run(home: Home, inbox: Path, fakes: Any) -> str | None:
    batches.register(home, "inbox", [str(inbox)], replace=True)
    return execute(home, ["inbox"], stages=fakes.stages(), crew=Crew(1), listener=NoProgress()).reason


def rows(home: Home, query: str) -> list[tuple[Any, ...]]:
    with reader.connect(home.published) as con:
        return con.sql(query).fetchall()


@pytest.mark.parametrize("stage", ["clean", "extract"])
def test_one_document_is_rejected_and_the_others_are_published(
    home: Home, inbox: Path, fakes: Any, stage: str
) -> None:
    (inbox / "p.txt").write_text("Gil met Hal POISON")
    assert run(home, inbox, poisoned(fakes, stage)) is None
    ledger = rows(
        home, "SELECT outcome, reason, detail, document_id FROM inputs WHERE source_uri LIKE '%p.txt'"
    )
    outcome, reason, detail, document = ledger[0]
    assert (outcome, document) == ("rejected", None)
    assert reason == ("cannot-be-cleaned" if stage == "clean" else "quarantined")
    assert detail
    assert rows(home, "SELECT count(*) FROM documents") == [(2,)]
    assert rows(home, "SELECT count(*) FROM event_mentions") == [(3,)]
    kept = [path.read_text() for path in home.rejected.rglob("*") if path.is_file()]
    assert kept == ["Gil met Hal POISON"]


def test_what_happened_is_in_the_quarantine(home: Home, inbox: Path, fakes: Any) -> None:
    (inbox / "p.txt").write_text("Gil met Hal POISON")
    run(home, inbox, poisoned(fakes, "extract"))
    found = rows(home, "SELECT table_name, expectation, value FROM quarantine")
    assert found == [("documents", "can_be_read", "RecursionError: too deep")]


def test_it_is_back_when_the_stage_can_do_it(home: Home, inbox: Path, fakes: Any, fake_stages: Any) -> None:
    (inbox / "p.txt").write_text("Gil met Hal POISON")
    run(home, inbox, poisoned(fakes, "extract"))
    run(home, inbox, fake_stages(versions={"extract": "2"}))
    assert rows(home, "SELECT count(*) FROM documents") == [(3,)]
    assert rows(home, "SELECT count(*) FROM quarantine") == [(0,)]
    assert not [path for path in home.rejected.rglob("*") if path.is_file()]


def test_a_stage_that_breaks_down_over_most_documents_fails_the_run(
    home: Home, inbox: Path, fakes: Any
) -> None:
    for number in range(8):
        (inbox / f"p{number}.txt").write_text(f"Gil met Hal{'x' * number} POISON")
    reason = run(home, inbox, poisoned(fakes, "extract"))
    assert reason is not None and "breaks down over documents" in reason and "too deep" in reason
    assert not home.published.exists()


def test_the_ray_engine_is_refused_where_it_is_not_installed(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    from assets.cli import run as module
    from assets.cli.errors import CommandError

    monkeypatch.setattr(module.importlib.util, "find_spec", lambda _: None)
    with pytest.raises(CommandError, match=r"communique\[ray\]"):
        rerun_command(batch=None, stage=None, workers=1, engine="ray", home=home.root)


@dataclass
class _Spy:
    """Stands in for the module that speaks to Ray; what a cluster does is tested with a cluster."""

    address: str | None = None

    def map_chunks(self, function: Any, chunks: Any, address: str | None, rescue: Any) -> Any:
        self.address = address
        return map(function, chunks)


def test_the_ray_engine_gets_the_documents_and_the_clusters_address(
    home: Home, inbox: Path, fakes: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    import sys

    spy = _Spy()
    monkeypatch.setitem(sys.modules, "pipelines.ray_engine", spy)
    batches.register(home, "inbox", [str(inbox)], replace=True)
    ended = execute(
        home,
        ["inbox"],
        stages=fakes.stages(),
        crew=Crew(1),
        listener=NoProgress(),
        engine="ray",
        ray_address="here:1",
    )
    assert ended.reason is None
    assert spy.address == "here:1"
    assert rows(home, "SELECT count(*) FROM event_mentions") == [(3,)]
