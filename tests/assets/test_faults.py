"""Faults from outside: a full disk, a read-only home, a clock set back, files that change, two runs at once.

Each has a clear outcome, and nothing is lost.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb
import pytest
from run_children import leftovers, runner, state

from assets.batch_work import do_batches
from assets.cli import main
from assets.cli.run import _warn_of_changes
from assets.plan import make_plan
from assets.register_work import do_publish, do_resolve
from assets.work import Work
from warehouse import batches, publications, reader, runs
from warehouse.home import Home, open_home
from warehouse.space import FULL, is_full

Run = Callable[..., tuple[int, str, str]]
Mount = Callable[..., Path]


@pytest.fixture
def communique(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], fakes: Any) -> Run:
    """Runs a command over made-up stages; its exit code, output and errors."""
    monkeypatch.setattr("assets.cli.run.pipeline_stages", fakes.stages)
    monkeypatch.setattr("assets.cli.status.pipeline_stages", fakes.stages)
    monkeypatch.setattr("checks.audit.check_rows", lambda *_: [])

    def run(*arguments: str) -> tuple[int, str, str]:
        capsys.readouterr()
        monkeypatch.setattr(sys, "argv", ["communique", *arguments])
        with pytest.raises(SystemExit) as left:
            main()
        said = capsys.readouterr()
        return int(left.value.code or 0), said.out, said.err

    return run


@pytest.fixture
def mounted(tmp_path: Path) -> Iterator[Mount]:
    """Mounts a small disk, or mounts it anew with other options; skips where that is not allowed."""
    disk = tmp_path / "disk"
    disk.mkdir()

    def mount(options: str) -> Path:
        anew = "remount," if os.path.ismount(disk) else ""
        command = ["mount", "-t", "tmpfs", "-o", anew + options, "tmpfs", str(disk)]
        try:
            subprocess.run(command, check=True, capture_output=True)
        except (FileNotFoundError, subprocess.CalledProcessError):
            pytest.skip("needs the right to mount a disk")
        return disk

    yield mount
    if os.path.ismount(disk):
        subprocess.run(["umount", "-l", str(disk)], check=True)


def go(home: Home, fakes: Any, run_id: str, *names: str) -> None:
    work = Work(home, run_id, fakes.stages())
    work.begin(names or ["inbox"], whole=True)
    do_batches(work, names or ["inbox"])
    do_resolve(work)
    do_publish(work)


def bodies(home: Home) -> list[str]:
    with reader.connect(home.published) as con:
        return [row[0] for row in con.execute("SELECT body FROM documents ORDER BY body").fetchall()]


@pytest.mark.parametrize(
    "error",
    [
        OSError(28, "No space left on device"),
        OSError(122, "Disk quota exceeded"),
        duckdb.IOException('IO Error: Could not write file "x": No space left on device'),
        RuntimeError("(sqlite3.OperationalError) database or disk is full"),
    ],
)
def test_a_full_disk_is_known_whoever_tells_of_it(error: Exception) -> None:
    wrapped = ValueError("something went wrong")
    wrapped.__cause__ = error
    assert is_full(wrapped)
    assert not is_full(OSError(2, "No such file or directory"))


def test_a_full_disk_is_told_in_one_line_and_the_next_run_completes(
    communique: Run, mounted: Mount, inbox: Path
) -> None:
    home = Home(mounted("size=64m") / "home")
    arguments = ["run", str(inbox), "--home", str(home.root), "--workers", "1"]
    assert communique(*arguments)[0] == 0
    before, told = home.published.read_bytes(), bodies(home)
    (inbox / "d.txt").write_text("Gus met Hal", encoding="utf-8")
    room = home.root.parent / "full"
    free = os.statvfs(home.root).f_bavail * os.statvfs(home.root).f_frsize
    room.write_bytes(bytes(free - 1_500_000))
    code, _, err = communique(*arguments)
    assert (code, err.splitlines()[-1]) == (1, f"communique: {FULL}")
    assert home.published.read_bytes() == before
    room.unlink()
    assert communique(*arguments)[0] == 0
    assert bodies(home) == sorted([*told, "Gus met Hal"])


def test_a_disk_that_is_full_at_any_write_loses_nothing(tmp_path: Path) -> None:
    full, roomy = open_home(tmp_path / "full"), open_home(tmp_path / "roomy")
    inbox = tmp_path / "inbox"
    (inbox / "one").mkdir(parents=True)
    (inbox / "one" / "a.txt").write_text("Ana met Bor", encoding="utf-8")
    with runner() as process:
        process.run(full, inbox)
        process.run(roomy, inbox)
        before = state(full)
        (inbox / "one" / "b.txt").write_text("Cyd met Dan", encoding="utf-8")
        whole = process.run(roomy, inbox)
        after = state(roomy)
        for eighth in range(1, 9):
            ended = process.run(full, inbox, full_at=whole["operations"] * eighth // 8)
            assert ended["status"] in (0, 1)
            assert state(full) in (before, after), ended
        assert process.run(full, inbox)["status"] == 0
    assert state(full) == after
    assert leftovers(full) == []


def test_a_read_only_home_is_read_and_a_run_says_so(
    communique: Run, mounted: Mount, inbox: Path, fakes: Any
) -> None:
    home = open_home(mounted("size=64m") / "home")
    batches.register(home, "inbox", [str(inbox)], replace=False)
    go(home, fakes, "first")
    mounted("ro")
    at = ["--home", str(home.root)]
    assert communique("sql", "SELECT count(*) AS n FROM documents", "--format", "csv", *at)[:2] == (
        0,
        "n\n2\n",
    )
    for command in (["status"], ["verify"], ["rollback", "--list"]):
        assert communique(*command, *at)[0] == 0
    assert communique("schema")[0] == 0
    for command in (["run", str(inbox)], ["rollback"], ["rerun", "--from", "publish"]):
        code, _, err = communique(*command, *at)
        assert (code, err.count("\n")) == (2, 1)
        assert "the home" in err


def test_runs_keep_their_order_where_the_clock_is_set_back(
    home: Home, inbox: Path, fakes: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("checks.audit.check_rows", lambda *_: [])
    batches.register(home, "inbox", [str(inbox)], replace=False)
    go(home, fakes, "first")
    monkeypatch.setattr(runs, "datetime", SetBack)
    (inbox / "d.txt").write_text("Gus met Hal", encoding="utf-8")
    go(home, fakes, "second")
    SetBack.hours = 2  # set back once more, while the third runs
    (inbox / "e.txt").write_text("Ida met Jon", encoding="utf-8")
    work = Work(home, "third", fakes.stages())
    work.begin(["inbox"], whole=True)
    SetBack.hours = 3
    do_batches(work, ["inbox"])
    do_resolve(work)
    do_publish(work)
    assert [run.run_id for run in runs.history(home)] == ["first", "second", "third"]
    assert [one.run_id for one in publications.kept(home)] == ["third", "second", "first"]
    with reader.connect(home.published) as con:
        told = con.execute("SELECT run_id, finished_at >= started_at FROM runs ORDER BY sequence").fetchall()
        seen = con.execute("SELECT count(*) FROM inputs WHERE seen_at IS NULL").fetchall()
    assert told == [("first", True), ("second", True), ("third", True)]
    assert seen == [(0,)]
    assert make_plan(home, fakes.stages(), ["inbox"]).is_empty


class SetBack(datetime):
    """A clock that is some hours behind."""

    hours = 1

    @classmethod
    def now(cls, tz: Any = None) -> datetime:
        return datetime.now(tz or UTC) - timedelta(hours=cls.hours)


def test_a_file_that_changes_while_it_is_read_is_read_again(
    home: Home, inbox: Path, fakes: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("checks.audit.check_rows", lambda *_: [])
    batches.register(home, "inbox", [str(inbox)], replace=False)

    def written_to(chunk: Any) -> Any:
        (inbox / "a.txt").write_text("Ana met Bor and Gus met Hal", encoding="utf-8")
        (inbox / "b.txt").unlink(missing_ok=True)
        return chunk

    fakes.spoilers["inputs"] = written_to
    go(home, fakes, "first")
    assert make_plan(home, fakes.stages(), ["inbox"]).stale_batches == {"inbox": "ingest"}
    _warn_of_changes(home, fakes.stages(), "inbox")
    assert "changed while the run was reading" in capsys.readouterr().err
    fakes.spoilers.clear()
    go(home, fakes, "second")
    assert bodies(home) == ["Ana met Bor", "Ana met Bor and Gus met Hal"]
    assert make_plan(home, fakes.stages(), ["inbox"]).is_empty


def test_a_file_that_is_cut_while_it_is_read_does_not_stop_the_run(
    home: Home, inbox: Path, fakes: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("checks.audit.check_rows", lambda *_: [])
    (inbox / "a.txt").unlink()
    lines = "".join(f'{{"text": "Ana{n} met Bor{n}"}}\n' for n in range(30_000))
    growing = inbox / "0.jsonl"
    growing.write_text(lines, encoding="utf-8")
    batches.register(home, "inbox", [str(inbox)], replace=False)

    def cut(chunk: Any) -> Any:
        os.truncate(growing, 600_010)  # within a line
        return chunk

    fakes.spoilers["inputs"] = cut
    go(home, fakes, "first")
    fakes.spoilers.clear()
    assert make_plan(home, fakes.stages(), ["inbox"]).stale_batches == {"inbox": "ingest"}
    with growing.open("w", encoding="utf-8") as file:
        file.writelines(lines.splitlines(keepends=True)[:5])
    go(home, fakes, "second")
    assert len(bodies(home)) == 5 + 2


@pytest.mark.parametrize("names", [("one", "two"), ("one", "one")])
def test_two_runs_at_once_both_finish_and_lose_nothing(tmp_path: Path, names: tuple[str, str]) -> None:
    home, alone, inbox = open_home(tmp_path / "home"), open_home(tmp_path / "alone"), tmp_path / "inbox"
    for folder, text in (("one", "Ana met Bor"), ("two", "Cyd met Dan")):
        (inbox / folder).mkdir(parents=True)
        (inbox / folder / "a.txt").write_text(text, encoding="utf-8")
    with runner() as first, runner() as second:
        first.begin(home, inbox, names[0])
        second.begin(home, inbox, names[1])
        assert (first.end()["status"], second.end()["status"]) == (0, 0)
        first.run(alone, inbox, *names)
    assert state(home) == state(alone)
    assert len(bodies(home)) == len(set(names))
    assert leftovers(home) == []
