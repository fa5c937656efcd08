"""Names of fields that a user gives on the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from assets.cli.clean import clean_command
from assets.cli.errors import CommandError
from assets.cli.fields import given_fields
from assets.plan import sources_of
from assets.stages import pipeline_stages
from warehouse import batches
from warehouse.home import open_home

STORY = "Graustark and Ruritania signed a river treaty in Strelsau on Friday, the ministry said."


def test_clean_reads_a_users_names(tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    file = tmp_path / "a.jsonl"
    file.write_text(json.dumps({"id": 1, "Inhalt": STORY, "Datum": "2031-10-09"}) + "\n", encoding="utf-8")
    clean_command(str(file), fields="text=Inhalt,date=Datum")
    cleaned = json.loads(capsysbinary.readouterr().out)
    assert (cleaned["body"], cleaned["published_edtf"]) == (STORY, "2031-10-09")
    with pytest.raises(CommandError, match="--fields text=NAME"):
        clean_command(str(file))


def test_absent_and_empty_are_told_apart_and_mistakes_are_told() -> None:
    assert given_fields(None) is None
    assert given_fields("") == ()
    with pytest.raises(CommandError, match="names no field"):
        given_fields("colour=red")


def test_names_of_a_batch_reach_its_sources_and_its_fingerprint(tmp_path: Path) -> None:
    from assets.fingerprints import of_sources

    (tmp_path / "inbox").mkdir()
    (tmp_path / "inbox" / "a.jsonl").write_text("{}", encoding="utf-8")
    home, stages = open_home(tmp_path / "home"), pipeline_stages()
    batches.register(home, "inbox", [str(tmp_path / "inbox")], replace=False)
    plain = sources_of(home, stages, "inbox")
    batches.register(home, "inbox", [str(tmp_path / "inbox")], replace=False, fields=[("text", "Inhalt")])
    named = sources_of(home, stages, "inbox")
    assert [source.given for source in named] == [(("text", "Inhalt"),)]
    assert of_sources(plain, "1") != of_sources(named, "1")
