"""Nothing moves into the lake or in front of readers before every blocking check has passed."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from assets.batch_work import do_batches
from assets.plan import make_plan
from assets.register_work import do_publish, do_resolve
from assets.work import Work
from checks.audit import AuditError
from checks.quarantine import Bound
from warehouse import alive, batches, commit, reader, runs
from warehouse.home import Home, open_home
from warehouse.tables.model import Stage


def go(
    home: Home,
    fakes: Any,
    run_id: str,
    names: tuple[str, ...] = ("inbox",),
    force: Stage | None = None,
    bound: Bound | None = None,
) -> None:
    """All stages of a run, as the assets do them, without Dagster."""
    work = Work(home, run_id, fakes.stages(), force=force, bound=bound or Bound())
    work.begin(names, whole=True)
    try:
        do_batches(work, names)
        do_resolve(work)
        do_publish(work)
    except BaseException as error:
        work.fail(str(error))
        raise


def rows(home: Home, query: str) -> list[tuple[Any, ...]]:
    with reader.connect(home.published) as con:
        return con.execute(query).fetchall()


def contents(home: Home) -> dict[str, bytes]:
    files = [home.published, *(path for path in home.lake.rglob("*") if path.is_file())]
    return {str(path): path.read_bytes() for path in files}


def put(column: str, value: Any) -> Callable[[pa.Table], pa.Table]:
    """Overwrite a column's first value."""

    def spoil(chunk: pa.Table) -> pa.Table:
        if not chunk.num_rows:
            return chunk
        position = chunk.schema.get_field_index(column)
        field = chunk.schema.field(position).with_nullable(True)
        values = [value, *chunk.column(position).to_pylist()[1:]]
        return chunk.set_column(position, field, pa.array(values, field.type))

    return spoil


@pytest.fixture(scope="module")
def first_run(tmp_path_factory: pytest.TempPathFactory, fake_stages: type[Any], fill_inbox: Any) -> Path:
    """A home with one published run, made once; tests work on copies."""
    folder = tmp_path_factory.mktemp("first")
    home = open_home(folder / "home")
    batches.register(home, "inbox", [str(fill_inbox(folder))], replace=False)
    go(home, fake_stages(), "first")
    return folder


@pytest.fixture
def published(first_run: Path, tmp_path: Path) -> Home:
    """A home with one published run, and one more text in the inbox."""
    shutil.copytree(first_run, tmp_path, dirs_exist_ok=True)
    home = open_home(tmp_path / "home")
    batches.register(home, "inbox", [str(tmp_path / "inbox")], replace=True)
    (tmp_path / "inbox" / "d.txt").write_text("Gus met Hal", encoding="utf-8")
    return home


def test_a_run_publishes_what_was_told(published: Home) -> None:
    assert rows(published, "SELECT outcome, count(*) FROM inputs GROUP BY ALL ORDER BY ALL") == [
        ("accepted", 2),
        ("duplicate", 1),
    ]
    assert rows(published, "SELECT count(*), count(event_id) FROM event_mentions") == [(3, 3)]
    assert rows(published, "SELECT count(*), count(actor_id) FROM participants") == [(6, 6)]
    assert rows(published, "SELECT event_type, event_count FROM event_days") == [("CONSULT", 3)]
    assert rows(published, "SELECT country_a, country_b FROM dyad_months ORDER BY ALL") == [
        ("ANA", "BOR"),
        ("CYD", "DAN"),
        ("EVE", "FAY"),
    ]
    assert rows(published, "SELECT outcome, documents, mentions FROM runs") == [("published", 2, 3)]


def test_offsets_count_code_points_in_the_published_file_too(published: Home) -> None:
    found = rows(
        published,
        "SELECT sentence, substring(body, sentence_start + 1, sentence_end - sentence_start) "
        "FROM event_mentions JOIN documents USING (document_id) WHERE sentence LIKE 'Eve%'",
    )
    assert found == [("Eve met Fay", "Eve met Fay")]


