"""Sensors, schedules, retries and the weekly check, in this process and over made-up stages."""

from __future__ import annotations

import errno
import shutil
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import dagster as dg
import pytest

from assets.definitions import build_defs
from assets.execution import execute
from assets.faults import is_passing
from assets.freshness import FRESHNESS
from assets.inbox import Memory
from assets.jobs import WHOLE
from assets.progress import NoProgress
from assets.recheck import RECHECK, recheck
from assets.resources import WarehouseResource
from assets.schedules import schedules
from assets.sensors import TURN_TAG, apart, inbox_sensor
from assets.settings import Settings, SettingsError
from assets.specs import FAULT_TAG, LASTING, RANGE_TAGS
from checks.audit import failures
from pipelines.crew import Crew
from pipelines.engine import WorkerError
from warehouse import batches, reader
from warehouse.home import Home, open_home
from warehouse.lake import relative_path

pytestmark = pytest.mark.usefixtures("without_row_checks")


def resources(home: Home, fakes: Any) -> dict[str, object]:
    return {
        "warehouse": WarehouseResource(home=str(home.root)),
        "stages": fakes.stages(),
        "crew": Crew(1),
        "listener": NoProgress(),
    }


@pytest.fixture(scope="module")
def first_run(
    tmp_path_factory: pytest.TempPathFactory, fake_stages: type[Any], fill_inbox: Callable[[Path], Path]
) -> Path:
    folder = tmp_path_factory.mktemp("automation")
    home = open_home(folder / "home")
    batches.register(home, "inbox", [str(fill_inbox(folder))], replace=False)
    ended = execute(home, ["inbox"], stages=fake_stages().stages(), crew=Crew(1), listener=NoProgress())
    assert ended.reason is None
    return folder


@pytest.fixture
def published(first_run: Path, tmp_path: Path) -> Home:
    shutil.copytree(first_run, tmp_path, dirs_exist_ok=True)
    home = open_home(tmp_path / "home")
    batches.register(home, "inbox", [str(tmp_path / "inbox")], replace=True)
    return home


@pytest.fixture
def instance() -> Iterator[dg.DagsterInstance]:
    with dg.instance_for_test() as made:
        yield made


def tick(home: Home, fakes: Any, instance: dg.DagsterInstance, cursor: str | None) -> dg.SensorResult:
    given = resources(home, fakes)
    sensor = inbox_sensor(Settings(home=str(home.root), settle_seconds=0))
    context = dg.build_sensor_context(
        instance,
        cursor,
        definitions=build_defs(given),
        resources={name: given[name] for name in ("warehouse", "stages")},
    )
    result = sensor(context)
    assert isinstance(result, dg.SensorResult)
    for request in result.dynamic_partitions_requests or ():
        assert isinstance(request, dg.AddDynamicPartitionsRequest)
        instance.add_dynamic_partitions(request.partitions_def_name, request.partition_keys)
    return result


def test_batches_that_come_together_are_one_run_over_their_range(
    home: Home, fakes: Any, instance: dg.DagsterInstance
) -> None:
    for name in ("a", "b", "c"):
        (home.inbox / name).mkdir(parents=True)
        (home.inbox / name / "1.txt").write_text(f"Ana met Bor{name}", encoding="utf-8")
    first = tick(home, fakes, instance, None)
    assert not first.run_requests
    second = tick(home, fakes, instance, first.cursor)
    assert second.run_requests is not None
    (request,) = second.run_requests
    assert [request.tags[tag] for tag in RANGE_TAGS] == ["a", "c"]
    assert batches.names(home) == ("a", "b", "c")
    assert not tick(home, fakes, instance, second.cursor).run_requests


def failed_run(
    instance: dg.DagsterInstance, job: dg.JobDefinition, tags: dict[str, str]
) -> dg.RunFailureSensorContext:
    result = job.execute_in_process(instance=instance, tags=tags, raise_on_error=False)
    context = dg.build_run_status_sensor_context(
        sensor_name="apart",
        dagster_instance=instance,
        dagster_run=instance.get_run_by_id(result.run_id) or result.dagster_run,
        dagster_event=result.get_run_failure_event(),
    )
    return context.for_run_failure()


@dg.op
def failing() -> None:
    raise ValueError("made to fail")


@dg.job(name="communique")
def failing_job() -> None:
    failing()


@pytest.mark.parametrize(
    ("tags", "asked"),
    [
        ({RANGE_TAGS[0]: "b", RANGE_TAGS[1]: "d", TURN_TAG: "7", FAULT_TAG: LASTING}, [["b"], ["c", "d"]]),
        ({RANGE_TAGS[0]: "b", RANGE_TAGS[1]: "d", TURN_TAG: "7"}, []),
        ({RANGE_TAGS[0]: "b", RANGE_TAGS[1]: "d", FAULT_TAG: LASTING}, []),
        ({TURN_TAG: "7", FAULT_TAG: LASTING}, []),
    ],
)
def test_a_run_over_several_batches_that_bad_data_stopped_is_asked_for_in_halves(
    instance: dg.DagsterInstance, tags: dict[str, str], asked: list[list[str]]
) -> None:
    instance.add_dynamic_partitions("batches", ["a", "b", "c", "d", "e"])
    told = list(apart(failed_run(instance, failing_job, tags)) or ())
    requests = [request for request in told if isinstance(request, dg.RunRequest)]
    found = [
        [request.partition_key] if request.partition_key else [request.tags[tag] for tag in RANGE_TAGS]
        for request in requests
    ]
    assert found == asked
    assert all(request.tags[TURN_TAG] == "7" for request in requests)


