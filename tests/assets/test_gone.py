"""Files that were removed take their rows with them; files that are merely out of reach do not."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from assets.batch_work import do_batches
from assets.cli.app import main
from assets.execution import Ended
from assets.reach import out_of_reach
from assets.register_work import do_publish, do_resolve
from assets.work import Work
from warehouse import batches, reader
from warehouse.home import Home

Say = Callable[..., tuple[int, str, str]]


@pytest.fixture
def say(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    home: Home,
    fakes: Any,
    unaudited: None,
) -> Say:
    """The command line over made-up stages, without Dagster and without checks."""
    for module in ("run", "status"):
        monkeypatch.setattr(f"assets.cli.{module}.pipeline_stages", fakes.stages)

    def execute(home: Home, names: list[str], *, force: Any = None, **_: Any) -> Ended:
        number = len(list(home.runs.iterdir()))
        work = Work(home, f"run-{number:03}", fakes.stages(), force=force)
        work.begin(names, whole=True)
        do_batches(work, names)
        do_resolve(work)
        do_publish(work)
        return Ended(work.run_id, home.runs / "log")

    monkeypatch.setattr("assets.execution.execute", execute)

    def said(*arguments: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["communique", *arguments, "--home", str(home.root)])
        with pytest.raises(SystemExit) as left:
            main()
        out = capsys.readouterr()
        return int(left.value.code or 0), out.out, out.err

    return said


def bodies(home: Home) -> list[str]:
    with reader.connect(home.published) as con:
        return sorted(row[0] for row in con.sql("SELECT body FROM documents").fetchall())


def test_a_removed_files_rows_go_with_the_next_run(home: Home, inbox: Path, say: Say) -> None:
    (inbox / "bad.txt").write_text("REFUSE this", encoding="utf-8")
    assert say("run", str(inbox))[0] == 0
    assert len(list((home.rejected / "inbox").iterdir())) == 1
    (inbox / "b.txt").unlink()
    (inbox / "bad.txt").unlink()
    assert say("run", str(inbox))[0] == 0
    assert bodies(home) == ["Ana met Bor"]
    assert not (home.rejected / "inbox").exists()
    with reader.connect(home.published) as con:
        sources = con.sql("SELECT DISTINCT source_uri FROM inputs ORDER BY 1").fetchall()
        people = con.sql("SELECT DISTINCT text FROM participants ORDER BY 1").fetchall()
    assert sources == [("inbox/a.txt",), ("inbox/c.txt",)]
    assert people == [("Ana",), ("Bor",)]


def test_an_emptied_folder_keeps_its_rows_until_somebody_says_it_is_gone(
    home: Home, inbox: Path, say: Say
) -> None:
    say("run", str(inbox))
    before = bodies(home)
    for path in inbox.iterdir():
        path.unlink()
    code, _, err = say("run", str(inbox))
    assert (code, "--gone" in err, err.count("\n")) == (2, True, 1)
    assert say("rerun")[0] == 0
    assert bodies(home) == before
    assert "nothing is left at" in say("status")[1].replace("\n", "")
    code, out, _ = say("rerun", "--batch", "inbox", "--gone")
    assert (code, "no input files any more" in out) == (0, True)
    assert bodies(home) == []
    # Files that come back are read again.
    (inbox / "z.txt").write_text("Gus met Hal", encoding="utf-8")
    assert say("run", str(inbox))[0] == 0
    assert bodies(home) == ["Gus met Hal"]


def test_a_folder_that_was_removed_beside_others_is_gone(
    home: Home, inbox: Path, say: Say, tmp_path: Path
) -> None:
    assert any(path != inbox for path in tmp_path.iterdir())
    say("run", str(inbox))
    shutil.rmtree(inbox)
    assert say("rerun")[0] == 0
    assert bodies(home) == []


def test_a_folder_on_a_disk_that_went_away_keeps_its_rows(home: Home, say: Say, tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    (disk / "news").mkdir(parents=True)
    (disk / "news" / "a.txt").write_text("Ana met Bor", encoding="utf-8")
    say("run", str(disk / "news"))
    shutil.rmtree(disk / "news")
    registration = batches.read(home, "news")
    assert registration is not None
    assert out_of_reach(home, registration) == [str(disk / "news")]
    code, _, err = say("rerun")
    assert (code, "its rows stay as they are" in err) == (0, True)
    assert bodies(home) == ["Ana met Bor"]


def test_an_empty_folder_that_nothing_came_from_holds_nobody_up(
    home: Home, inbox: Path, say: Say, tmp_path: Path
) -> None:
    (tmp_path / "later").mkdir()
    say("run", str(inbox), str(tmp_path / "later"), "--batch", "both")
    (inbox / "b.txt").unlink()
    assert say("rerun")[0] == 0
    assert bodies(home) == ["Ana met Bor"]


def test_status_tells_machines_what_is_stale_and_why(home: Home, inbox: Path, say: Say, fakes: Any) -> None:
    say("run", str(inbox))
    told = json.loads(say("status", "--format", "json")[1])
    assert told["up_to_date"]
    assert told["batches"][0]["rows"] == {
        "inputs": 3,
        "raw_documents": 2,
        "documents": 2,
        "event_mentions": 3,
    }
    fakes.versions["extract"] = "2"
    told = json.loads(say("status", "--format", "json")[1])
    stages = {one["stage"]: (one["state"], one["why"]) for one in told["batches"][0]["stages"]}
    assert stages == {
        "ingest": ("up to date", None),
        "learn": ("up to date", None),
        "clean": ("up to date", None),
        "extract": ("stale", "its code or knowledge has changed"),
    }
    assert [(one["stage"], one["state"]) for one in told["register"]] == [
        ("share", "up to date"),
        ("resolve", "follows"),
        ("publish", "follows"),
    ]
    assert not told["up_to_date"]
    (inbox / "b.txt").unlink()
    told = json.loads(say("status", "--format", "json")[1])
    assert [(one["stage"], one["state"], one["why"]) for one in told["batches"][0]["stages"]] == [
        ("ingest", "stale", "its files have changed"),
        ("learn", "follows", "after ingest"),
        ("clean", "follows", "after ingest"),
        ("extract", "stale", "its code or knowledge has changed"),
    ]
    fakes.extracted.clear()
    assert say("rerun")[0] == 0
    assert fakes.extracted == ["Ana met Bor"]
    assert json.loads(say("status", "--format", "json")[1])["up_to_date"]