@pytest.mark.parametrize(
    ("table", "column", "value", "expectation"),
    [
        ("inputs", "outcome", "lost", "allowed_values"),
        ("raw_documents", "input_id", "0" * 20, "input_id_is_in_inputs"),
        ("documents", "body", "   ", "body_is_not_blank"),
        ("documents", "cleaner_version", None, "not_null"),
        ("event_mentions", "trigger_end", 9, "trigger_is_in_the_body"),
        ("event_mentions", "confidence", 1.5, "range"),
        ("participants", "text", "Zed", "text_is_in_the_body"),
        ("events", "lead_mention_id", "f" * 20, "lead_mention_id_is_in_event_mentions"),
        ("actors", "actor_id", "not an id", "pattern"),
    ],
)
def test_too_many_bad_rows_in_any_stage_leave_everything_as_it_was(
    published: Home, fakes: Any, table: str, column: str, value: Any, expectation: str
) -> None:
    before = contents(published)
    fakes.spoilers[table] = put(column, value)
    with pytest.raises(AuditError, match=expectation) as caught:
        go(published, fakes, "second", bound=Bound(share=0, rows=0))
    assert contents(published) == before
    named = [line for line in str(caught.value).splitlines() if expectation in line]
    assert named
    assert named[0].startswith(table)
    assert "for example" in named[0]
    assert not list(published.root.glob("*.tmp"))  # nothing half-built beside the published file


def test_the_run_after_a_failed_one_publishes_and_tells_of_both(published: Home, fakes: Any) -> None:
    fakes.spoilers["events"] = put("confidence", 7.0)
    with pytest.raises(AuditError):
        go(published, fakes, "second")
    fakes.spoilers.clear()
    go(published, fakes, "third")
    outcomes = rows(published, "SELECT run_id, outcome FROM runs ORDER BY started_at")
    assert outcomes == [("first", "published"), ("second", "failed"), ("third", "published")]
    failed = (
        "SELECT table_name, column_name, expectation FROM quality_results "
        "WHERE run_id = 'second' AND NOT success"
    )
    assert rows(published, failed) == [("events", "confidence", "range")]
    assert not list(published.staging.glob("second"))


def test_a_table_of_another_schema_is_named_and_not_published(published: Home, fakes: Any) -> None:
    fakes.spoilers["participants"] = lambda chunk: chunk.drop_columns(["kind"])
    before = contents(published)
    with pytest.raises(AuditError, match="column kind is missing"):
        go(published, fakes, "second")
    assert contents(published) == before


def test_a_lost_row_is_noticed(published: Home, fakes: Any) -> None:
    fakes.spoilers["documents"] = lambda chunk: chunk.slice(1)
    with pytest.raises(AuditError, match="every_raw_text_is_accounted_for"):
        go(published, fakes, "second")


def test_a_warning_is_recorded_and_stops_nothing(published: Home, fakes: Any) -> None:
    fakes.spoilers["participants"] = put("sector", "lower")
    go(published, fakes, "second")
    warned = "SELECT severity, column_name FROM quality_results WHERE NOT success"
    assert rows(published, warned) == [("warning", "sector")]


def test_a_run_killed_while_moving_files_is_finished_by_the_next(
    published: Home, fakes: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    moves = 0
    real = Path.replace

    def dying(self: Path, target: Path) -> Path:
        nonlocal moves
        if self.name == "data.parquet" and published.lake in Path(target).parents:
            moves += 1
            if moves == 3:
                raise KeyboardInterrupt
        return real(self, target)

    monkeypatch.setattr(Path, "replace", dying)
    with pytest.raises(KeyboardInterrupt):
        go(published, fakes, "second")
    monkeypatch.undo()
    assert rows(published, "SELECT count(*) FROM documents") == [(2,)]
    commit.recover(published)
    assert rows(published, "SELECT count(*) FROM documents") == [(3,)]
    assert make_plan(published, fakes.stages(), ["inbox"]).is_empty
    last = runs.history(published)[-1]
    assert (last.run_id, last.outcome) == ("second", "published")


def test_a_killed_runs_finished_stages_are_taken_over(published: Home, fakes: Any) -> None:
    work = Work(published, "second", fakes.stages())
    work.begin(["inbox"], whole=True)
    do_batches(work, ["inbox"])
    assert fakes.extracted == ["Gus met Hal"]  # the others are known from the run before
    alive.release(published, "second")  # as if its process had been killed
    go(published, fakes, "third")
    assert fakes.extracted == ["Gus met Hal"]
    assert rows(published, "SELECT count(*) FROM documents") == [(3,)]
    assert {run.run_id: run.outcome for run in runs.history(published)} == {
        "first": "published",
        "second": "failed",
        "third": "published",
    }


def test_counting_nulls_does_not_hide_that_a_required_value_is_missing(published: Home, fakes: Any) -> None:
    fakes.spoilers["event_mentions"] = put("sentence", None)
    with pytest.raises(
        AuditError, match=r"event_mentions\.sentence \(batch inbox\): not_null failed on 1 rows"
    ):
        go(published, fakes, "second", bound=Bound(share=0, rows=0))
