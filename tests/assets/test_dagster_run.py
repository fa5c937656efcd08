"""The graph through a real Dagster instance: what is recorded, what is not, and what is not done twice."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import dagster as dg
import pytest

from assets.definitions import build_defs
from assets.execution import Ended, execute
from assets.jobs import WHOLE
from assets.plan import make_plan
from assets.progress import NoProgress
from assets.resources import WarehouseResource
from pipelines.crew import Crew
from warehouse import batches, reader, runs
from warehouse.home import Home, open_home
from warehouse.tables import of_stage

pytestmark = pytest.mark.usefixtures("without_row_checks")


def run(home: Home, fakes: Any, *names: str, force: Any = None) -> Ended:
    return execute(home, names, stages=fakes.stages(), crew=Crew(1), listener=NoProgress(), force=force)


def recorded(home: Home, asset: str) -> int:
    """How many times Dagster has recorded an asset."""
    with dg.DagsterInstance.from_config(str(home.dagster)) as instance:
        return len(instance.fetch_materializations(dg.AssetKey(asset), limit=100).records)


def count(home: Home, table: str) -> int:
    with reader.connect(home.published) as con:
        row = con.table(table).aggregate("count(*)").fetchone()
        assert row is not None
        return int(row[0])


@pytest.fixture(scope="module")
def first_run(
    tmp_path_factory: pytest.TempPathFactory, fake_stages: type[Any], fill_inbox: Callable[[Path], Path]
) -> Path:
    folder = tmp_path_factory.mktemp("dagster")
    home = open_home(folder / "home")
    batches.register(home, "inbox", [str(fill_inbox(folder))], replace=False)
    ended = run(home, fake_stages(), "inbox")
    assert ended.reason is None
    return folder


@pytest.fixture
def published(first_run: Path, tmp_path: Path) -> Iterator[Home]:
    shutil.copytree(first_run, tmp_path, dirs_exist_ok=True)
    home = open_home(tmp_path / "home")
    batches.register(home, "inbox", [str(tmp_path / "inbox")], replace=True)
    return home


def test_every_asset_of_a_run_is_recorded(published: Home) -> None:
    assert {recorded(published, name) for name in ("inputs", "documents", "events", "published_file")} == {1}


def test_dagsters_log_goes_to_the_runs_folder(published: Home) -> None:
    assert "RUN_SUCCESS" in next(published.runs.glob("*/dagster.log")).read_text(encoding="utf-8")


def test_nothing_is_stale_after_a_run(published: Home, fakes: Any) -> None:
    assert make_plan(published, fakes.stages(), ["inbox"]).is_empty


def test_a_failed_audit_is_not_recorded_as_made(published: Home, fakes: Any, tmp_path: Path) -> None:
    (tmp_path / "inbox" / "d.txt").write_text("Gus met Hal", encoding="utf-8")
    fakes.spoilers["event_mentions"] = lambda chunk: chunk.slice(0, 0)
    before = published.published.read_bytes()
    ended = run(published, fakes, "inbox")
    assert ended.reason is not None
    assert ended.reason.startswith(
        "extract: participants (batch inbox): mention_id_is_in_event_mentions failed"
    )
    assert (recorded(published, "documents"), recorded(published, "event_mentions")) == (2, 1)
    assert recorded(published, "events") == 1
    assert published.published.read_bytes() == before


def test_only_a_new_document_is_read_and_only_its_batch_is_done_again(
    published: Home, fakes: Any, tmp_path: Path
) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "x.txt").write_text("Ida met Jon", encoding="utf-8")
    (other / "y.txt").write_text("Ana met Bor", encoding="utf-8")
    batches.register(published, "a-second", [str(other)], replace=False)
    assert run(published, fakes, "a-second").reason is None
    assert sorted(fakes.extracted) == ["Ana met Bor", "Ida met Jon"]
    (tmp_path / "inbox" / "d.txt").write_text("Gus met Hal", encoding="utf-8")
    fakes.extracted.clear()
    assert run(published, fakes, "a-second", "inbox").reason is None
    assert fakes.extracted == ["Gus met Hal"]
    assert count(published, "documents") == 4
    # The same text came with both batches: it belongs to the alphabetically first, though that arrived later.
    with reader.connect(published.published) as con:
        told = con.sql("SELECT batch, outcome, reason FROM inputs WHERE source_uri LIKE '%a.txt'").fetchall()
        owner = con.sql("SELECT batch FROM documents WHERE body = 'Ana met Bor'").fetchall()
    assert told == [("inbox", "duplicate", "same-content-in-other-batch")]
    assert owner == [("a-second",)]


def test_a_fault_is_told_without_a_traceback(published: Home, fakes: Any, tmp_path: Path) -> None:
    (tmp_path / "inbox" / "d.txt").write_text("Gus met Hal", encoding="utf-8")
    fakes.fault["extract"] = OSError("the cable was pulled")
    ended = run(published, fakes, "inbox")
    assert ended.reason == "extract: OSError: the cable was pulled"


def test_a_run_of_some_assets_alone_commits_at_its_own_end(
    published: Home, fakes: Any, tmp_path: Path
) -> None:
    (tmp_path / "inbox" / "d.txt").write_text("Gus met Hal", encoding="utf-8")
    before = published.published.read_bytes()
    resources = {
        "warehouse": WarehouseResource(home=str(published.root)),
        "stages": fakes.stages(),
        "crew": Crew(1),
        "listener": NoProgress(),
    }
    job = build_defs(resources).resolve_implicit_global_asset_job_def()
    with dg.DagsterInstance.from_config(str(published.dagster)) as instance:
        result = job.execute_in_process(
            instance=instance,
            partition_key="inbox",
            asset_selection=[dg.AssetKey(table.name) for table in of_stage("ingest")],
        )
    assert result.success
    assert published.published.read_bytes() == before
    plan = make_plan(published, fakes.stages(), ["inbox"])
    assert plan.stale_batches == {"inbox": "learn"}


KILLED_WHILE_EXTRACTING = """
import os, pathlib, sys
sys.path.insert(0, sys.argv[1])
import conftest
from assets.execution import execute
from assets.progress import NoProgress
from pipelines.crew import Crew
from warehouse.home import Home

