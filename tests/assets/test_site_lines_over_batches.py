"""Lines that a site's documents share are learned over all batches, whatever the order these come in."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import dagster as dg
import pyarrow.parquet as pq
import pytest

from assets.batch_work import do_batches, do_stage_of_batches
from assets.execution import execute
from assets.lines_work import do_share
from assets.plan import make_plan, why_stale
from assets.progress import NoProgress
from assets.register_work import do_publish, do_resolve
from assets.stages import Stages, pipeline_stages
from assets.work import Work
from pipelines.crew import Crew
from warehouse import batches
from warehouse.home import Home, open_home
from warehouse.overlay import Overlay

pytestmark = pytest.mark.usefixtures("without_row_checks")

FURNITURE = "Harbour desk phone book"  # nothing in its wording says that it is no headline or lead
TEXTS = {
    "a": [
        ("harbour.example", 1, "The ferry to the northern island will sail twice a day from next week, its owner said."),
        ("meadow.example", 2, "Farmers in the valley sold the first apples of the year on the old market square today."),
    ],
    "b": [
        ("harbour.example", 3, "A storm tore the roof from the fish hall on Sunday night, and nobody was hurt by it."),
    ],
    "c": [
        ("meadow.example", 4, "The village school opened its new library with a reading that lasted until midnight."),
    ],
}  # fmt: skip


def write_batch(folder: Path, *names: str) -> Path:
    folder.mkdir(exist_ok=True)
    for name in names:
        with (folder / f"{name}.jsonl").open("w", encoding="utf-8") as file:
            for site, number, sentence in TEXTS[name]:
                furniture = FURNITURE if site == "harbour.example" else f"Page of farm {'xyz'[number % 3]}"
                text = f"{sentence}\n\n{furniture}\n\n{sentence.replace('The', 'That').replace('A ', 'One ')}"
                record = {"url": f"https://{site}/{number}", "text": text}
                file.write(json.dumps(record) + "\n")
    return folder


@pytest.fixture
def stages(fakes: Any) -> Stages:
    """The real cleaning between made-up stages."""
    made_up: Stages = fakes.stages()
    return replace(made_up, clean=pipeline_stages().clean)


def go(home: Home, stages: Stages, run_id: str, *names: str) -> None:
    work = Work(home, run_id, stages)
    work.begin(names, whole=True)
    do_batches(work, names)
    do_resolve(work)
    do_publish(work)


def registered(folder: Path, *names: str) -> Home:
    home = open_home(folder / "home")
    for name in names:
        batches.register(home, name, [str(write_batch(folder / name, name))], replace=False)
    return home


def bodies(home: Home) -> dict[str, str]:
    found: dict[str, str] = {}
    for path in Overlay(home).files("documents").values():
        rows = pq.read_table(path, columns=["url", "body"]).to_pydict()
        found |= dict(zip(rows["url"], rows["body"], strict=True))
    return found


def documents(home: Home) -> dict[str, bytes]:
    return {name: path.read_bytes() for name, path in Overlay(home).files("documents").items()}


def test_the_order_of_batches_makes_no_difference(tmp_path: Path, stages: Stages) -> None:
    found = []
    for number, order in enumerate(("abc", "cba", "bca")):
        folder = tmp_path / str(number)
        folder.mkdir()
        home = registered(folder, *order)
        for name in order:
            go(home, stages, f"run-{name}", name)
        assert make_plan(home, stages, order).is_empty
        found.append(documents(home))
    (tmp_path / "together").mkdir()
    together = registered(tmp_path / "together", "a", "b", "c")
    go(together, stages, "at-once", "a", "b", "c")
    assert all(files == documents(together) for files in found)
    shared = bodies(together)
    assert FURNITURE not in shared["https://harbour.example/1"] + shared["https://harbour.example/3"]


def test_dividing_texts_into_batches_makes_no_difference(tmp_path: Path, stages: Stages) -> None:
    (tmp_path / "divided").mkdir()
    (tmp_path / "whole").mkdir()
    divided = registered(tmp_path / "divided", "a", "b")
    go(divided, stages, "first", "a")
    go(divided, stages, "second", "b")
    # The texts of a come once more with another batch: they count once.
    again = write_batch(tmp_path / "again", "a")
    batches.register(divided, "again", [str(again)], replace=False)
    go(divided, stages, "third", "again")
    whole = open_home(tmp_path / "whole" / "home")
    batches.register(whole, "all", [str(write_batch(tmp_path / "all", "a", "b"))], replace=False)
    go(whole, stages, "first", "all")
    assert bodies(divided) == bodies(whole)
    rows = [pq.read_table(Overlay(home).path("shared_lines")) for home in (divided, whole)]
    assert rows[0].equals(rows[1])


def test_a_lone_line_is_kept_until_another_batch_shows_that_the_site_has_it(
    tmp_path: Path, stages: Stages
) -> None:
    home = registered(tmp_path, "a", "b")
    go(home, stages, "first", "a")
    assert FURNITURE in bodies(home)["https://harbour.example/1"]
    go(home, stages, "second", "b")
    assert FURNITURE not in bodies(home)["https://harbour.example/1"]


def test_a_batch_of_other_sites_concerns_nobody(tmp_path: Path, stages: Stages, fakes: Any) -> None:
    home = registered(tmp_path, "b", "c")
    go(home, stages, "first", "b")
    before = Overlay(home).path("documents", "b")
    assert before is not None
    written = before.stat().st_mtime_ns
    go(home, stages, "second", "c")
    assert before.stat().st_mtime_ns == written


def test_only_documents_that_changed_are_extracted_again(tmp_path: Path, stages: Stages, fakes: Any) -> None:
    home = registered(tmp_path, "a", "b")
    go(home, stages, "first", "a")
    fakes.extracted.clear()
    go(home, stages, "second", "b")
    assert len(fakes.extracted) == 2  # the new one, and the one of the same site; not the one of another
    assert not any("apples" in body for body in fakes.extracted)


def test_lines_learned_alone_make_an_older_batch_stale_and_say_why(tmp_path: Path, stages: Stages) -> None:
    home = registered(tmp_path, "a", "b")
    go(home, stages, "first", "a")
    work = Work(home, "second", stages)
    work.begin(["b"], whole=False)
    for stage in ("ingest", "learn"):
        do_stage_of_batches(work, stage, ["b"])
    do_share(work)
    work.commit_stages()
    plan = make_plan(home, stages, ["a", "b"])
    assert plan.stale_batches == {"a": "clean", "b": "clean"}
    assert why_stale(Overlay(home), stages, "a", "clean") == "lines learned since"
    assert why_stale(Overlay(home), stages, "b", "clean") == "not done yet"


def test_what_a_lost_batch_taught_is_forgotten(tmp_path: Path, stages: Stages) -> None:
    home = registered(tmp_path, "a", "b")
    go(home, stages, "first", "a", "b")
    for table in home.lake.iterdir():
        shutil.rmtree(table / "batch=b", ignore_errors=True)
    assert make_plan(home, stages, ["a"]).share
    go(home, stages, "second", "a")
    assert FURNITURE in bodies(home)["https://harbour.example/1"]
    assert make_plan(home, stages, ["a"]).is_empty


def test_a_dagster_run_of_one_batch_records_the_others_it_concerns(tmp_path: Path, stages: Stages) -> None:
    home = registered(tmp_path, "a", "b", "c")
    for name in ("a", "c", "b"):
        ended = execute(home, [name], stages=stages, crew=Crew(1), listener=NoProgress())
        assert ended.reason is None
    with dg.DagsterInstance.from_config(str(home.dagster)) as instance:
        made = {
            table: [
                record.partition_key or ""
                for record in instance.fetch_materializations(dg.AssetKey(table), limit=100).records
            ]
            for table in ("inputs", "site_lines", "documents", "event_mentions")
        }
    # c came after a of the same site, and b after a of another one.
    assert {table: sorted(keys) for table, keys in made.items()} == {
        "inputs": ["a", "b", "c"],
        "site_lines": ["a", "b", "c"],
        "documents": ["a", "a", "b", "c"],
        "event_mentions": ["a", "a", "b", "c"],
    }
    assert make_plan(home, stages, "abc").is_empty
