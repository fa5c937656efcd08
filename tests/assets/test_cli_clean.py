"""``communique clean``: JSON lines in, JSON lines out, the input teaching what its sites' pages share."""

from __future__ import annotations

import io
import json
import os
import re
import threading
from pathlib import Path

import pytest

from assets.cli.clean import clean_command
from assets.cli.errors import CommandError

SLOGAN = "Strelsau's oldest voice since the siege"
STORY = "Envoys of both kingdoms gathered in {} to speak about the river and the tolls on its bridges."


def records() -> list[dict[str, str]]:
    return [
        {"id": town, "url": f"https://courier.example/{town}", "raw_text": f"{STORY.format(town)}\n{SLOGAN}"}
        for town in ("Zenda", "Hofbau", "Tarlenheim")
    ]


def as_lines(rows: list[dict[str, str]]) -> bytes:
    return b"".join(json.dumps(row).encode() + b"\n" for row in rows)


def written(capsysbinary: pytest.CaptureFixture[bytes]) -> list[dict[str, str]]:
    return [json.loads(line) for line in capsysbinary.readouterr().out.splitlines()]


def expected() -> list[tuple[str, str]]:
    return [(row["id"], STORY.format(row["id"])) for row in records()]


def test_the_file_itself_teaches_its_sites_lines(
    tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    (tmp_path / "in.jsonl").write_bytes(as_lines(records()))
    clean_command(str(tmp_path / "in.jsonl"))
    assert [(row["id"], row["body"]) for row in written(capsysbinary)] == expected()


def test_standard_input_is_read_twice_too(
    monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(as_lines(records()))))
    clean_command("-")
    assert [(row["id"], row["body"]) for row in written(capsysbinary)] == expected()


def test_a_pipe_is_read_twice_too(tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    writer = threading.Thread(target=pipe.write_bytes, args=(as_lines(records()),))
    writer.start()
    clean_command(str(pipe))
    writer.join()
    assert [(row["id"], row["body"]) for row in written(capsysbinary)] == expected()


def test_explain_tells_of_every_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "in.jsonl").write_bytes(as_lines(records()))
    clean_command(str(tmp_path / "in.jsonl"), explained=True)
    out = capsys.readouterr().out
    assert re.findall(r"^ +(\d+)  (\S+)", out, re.M) == [("1", "kept"), ("2", "site_line")] * 3
    assert out.count("site_line (3 of 3 documents)") == 3
    share = round(100 * len(SLOGAN) / len(STORY.format("Tarlenheim") + SLOGAN))
    assert f"kept 1 of 2 lines; boilerplate is {share}% of the text" in out


def test_explain_does_not_let_a_text_play_with_the_terminal(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    row = {"id": "\x1b[2J", "raw_text": f"{STORY.format('Zenda')} \x9b31m"}
    (tmp_path / "in.jsonl").write_bytes(as_lines([row]))
    clean_command(str(tmp_path / "in.jsonl"), explained=True)
    assert all(char.isprintable() or char == "\n" for char in capsys.readouterr().out)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"[1]\n", "line 1: not a JSON object"),
        (b'{"raw_text": "a"}\n{broken\n', "line 2: not JSON"),
        (b'{"id": 1}\n', 'line 1: no "raw_text"'),
        (b"\xff\xfe\n", "is not UTF-8 text"),
    ],
)
def test_a_mistake_is_told_before_anything_is_written(
    tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes], content: bytes, told: str
) -> None:
    (tmp_path / "in.jsonl").write_bytes(content)
    with pytest.raises(CommandError, match=told):
        clean_command(str(tmp_path / "in.jsonl"))
    assert written(capsysbinary) == []