class Dying(conftest.FakeStages):
    def extract(self, chunk, /, *, version):
        os._exit(9)

execute(
    Home(pathlib.Path(sys.argv[2])), ["inbox"], stages=Dying().stages(), crew=Crew(1), listener=NoProgress()
)
"""


def test_a_killed_process_blocks_nobody_and_the_next_run_carries_on(
    published: Home, fakes: Any, tmp_path: Path
) -> None:
    (tmp_path / "inbox" / "d.txt").write_text("Gus met Hal", encoding="utf-8")
    arguments = [
        sys.executable,
        "-c",
        KILLED_WHILE_EXTRACTING,
        str(Path(__file__).parent),
        str(published.root),
    ]
    assert subprocess.run(arguments, capture_output=True).returncode == 9
    assert run(published, fakes, "inbox").reason is None
    assert (fakes.cleaned, fakes.extracted) == (0, ["Gus met Hal"])
    assert count(published, "documents") == 3


STOPPED_WHILE_EXTRACTING = """
import pathlib, sys, time
sys.path.insert(0, sys.argv[1])
import conftest
from assets.execution import execute
from assets.progress import NoProgress
from pipelines.crew import Crew
from warehouse.home import Home

class Dozing(conftest.FakeStages):
    def extract(self, chunk, /, *, version):
        print("reading", flush=True)
        time.sleep(600)

try:
    execute(
        Home(pathlib.Path(sys.argv[2])), ["inbox"], stages=Dozing().stages(), crew=Crew(1), listener=NoProgress()
    )
except KeyboardInterrupt:
    print("stopped")
"""


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_a_run_that_is_stopped_in_the_middle_of_a_step_does_not_begin_it_again(
    published: Home, tmp_path: Path, how: signal.Signals
) -> None:
    (tmp_path / "inbox" / "d.txt").write_text("Gus met Hal", encoding="utf-8")
    arguments = [sys.executable, "-c", STOPPED_WHILE_EXTRACTING, str(Path(__file__).parent)]
    with subprocess.Popen([*arguments, str(published.root)], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "reading\n"
        process.send_signal(how)
        told, _ = process.communicate(timeout=120)
    assert told == "stopped\n"
    assert runs.history(published)[-1].detail == "stopped by hand"


def test_the_graph_holds_together() -> None:
    graph = build_defs().resolve_asset_graph()
    keys = {key.to_user_string() for key in graph.get_all_asset_keys()}
    assert {"inputs", "documents", "event_mentions", "events", "dyad_months", "published_file"} <= keys
    assert build_defs().resolve_job_def(WHOLE).has_node_named("publish")
