"""``communique trace``: from a mention back to the bytes of its file, and plain words where that is not possible."""

from __future__ import annotations

import gzip
import json
import shutil
import sys
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from assets.batch_work import do_batches
from assets.cli import main
from assets.cli.trace import trace
from assets.cli.trace_text import as_text
from assets.register_work import do_publish, do_resolve
from assets.work import Work
from warehouse import batches, reader
from warehouse.home import Home, open_home

Run = Callable[..., tuple[int, str, str]]
TEXTS = {
    "a.txt": b"Menu\nAna met\n   Bor\nShare",
    "b.jsonl": b'{"text": "Nothing here"}\n{"text": "Evan\\u00e9 met Cyd", "date": "2024-05-06"}\n',
    "c.csv": b'text,date\r\n"Dan met Eve, again",2024-05-06\r\n',
    "d.txt.gz": gzip.compress(b"Fay met Gus", mtime=0),
    "e.txt": b"Hal met Ida",
    "f.txt": b"Jon met Kim\x1b[31m!",
    "g.txt": b"Lea met Max",
    "h.txt": b"Lea met Max",
}


@pytest.fixture
def traced_home(made_once: Path, tmp_path: Path) -> Home:
    """A copy of the home that a test may change the files of."""
    shutil.copytree(made_once, tmp_path, dirs_exist_ok=True)
    home = open_home(tmp_path / "home")
    batches.register(home, "inbox", [str(tmp_path / "inbox")], replace=True)
    return home


@pytest.fixture(scope="module")
def made_once(tmp_path_factory: pytest.TempPathFactory, fake_stages: type[Any]) -> Path:
    """A home with one published batch; its made-up cleaning joins lines, as the real one does."""
    folder, fakes = tmp_path_factory.mktemp("traced"), fake_stages()

    def clean(chunk: pa.Table, /, *, version: str, **more: Any) -> Mapping[str, pa.Table]:
        place = chunk.schema.get_field_index("text")
        texts = [" ".join(text.split()) for text in chunk.column("text").to_pylist()]
        return fakes.clean(chunk.set_column(place, chunk.schema.field(place), [texts]), version=version)

    inbox = folder / "inbox"
    inbox.mkdir()
    for name, data in TEXTS.items():
        (inbox / name).write_bytes(data)
    home = open_home(folder / "home")
    batches.register(home, "inbox", [str(inbox)], replace=False)
    work = Work(home, "first", replace(fakes.stages(), clean=clean))
    work.begin(["inbox"], whole=True)
    do_batches(work, ["inbox"])
    do_resolve(work)
    do_publish(work)
    return folder


