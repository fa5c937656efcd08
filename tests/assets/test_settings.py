"""Settings come from the environment; a wrong one is told by its name, by every command, before anything is done."""

from __future__ import annotations

import re
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from assets.cli import main
from assets.settings import SettingsError, read_settings


@pytest.fixture(autouse=True)
def no_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HOME", "WORKERS", "INBOX", "NIGHTLY", "WEEKLY", "FRESH_HOURS", "SETTLE_SECONDS"):
        monkeypatch.delenv(f"COMMUNIQUE_{name}", raising=False)


def test_the_inbox_lies_in_the_home_unless_said_otherwise(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COMMUNIQUE_HOME", "/srv/register")
    assert read_settings().inbox_folder == Path("/srv/register/inbox")
    monkeypatch.setenv("COMMUNIQUE_INBOX", "/srv/drop")
    assert read_settings().inbox_folder == Path("/srv/drop")


def test_the_published_file_is_overdue_after_the_hours_that_are_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COMMUNIQUE_FRESH_HOURS", "12")
    assert read_settings().overdue_after == timedelta(hours=12)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("WORKERS", "abc"),
        ("WORKERS", "0"),
        ("SETTLE_SECONDS", "-1"),
        ("FRESH_HOURS", "0"),
        ("NIGHTLY", "at night"),
        ("WEEKLY", "0 3 * *"),
    ],
)
def test_a_wrong_setting_is_named_with_its_value(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(f"COMMUNIQUE_{name}", value)
    with pytest.raises(SettingsError, match=re.escape(f"COMMUNIQUE_{name}={value}: ")) as told:
        read_settings()
    assert "\n" not in str(told.value)


@pytest.mark.parametrize(
    "command", ["run .", "rerun", "status", "sql x", "schema", "clean -", "extract -", "dev"]
)
def test_every_command_tells_of_a_wrong_setting_in_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], command: str
) -> None:
    monkeypatch.setenv("COMMUNIQUE_WORKERS", "abc")
    monkeypatch.setattr(sys, "argv", ["communique", *command.split()])
    with pytest.raises(SystemExit) as left:
        main()
    said = capsys.readouterr()
    assert left.value.code == 2
    assert said.err.startswith("communique: COMMUNIQUE_WORKERS=abc: ")
    assert (said.err.count("\n"), said.out) == (1, "")
