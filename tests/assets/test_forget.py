"""What is forgotten goes from everywhere at once, and does not come back by any door."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pyarrow.parquet as pq
import pytest

from assets.batch_work import do_batches
from assets.cli.app import main
from assets.plan import make_plan
from assets.register_work import do_publish, do_resolve
from assets.work import Work
from warehouse import batches, reader, tombstones
from warehouse.home import Home

RARE = "Quillvane"
TEXT = f"{RARE} met Bor on the pier"
Say = Callable[..., tuple[int, str, str]]


def go(home: Home, fakes: Any, run_id: str, *names: str) -> None:
    work = Work(home, run_id, fakes.stages())
    work.begin(names, whole=True)
    do_batches(work, names)
    do_resolve(work)
    do_publish(work)


def write(folder: Path, **texts: str) -> None:
    folder.mkdir(exist_ok=True)
    for name, text in texts.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")


def words_in(home: Home) -> str:
    """Everything that a home holds, tables unpacked."""
    found: list[str] = []
    for path in sorted(home.root.rglob("*")):
        if path.suffix == ".parquet":
            found.append(json.dumps(pq.read_table(path).to_pylist(), default=str))
        elif ".duckdb" in path.name:
            with duckdb.connect(str(path), read_only=True) as con:
                for (name,) in con.sql("SELECT table_name FROM information_schema.tables").fetchall():
                    found.append(str(con.table(name).fetchall()))
        if path.is_file():
            found.append(path.read_bytes().decode("utf-8", "replace"))
    return "\n".join(found)


def ledger(home: Home) -> dict[str, tuple[str, str | None]]:
    with reader.connect(home.published) as con:
        rows = con.sql("SELECT batch || ' ' || source_uri, outcome, reason FROM inputs").fetchall()
    return {name.replace("/", " "): (outcome, reason) for name, outcome, reason in rows}


@pytest.fixture
def two(tmp_path: Path, home: Home, fakes: Any, unaudited: None) -> Home:
    """Two batches that share a text; a third of the same words is beside it under another name."""
    write(tmp_path / "one", a=TEXT, b="Cyd met Dan", c=f"  {TEXT}\n")
    write(tmp_path / "two", x=TEXT, y="Eve met Fay")
    for name in ("one", "two"):
        batches.register(home, name, [str(tmp_path / name)], replace=False)
    go(home, fakes, "first", "one", "two")
    return home


@pytest.fixture
def say(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], home: Home, fakes: Any) -> Say:
    """The command line over made-up stages."""
    for module in ("forget", "run", "status"):
        monkeypatch.setattr(f"assets.cli.{module}.pipeline_stages", fakes.stages)

    def said(*arguments: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["communique", *arguments, "--home", str(home.root)])
        with pytest.raises(SystemExit) as left:
            main()
        out = capsys.readouterr()
        return int(left.value.code or 0), out.out, out.err

    return said


def document(home: Home, body: str) -> str:
    with reader.connect(home.published) as con:
        row = con.execute("SELECT document_id FROM documents WHERE body = $1", [body]).fetchone()
    assert row is not None
    return str(row[0])


def test_nothing_of_a_forgotten_text_is_left(two: Home, say: Say) -> None:
    assert RARE in words_in(two)
    code, out, _ = say("forget", document(two, TEXT), "--reason", "asked for")
    assert (code, out) == (0, "forgotten: 2 texts of batches one, two\n")
    assert RARE not in words_in(two)
    assert ledger(two) == {
        "one one a.txt": ("rejected", "forgotten"),
        "one one b.txt": ("accepted", None),
        "one one c.txt": ("rejected", "forgotten"),
        "two two x.txt": ("rejected", "forgotten"),
        "two two y.txt": ("accepted", None),
    }
    assert "asked for" in say("forget", "--list")[1]


def test_forgetting_reads_nothing_again_and_leaves_nothing_stale(two: Home, say: Say, fakes: Any) -> None:
    fakes.extracted.clear()
    cleaned = fakes.cleaned
    assert say("forget", document(two, TEXT))[0] == 0
    assert (fakes.extracted, fakes.cleaned) == ([], cleaned)
    assert make_plan(two, fakes.stages(), ["one", "two"]).is_empty


def test_it_comes_back_by_no_rerun_and_with_no_other_batch(
    two: Home, say: Say, fakes: Any, tmp_path: Path
) -> None:
    say("forget", document(two, TEXT))
    write(tmp_path / "one", d="Gus met Hal")
    write(tmp_path / "three", again=TEXT, other="Ida met Jon")
    batches.register(two, "three", [str(tmp_path / "three")], replace=False)
    go(two, fakes, "second", "one", "three")
    assert RARE not in words_in(two)
    assert ledger(two)["three three again.txt"] == ("rejected", "forgotten")
    assert ledger(two)["three three other.txt"] == ("accepted", None)


def test_taking_it_back_lets_every_copy_come_with_the_next_run(
    two: Home, say: Say, fakes: Any, tmp_path: Path
) -> None:
    with reader.connect(two.published) as con:
        before = con.sql("SELECT * EXCLUDE (seen_at) FROM inputs ORDER BY ALL").fetchall()
    known = document(two, TEXT)
    say("forget", known)
    assert say("forget", known, "--undo")[0] == 0
    assert tombstones.every(two) == []
    plan = make_plan(two, fakes.stages(), ["one", "two"])
    assert plan.stale_batches == {"one": "ingest", "two": "ingest"}
    go(two, fakes, "second", "one", "two")
    with reader.connect(two.published) as con:
        assert con.sql("SELECT * EXCLUDE (seen_at) FROM inputs ORDER BY ALL").fetchall() == before


def test_an_address_stands_for_whatever_comes_from_it(
    home: Home, say: Say, fakes: Any, tmp_path: Path, unaudited: None
) -> None:
    url = "https://Harbour.example/2024/pier/"
    folder = tmp_path / "in"
    folder.mkdir()
    lines = [{"url": url, "text": TEXT}, {"url": "https://harbour.example/other", "text": "Cyd met Dan"}]
    (folder / "x.jsonl").write_text("\n".join(json.dumps(line) for line in lines), encoding="utf-8")
    batches.register(home, "in", [str(folder)], replace=False)
    go(home, fakes, "first", "in")
    assert say("forget", "http://harbour.example/2024/pier")[0] == 0
    assert RARE not in words_in(home)
    later = [
        {"url": url, "text": f"{RARE} met Zed, an edited story"},
        {"text": f" date 2024-05-06 {url} {RARE} met Kay"},
    ]
    (folder / "y.jsonl").write_text("\n".join(json.dumps(line) for line in later), encoding="utf-8")
    go(home, fakes, "second", "in")
    assert RARE not in words_in(home)
    with reader.connect(home.published) as con:
        outcomes = con.sql("SELECT outcome, count(*) FROM inputs GROUP BY ALL ORDER BY ALL").fetchall()
    assert outcomes == [("accepted", 1), ("rejected", 3)]


def test_an_address_that_never_came_is_passed_over_when_it_does(two: Home, say: Say) -> None:
    code, out, _ = say("forget", "https://meadow.example/1")
    assert (code, "when it comes" in out) == (0, True)


@pytest.mark.parametrize("arguments", [["0" * 20], ["a word"], [], ["0" * 20, "--undo"]])
def test_what_nobody_knows_cannot_be_forgotten(two: Home, say: Say, arguments: list[str]) -> None:
    code, out, err = say("forget", *arguments)
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert tombstones.every(two) == []


def test_bytes_kept_of_a_refused_text_go_too(
    home: Home, say: Say, fakes: Any, tmp_path: Path, unaudited: None
) -> None:
    write(tmp_path / "in", a=f"REFUSE {RARE}", b="Cyd met Dan")
    batches.register(home, "in", [str(tmp_path / "in")], replace=False)
    go(home, fakes, "first", "in")
    assert [path.read_text() for path in (home.rejected / "in").iterdir()] == [f"REFUSE {RARE}"]
    (row,) = pq.read_table(home.lake / "cleaning_rejections" / "batch=in" / "data.parquet").to_pylist()
    assert say("forget", row["document_id"])[0] == 0
    assert RARE not in words_in(home)
    assert not (home.rejected / "in").exists()


def test_what_other_runs_have_staged_of_it_is_dropped(
    two: Home, say: Say, fakes: Any, tmp_path: Path
) -> None:
    write(tmp_path / "one", e=f"{RARE} met Lil")
    work = Work(two, "half", fakes.stages())
    work.begin(["one"], whole=True)
    do_batches(work, ["one"])
    known = document(two, TEXT)
    (tmp_path / "one" / "e.txt").unlink()
    assert say("forget", known)[0] == 0
    assert RARE not in words_in(two)


def test_a_tombstone_holds_no_text_and_no_address() -> None:
    stone = tombstones.Tombstone(
        "1", "2024-05-06T00:00:00+00:00", "because", (), (tombstones.text_digest(TEXT),)
    )
    assert RARE not in repr(stone)
    digest = tombstones.address_digest
    assert digest("https://a.example/x") == digest(" http://A.example/x/#part ")
    assert digest("https://a.example/x") != digest("https://a.example/X")