@pytest.mark.parametrize(
    ("error", "passing"),
    [
        (OSError(errno.EIO, "input/output error"), True),
        (OSError(errno.ENOSPC, "no space left"), True),
        (WorkerError("a worker died"), True),
        (PermissionError(errno.EACCES, "permission denied"), False),
        (OSError(errno.EROFS, "read-only"), False),
        (OSError("no number"), False),
        (ValueError("bad"), False),
    ],
)
def test_only_faults_that_may_pass_are_tried_again(error: BaseException, passing: bool) -> None:
    assert is_passing(error) is passing


def one_run(home: Home, fakes: Any) -> dg.ExecuteInProcessResult:
    job = build_defs(resources(home, fakes)).resolve_job_def(WHOLE)
    with dg.DagsterInstance.from_config(str(home.dagster)) as own:
        return job.execute_in_process(instance=own, partition_key="inbox", raise_on_error=False)


def test_a_step_is_tried_again_when_the_disk_failed_and_goes_on_from_there(
    published: Home, fakes: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "inbox" / "d.txt").write_text("Gus met Hal", encoding="utf-8")
    monkeypatch.setattr(dg.RetryPolicy, "calculate_delay", lambda *_: 0.01)
    faults: list[BaseException] = [OSError(errno.EIO, "input/output error")]
    resolve = fakes.resolve
    monkeypatch.setattr(fakes, "resolve", lambda con: _raise(faults.pop()) if faults else resolve(con))
    result = one_run(published, fakes)
    assert result.success
    assert [
        event.step_key for event in result.all_events if event.event_type_value == "STEP_UP_FOR_RETRY"
    ] == ["resolve"]
    with reader.connect(published.published) as con:
        outcomes = con.sql("SELECT outcome, count(*) FROM runs GROUP BY ALL").fetchall()
    assert outcomes == [("published", 2)]


def test_bad_data_is_not_tried_again_and_the_run_says_that_the_fault_lasts(
    published: Home, fakes: Any, tmp_path: Path
) -> None:
    (tmp_path / "inbox" / "d.txt").write_text("Gus met Hal", encoding="utf-8")
    fakes.spoilers["documents"] = lambda chunk: chunk.drop_columns(["title"])
    result = one_run(published, fakes)
    assert not result.success
    assert not [event for event in result.all_events if event.event_type_value == "STEP_UP_FOR_RETRY"]
    with dg.DagsterInstance.from_config(str(published.dagster)) as own:
        run = own.get_run_by_id(result.run_id)
    assert run is not None
    assert run.tags[FAULT_TAG] == LASTING


def _raise(error: BaseException) -> None:
    raise error


def test_a_batch_whose_files_are_all_gone_leaves_no_rows(published: Home, fakes: Any) -> None:
    batches.register(published, "inbox", [], replace=True)
    ended = execute(published, ["inbox"], stages=fakes.stages(), crew=Crew(1), listener=NoProgress())
    assert ended.reason is None
    with reader.connect(published.published) as con:
        counts = [
            con.table(name).aggregate("count(*)").fetchall()
            for name in ("inputs", "documents", "event_mentions", "participants", "events", "actors")
        ]
    assert counts == [[(0,)]] * 6


def test_what_was_published_passes_when_it_is_checked_again_and_nothing_is_written(published: Home) -> None:
    before = {path: path.stat().st_mtime_ns for path in published.root.rglob("*") if path.is_file()}
    results = list(recheck(published))
    assert {result.table for result in results} >= {"inputs", "documents", "events", "dyad_months", "runs"}
    assert not failures(results)
    after = {path: path.stat().st_mtime_ns for path in published.root.rglob("*") if path.is_file()}
    assert after == before


def test_checking_again_finds_a_file_that_was_lost_since(published: Home, fakes: Any) -> None:
    (published.lake / relative_path("participants", "inbox")).unlink()
    (published.lake / relative_path("documents", "inbox")).unlink()
    job = build_defs(resources(published, fakes)).resolve_job_def(RECHECK)
    with dg.DagsterInstance.from_config(str(published.dagster)) as own:
        result = job.execute_in_process(instance=own, raise_on_error=False)
    assert not result.success
    found = {
        (
            event.asset_check_evaluation_data.asset_key.to_user_string(),
            event.asset_check_evaluation_data.check_name,
        )
        for event in result.all_events
        if event.event_type_value == "ASSET_CHECK_EVALUATION" and not event.asset_check_evaluation_data.passed
    }
    assert ("documents", "quality") in found


def test_schedules_keep_the_hours_that_are_set() -> None:
    made = {schedule.name: schedule for schedule in schedules(Settings(nightly="30 1 * * *"))}
    assert made["nightly"].cron_schedule == "30 1 * * *"
    assert made["weekly"].job_name == RECHECK
    with pytest.raises(SettingsError, match=r"COMMUNIQUE_NIGHTLY=99 1 \* \* \*: there is no such time"):
        schedules(Settings(nightly="99 1 * * *"))


def test_the_published_file_warns_before_it_is_overdue() -> None:
    spec = next(
        spec
        for asset in build_defs().assets or ()
        if isinstance(asset, dg.AssetsDefinition)
        for spec in asset.specs
        if spec.key == dg.AssetKey("published_file")
    )
    assert spec.freshness_policy == FRESHNESS
    assert dg.FreshnessPolicy.time_window(timedelta(hours=72), timedelta(hours=36)) == FRESHNESS


def test_a_memory_survives_being_written_down() -> None:
    memory = Memory({"a": ("x", 1.5)}, {"b": ("y", 3)}, 3, "1:2")
    assert Memory.read(memory.write()) == memory
    assert Memory.read(None) == Memory()