@pytest.fixture
def communique(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    def run(*arguments: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["communique", *arguments])
        with pytest.raises(SystemExit) as left:
            main()
        said = capsys.readouterr()
        return int(left.value.code or 0), said.out, said.err

    return run


def mention_in(home: Home, name: str) -> str:
    query = "SELECT mention_id FROM event_mentions JOIN documents USING (document_id) WHERE source_uri = ?"
    with reader.connect(home.published) as con:
        ((mention,),) = con.execute(query, [f"inbox/{name}"]).fetchall()
    return str(mention)


def bytes_of(found: dict[str, Any]) -> bytes:
    place = found["sentence"]
    return Path(found["file"]["path"]).read_bytes()[place["start_in_file"] : place["end_in_file"]]


@pytest.mark.parametrize(
    ("name", "wanted"),
    [("a.txt", "Ana met\n   Bor"), ("b.jsonl", "Evan\\u00e9 met Cyd"), ("c.csv", "Dan met Eve")],
)
def test_a_mention_leads_back_to_its_bytes(traced_home: Home, name: str, wanted: str) -> None:
    found = trace(traced_home, mention_in(traced_home, name))
    assert bytes_of(found).decode() == found["sentence"]["text"] == wanted
    assert found["file"]["state"] == "unchanged"
    record = TEXTS[name][found["file"]["record_start"] : found["file"]["record_end"]]
    assert wanted.encode() in record


def test_joined_lines_are_told_plainly(traced_home: Home) -> None:
    assert "joined from 2 lines" in as_text(trace(traced_home, mention_in(traced_home, "a.txt")))
    assert "joined from" not in as_text(trace(traced_home, mention_in(traced_home, "e.txt")))


def test_a_compressed_file_has_a_record_but_no_bytes(traced_home: Home) -> None:
    found = trace(traced_home, mention_in(traced_home, "d.txt.gz"))
    assert (found["file"]["state"], found["file"]["record_start"]) == ("unchanged", None)
    assert (found["sentence"]["text"], found["sentence"]["start_in_file"]) == ("Fay met Gus", None)


def test_a_document_leads_back_too(traced_home: Home) -> None:
    document = trace(traced_home, mention_in(traced_home, "e.txt"))["document"]["document_id"]
    found = trace(traced_home, document)
    assert (found["mention"], bytes_of(found)) == (None, b"Hal met Ida")


def test_a_changed_file_is_told_and_the_kept_text_shown(traced_home: Home) -> None:
    (traced_home.root.parent / "inbox" / "e.txt").write_bytes(b"Hal never met Ida")
    found = trace(traced_home, mention_in(traced_home, "e.txt"))
    assert (found["file"]["state"], found["sentence"]["found_in"]) == ("changed", "kept text")
    assert found["sentence"]["text"] == "Hal met Ida"
    assert "other bytes now" in as_text(found)


def test_a_record_that_has_gone_is_told(traced_home: Home) -> None:
    inbox = traced_home.root.parent / "inbox"
    (inbox / "b.jsonl").write_bytes(b'{"text": "Nothing here"}\n')
    (inbox / "e.txt").unlink()
    states = [
        trace(traced_home, mention_in(traced_home, name))["file"]["state"] for name in ("b.jsonl", "e.txt")
    ]
    assert states == ["record gone", "gone"]


def test_other_copies_of_the_text_are_named(traced_home: Home) -> None:
    (copy,) = trace(traced_home, mention_in(traced_home, "g.txt"))["copies"]
    assert (copy["source_uri"], copy["outcome"]) == ("inbox/h.txt", "duplicate")


def test_a_text_cannot_send_commands_to_the_terminal(traced_home: Home) -> None:
    shown = as_text(trace(traced_home, mention_in(traced_home, "f.txt")))
    assert "\x1b" not in shown
    assert "Jon met Kim" in shown


def test_the_command_speaks_text_and_json(traced_home: Home, communique: Run) -> None:
    mention = mention_in(traced_home, "c.csv")
    home = ["--home", str(traced_home.root)]
    code, out, _ = communique("trace", mention, *home)
    assert (code, out.startswith(f"mention   {mention}: CONSULT")) == (0, True)
    code, out, _ = communique("trace", mention, "--format", "json", *home)
    assert code == 0
    assert json.loads(out)["input"]["source_uri"] == "inbox/c.csv"


@pytest.mark.parametrize(
    ("identity", "told"), [("f" * 20, "no mention and no document has the id"), ("x'--", "is no id")]
)
def test_an_unknown_id_is_told_in_one_line(
    traced_home: Home, communique: Run, identity: str, told: str
) -> None:
    code, out, err = communique("trace", identity, "--home", str(traced_home.root))
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert told in err


def test_nothing_published_is_told_in_one_line(tmp_path: Path, communique: Run) -> None:
    open_home(tmp_path / "home")
    code, _, err = communique("trace", "f" * 20, "--home", str(tmp_path / "home"))
    assert (code, "nothing is published" in err) == (2, True)


def test_a_trace_changes_nothing(traced_home: Home) -> None:
    def state() -> dict[str, bytes]:
        return {str(path): path.read_bytes() for path in traced_home.root.rglob("*") if path.is_file()}

    mention, before = mention_in(traced_home, "a.txt"), state()
    trace(traced_home, mention)
    assert state() == before
