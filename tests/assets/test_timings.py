"""How long stages take is kept, told by Dagster and published."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from assets.execution import execute
from assets.progress import NoProgress
from assets.timed import Timed
from pipelines.crew import Crew
from warehouse import batches, reader, timings
from warehouse.home import Home

pytestmark = pytest.mark.usefixtures("without_row_checks")


def test_a_stage_is_kept_with_what_it_did(home: Home) -> None:
    timed = Timed(NoProgress(), home, "r1")
    timed.start("clean", "may", 3, "documents")
    timed.advance(2)
    timed.advance(1)
    timed.finish("3 documents")
    (kept,) = timings.of_run(home, "r1")
    assert (kept.stage, kept.batch, kept.amount, kept.unit, kept.note) == (
        "clean", "may", 3, "documents", "3 documents",
    )  # fmt: skip
    assert kept.seconds >= 0


def test_a_clock_that_goes_back_makes_no_negative_duration(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    import assets.timed as module

    timed = Timed(NoProgress(), home, "r1")
    timed.start("clean", None, None, "tables")
    # The time of day is not asked at the end at all.
    monkeypatch.setattr(module, "datetime", None)
    timed.finish("done")
    assert timings.of_run(home, "r1")[0].seconds >= 0


def test_a_line_that_a_killed_run_left_unfinished_is_passed_over(home: Home) -> None:
    timed = Timed(NoProgress(), home, "r1")
    timed.start("clean", None, None, "tables")
    timed.finish("done")
    path = home.run_folder("r1") / "stages.jsonl"
    path.write_text(path.read_text() + '{"stage": "extr')
    assert [timing.stage for timing in timings.of_run(home, "r1")] == ["clean"]


def test_a_run_publishes_the_timings_of_its_stages(home: Home, inbox: Path, fakes: Any) -> None:
    batches.register(home, "inbox", [str(inbox)], replace=False)
    ended = execute(home, ["inbox"], stages=fakes.stages(), crew=Crew(1), listener=NoProgress())
    assert ended.reason is None
    with reader.connect(home.published) as con:
        stages = [row[0] for row in con.sql("SELECT stage FROM run_stages ORDER BY started_at").fetchall()]
    assert stages == ["ingest", "learn", "share", "clean", "extract", "resolve"]
    # The publication itself is known to the home, and in the file of the next one.
    assert timings.of_run(home, ended.run_id)[-1].stage == "publish"
