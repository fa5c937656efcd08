"""Runs of different batches, and of the same, under way at once: what is published is as if they had taken turns."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from assets.batch_work import do_batches
from assets.catch_up import catch_up
from assets.plan import make_plan
from assets.register_work import do_publish, do_resolve
from assets.work import Work
from warehouse import batches, reader
from warehouse.home import Home, open_home

pytestmark = pytest.mark.usefixtures("without_row_checks")

FOOTER = "Our footer which stands below every single page of this paper.\n"


def text(number: int, *, footer: bool = True) -> str:
    told = f"Ana{number} met Bor{number}"
    return f"https://paper.example/{number}\n{told}\n" + (FOOTER if footer else "")


@pytest.fixture
def two(home: Home, tmp_path: Path) -> Home:
    """A home in which two batches are registered."""
    for number, name in enumerate(("first", "second")):
        (tmp_path / name).mkdir()
        for page in range(3):
            (tmp_path / name / f"{page}.txt").write_text(text(10 * number + page), encoding="utf-8")
        batches.register(home, name, [str(tmp_path / name)], replace=False)
    return home


def begun(home: Home, fakes: Any, run_id: str, names: Sequence[str]) -> Work:
    """A run that has come as far as it can before it publishes."""
    work = Work(home, run_id, fakes.stages())
    work.begin(names, whole=True)
    do_batches(work, names)
    do_resolve(work)
    return work


def ended(work: Work, names: Sequence[str]) -> None:
    catch_up(work, names)
    do_publish(work)


def everything(home: Home) -> dict[str, list[Any]]:
    with reader.connect(home.published) as con:
        names = [row[0] for row in con.execute("SELECT table_name FROM duckdb_tables()").fetchall()]
        return {
            name: con.execute(f"SELECT * FROM {name} ORDER BY ALL").fetchall()
            for name in names
            if name in ("documents", "event_mentions", "participants", "events", "actors", "document_stories")
        }


def test_runs_of_different_batches_publish_as_if_one_had_waited_for_the_other(
    two: Home, fake_stages: type[Any], tmp_path: Path
) -> None:
    one, other = begun(two, fake_stages(), "one", ["first"]), begun(two, fake_stages(), "other", ["second"])
    ended(other, ["second"])
    ended(one, ["first"])
    assert make_plan(two, fake_stages().stages(), ["first", "second"]).is_empty
    alone = open_home(tmp_path / "alone")
    for name in ("first", "second"):
        batches.register(alone, name, [str(tmp_path / name)], replace=False)
        ended(begun(alone, fake_stages(), name, [name]), [name])
    assert everything(two) == everything(alone)
    assert len(everything(two)["events"]) == 6


def test_an_older_run_of_a_batch_does_not_put_its_files_over_a_newer_ones(
    two: Home, fake_stages: type[Any], tmp_path: Path
) -> None:
    older = begun(two, fake_stages(), "older", ["first"])
    (tmp_path / "first" / "9.txt").write_text(text(9), encoding="utf-8")
    newer = begun(two, fake_stages(), "newer", ["first"])
    ended(newer, ["first"])
    ended(older, ["first"])
    assert len(everything(two)["documents"]) == 4
    assert make_plan(two, fake_stages().stages(), ["first"]).is_empty


def test_what_comes_to_a_batch_during_its_run_is_left_to_the_next(
    two: Home, fake_stages: type[Any], tmp_path: Path
) -> None:
    work = begun(two, fake_stages(), "one", ["first"])
    (tmp_path / "first" / "9.txt").write_text(text(9), encoding="utf-8")
    ended(work, ["first"])
    assert len(everything(two)["documents"]) == 3
    assert make_plan(two, fake_stages().stages(), ["first"]).stale_batches == {"first": "ingest"}


def test_a_run_that_was_not_disturbed_does_nothing_twice(two: Home, fakes: Any) -> None:
    work = begun(two, fakes, "one", ["first"])
    cleaned, extracted, resolved = fakes.cleaned, list(fakes.extracted), fakes.resolved
    catch_up(work, ["first"])
    assert (fakes.cleaned, fakes.extracted, fakes.resolved) == (cleaned, extracted, resolved)


def test_a_forced_run_is_not_forced_again_when_it_publishes(two: Home, fakes: Any) -> None:
    work = begun(two, fakes, "one", ["first"])
    resolved = fakes.resolved
    catch_up(Work(two, "one", fakes.stages(), force="ingest"), ["first"])
    assert fakes.resolved == resolved
    do_publish(work)
