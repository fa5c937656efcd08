"""What a run says on standard error: lines for people, JSON for machines."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import structlog

from assets.cli import logs
from assets.cli.app import main


@pytest.fixture(autouse=True)
def _as_it_was() -> Any:
    yield
    logs.choose(logs.LogFormat.text)
    structlog.reset_defaults()


def lines(capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in capsys.readouterr().err.splitlines()]


def test_stages_are_told_as_json_objects(capsys: pytest.CaptureFixture[str]) -> None:
    logs.choose(logs.LogFormat.json)
    with logs.listening() as listener:
        listener.start("clean", "may", 3, "documents")
        listener.advance(3)
        listener.finish("3 documents")
    begun, ended = lines(capsys)
    assert (begun["event"], begun["stage"], begun["batch"], begun["total"]) == (
        "stage begins",
        "clean",
        "may",
        3,
    )
    assert (ended["event"], ended["amount"], ended["note"]) == ("stage ends", 3, "3 documents")
    assert begun["level"] == "info" and begun["time"] <= ended["time"]


def test_a_users_mistake_is_one_json_line_too(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    argv = ["communique", "run", str(tmp_path / "nowhere"), "--home", str(tmp_path), "--log-format", "json"]
    monkeypatch.setattr("sys.argv", argv)
    with pytest.raises(SystemExit) as left:
        main()
    (said,) = lines(capsys)
    assert left.value.code == 2
    assert said["level"] == "error" and "no such file or folder" in said["event"]


def test_the_environment_chooses_the_format(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COMMUNIQUE_LOG_FORMAT", "json")
    monkeypatch.setattr("sys.argv", ["communique", "rerun", "--home", str(tmp_path / "nowhere")])
    with pytest.raises(SystemExit):
        main()
    assert lines(capsys)[0]["level"] == "error"


def test_people_read_plain_lines(capsys: pytest.CaptureFixture[str]) -> None:
    with logs.listening() as listener:
        listener.start("clean", "may", 3, "documents")
        listener.finish("3 documents")
    assert capsys.readouterr().err == "clean may: 3 documents\n"
