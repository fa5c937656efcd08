"""A home on object storage does what one in a folder does: the same commands, the same answers, the same tables."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import duckdb
import pytest

from assets.cli.app import main
from assets.resources import WarehouseResource
from warehouse.home import HomeError
from warehouse.remote.index import INDEX
from warehouse.remote.mirror import Mirror
from warehouse.remote.stores import Store
from warehouse.tables import TABLES

Say = Callable[..., tuple[int, str, str]]
TEXTS = {"a": "Ana met Bor", "b": "Cyd met Dan and Eve met Fay", "c": "Ana met Bor"}
OF_A_RUN = {"run_id", "seconds", "DATEADDED", "EventTimeDate", "MentionTimeDate"}
"""Columns that tell one run from another, beside points in time."""


@pytest.fixture
def say(
    fakes: Any,
    unaudited: None,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
) -> Say:
    """The command line over made-up stages; copies of homes lie below the test's own folder."""
    for module in ("forget", "run", "status", "trace"):
        monkeypatch.setattr(f"assets.cli.{module}.pipeline_stages", fakes.stages)
    monkeypatch.setenv("COMMUNIQUE_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("COLUMNS", "300")
    monkeypatch.delenv("COMMUNIQUE_HOME", raising=False)

    def said(*arguments: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["communique", *arguments])
        with pytest.raises(SystemExit) as left:
            main()
        out = capsys.readouterr()
        return int(left.value.code or 0), out.out, out.err

    return said


class Folder:
    """An inbox and a home in folders."""

    def __init__(self, root: Path) -> None:
        self.inbox, self.home = str(root / "inbox"), str(root / "home")
        Path(self.inbox).mkdir(parents=True)

    def put(self, name: str, text: str) -> None:
        (Path(self.inbox) / f"{name}.txt").write_text(text, encoding="utf-8")


class Bucket:
    """An inbox and a home in a bucket."""

    def __init__(self, bucket: str) -> None:
        self.inbox, self.home = f"{bucket}/inbox", f"{bucket}/press/home"

    def put(self, name: str, text: str) -> None:
        Store(self.inbox).write(f"{name}.txt", text.encode())


def tables(folder: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of the only published file below a folder, but for what tells one run from another."""
    (file,) = [path for path in folder.rglob("communique.duckdb") if "published" not in path.parent.name]
    found = {}
    with duckdb.connect(str(file), read_only=True) as con:
        for (name,) in con.execute("SELECT table_name FROM information_schema.tables ORDER BY 1").fetchall():
            columns = con.execute(f'DESCRIBE "{name}"').fetchall()
            kept = ", ".join(
                f'"{column}"'
                for column, type_, *_ in columns
                if column not in OF_A_RUN and not type_.startswith("TIMESTAMP")
            )
            found[name] = con.execute(f'SELECT {kept} FROM "{name}" ORDER BY ALL').fetchall()
    return found


def live_through(say: Say, place: Folder | Bucket, folder: Path) -> dict[str, Any]:
    """What is seen in the life of a home: each command's outcome, and every table after it."""
    seen: dict[str, Any] = {}

    def ask(query: str) -> str:
        code, out, err = say("sql", query, "--format", "csv", "--home", place.home)
        assert code == 0, err
        return out

    def note(name: str, *arguments: str) -> str:
        code, out, err = say(*arguments, "--home", place.home)
        assert code == 0, err
        seen[name] = tables(folder)
        return out

    for name, text in TEXTS.items():
        place.put(name, text)
    note("run", "run", place.inbox, "--workers", "1")
    assert "nothing to do" in note("unchanged", "run", place.inbox, "--workers", "1")
    mention = ask("SELECT min(mention_id) FROM event_mentions WHERE sentence LIKE 'Cyd%'").split()[1]
    traced = json.loads(say("trace", mention, "--format", "json", "--home", place.home)[1])
    assert traced["file"].pop("path") == f"{place.inbox}/b.txt"
    seen["trace"] = traced

    place.put("b", "Cyd met Dan, and then Gus met Hal")
    place.put("d", "Ida met Jon")
    note("changed", "rerun", "--workers", "1")
    seen["status"] = json.loads(say("status", "--format", "json", "--home", place.home)[1])["up_to_date"]

    note("rollback", "rollback")
    seen["pinned"] = ask("SELECT count(*) FROM documents")
    note("release", "rollback", "--release")
    note("published again", "rerun", "--workers", "1")
    document = ask("SELECT document_id FROM documents WHERE body LIKE 'Ida%'").split()[1]
    note("forget", "forget", document, "--reason", "asked for")
    note("after forgetting", "run", place.inbox, "--workers", "1")
    seen["outcomes"] = ask("SELECT source_uri, outcome, reason FROM inputs ORDER BY ALL")
    assert say("verify", "--home", place.home)[0] == 0
    return seen


def differences(one: Any, other: Any, at: str = "") -> list[str]:
    """Where two results differ, with what is there."""
    if isinstance(one, dict) and isinstance(other, dict) and one.keys() == other.keys():
        return [found for key in one for found in differences(one[key], other[key], f"{at} {key}")]
    return [] if one == other else [f"{at}: {one} or {other}"]


@pytest.mark.slow
def test_a_home_in_a_bucket_lives_as_one_in_a_folder(say: Say, bucket: str, tmp_path: Path) -> None:
    local = live_through(say, Folder(tmp_path / "local"), tmp_path / "local")
    remote = live_through(say, Bucket(bucket), tmp_path / "cache")
    assert local.keys() == remote.keys()
    assert not differences(local, remote)
    assert set(TABLES) & set(local["run"]) and len(local["changed"]["documents"]) == 3


def test_another_machine_asks_what_this_one_has_done(
    say: Say, bucket: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = Bucket(bucket)
    place.put("a", TEXTS["a"])
    assert say("run", place.inbox, "--home", place.home, "--workers", "1")[0] == 0
    fetched: list[str] = []
    download = Store.download
    monkeypatch.setattr(
        Store,
        "download",
        lambda store, key, target: (fetched.append(f"{store.address}/{key}"), download(store, key, target)),
    )
    assert "nothing to do" in say("run", place.inbox, "--home", place.home, "--workers", "1")[1]
    assert fetched == [], "neither the home nor an input that has not changed"

    monkeypatch.setenv("COMMUNIQUE_CACHE", str(tmp_path / "another"))
    monkeypatch.setenv("COMMUNIQUE_HOME", place.home)
    assert say("sql", "SELECT count(*) AS n FROM documents", "--format", "csv")[1] == "n\n1\n"
    assert not any("/lake/" in address for address in fetched)
    assert say("status")[0] == 0
    assert "nothing to do" in say("run", place.inbox, "--workers", "1")[1]


def test_who_pushed_first_is_not_overwritten_and_the_same_command_again_does_it(
    say: Say, fakes: Any, bucket: str, tmp_path: Path
) -> None:
    place = Bucket(bucket)
    place.put("a", TEXTS["a"])
    another = Mirror(Store(place.home), tmp_path / "another")

    def meanwhile(rows: Any) -> Any:
        another.root.mkdir(exist_ok=True)
        (another.root / "note.txt").write_text("of another machine")
        another.push()
        return rows

    fakes.spoilers["documents"] = meanwhile
    code, _, err = say("run", place.inbox, "--home", place.home, "--workers", "1")
    assert (code, "another machine has written" in err.splitlines()[-1]) == (1, True)
    assert list(json.loads(Store(place.home).read(INDEX) or b"")) == ["note.txt"]
    fakes.spoilers.clear()
    assert say("run", place.inbox, "--home", place.home, "--workers", "1")[0] == 0
    assert {"note.txt", "communique.duckdb"} <= json.loads(Store(place.home).read(INDEX) or b"").keys()


def test_a_run_that_failed_is_in_the_history_of_every_machine(
    say: Say, fakes: Any, bucket: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = Bucket(bucket)
    place.put("a", TEXTS["a"])
    fakes.fault["resolve"] = ValueError("made up")
    code, _, err = say("run", place.inbox, "--home", place.home, "--workers", "1")
    assert (code, "made up" in err) == (1, True)
    monkeypatch.setenv("COMMUNIQUE_CACHE", str(tmp_path / "another"))
    assert (
        json.loads(say("status", "--format", "json", "--home", place.home)[1])["last_run"]["outcome"]
        == "failed"
    )
    code, _, err = say("sql", "SELECT 1", "--home", place.home)
    assert (code, err.count("\n"), f"nothing is published at {place.home}" in err) == (2, 1, True)


@pytest.fixture
def refusing() -> Iterator[str]:
    """A storage that refuses everybody."""

    class Refuse(BaseHTTPRequestHandler):
        def do_HEAD(self) -> None:
            self.send_response(403)
            self.end_headers()

        do_GET = do_PUT = do_POST = do_HEAD  # noqa: N815

        def log_message(self, format: str, *args: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Refuse) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()


@pytest.mark.parametrize("command", [["sql", "SELECT 1"], ["status"], ["rerun"], ["run", "."]])
def test_a_storage_that_cannot_be_used_is_told_in_one_line(
    say: Say, bucket: str, refusing: str, monkeypatch: pytest.MonkeyPatch, command: list[str]
) -> None:
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "hush-hush")

    def told(home: str) -> str:
        code, out, err = say(*command, "--home", home)
        assert (code, out, err.count("\n"), "hush" in err) == (2, "", 1, False)
        return err

    assert "there is no bucket no-such-bucket" in told("s3://no-such-bucket/home")
    assert "credentials are set in the environment" in told("s3://me:hush@bucket/home")
    if command[0] in ("sql", "status", "rerun"):
        assert f"no warehouse at {bucket}/home" in told(f"{bucket}/home")
    monkeypatch.setenv("AWS_ENDPOINT_URL", refusing)
    assert "ACCESS_DENIED" in told(f"{bucket}/home")


def test_an_address_without_files_is_told(say: Say, bucket: str, tmp_path: Path) -> None:
    code, _, err = say("run", f"{bucket}/inbox", "--home", str(tmp_path / "home"))
    assert (code, f"no input files in {bucket}/inbox" in err, err.count("\n")) == (2, True, 1)


def test_what_watches_works_in_folders_and_says_so(say: Say, monkeypatch: pytest.MonkeyPatch) -> None:
    code, _, err = say("dev", "--home", "s3://bucket/home")
    assert (code, "have a timer say `communique run`" in err, err.count("\n")) == (2, True, 1)
    with pytest.raises(HomeError, match="work in a folder"):
        WarehouseResource(home="s3://bucket/home").open()
    monkeypatch.setenv("COMMUNIQUE_INBOX", "s3://bucket/inbox")
    code, _, err = say("status")
    assert (code, "COMMUNIQUE_INBOX=s3://bucket/inbox: " in err, err.count("\n")) == (2, True, 1)
