"""Homes of earlier versions are brought up to this one; what a person changed is left alone."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from warehouse.home import DAGSTER_YAML, LAYOUT, Home, HomeError, existing_home, layout_of, open_home
from warehouse.layout import migrate

EARLIER = """\
# Written by communique, for Dagster's own web page and daemon. Nothing is sent anywhere; runs that write the
# same files wait for each other, and a run that was killed does not keep others waiting for ever.
telemetry:
  enabled: false
concurrency:
  pools:
    default_limit: 1
run_monitoring:
  enabled: true
  free_slots_after_run_end_seconds: 60
"""


@pytest.fixture
def old(tmp_path: Path) -> Home:
    home = open_home(tmp_path / "home")
    (home.dagster / "dagster.yaml").write_text(EARLIER)
    home.layout.unlink()
    return home


def test_a_new_home_is_of_this_version(tmp_path: Path) -> None:
    home = open_home(tmp_path / "new")
    assert layout_of(home) == LAYOUT
    assert migrate(home) == []


def test_an_earlier_home_is_brought_up_to_date_once(old: Home) -> None:
    assert layout_of(old) == 1
    assert len(migrate(old)) == 2
    assert (old.dagster / "dagster.yaml").read_text() == DAGSTER_YAML
    assert layout_of(old) == LAYOUT
    assert migrate(old) == []


def test_what_a_person_changed_stays_and_is_told_of(old: Home) -> None:
    changed = EARLIER + "schedules:\n  use_threads: true\n"
    (old.dagster / "dagster.yaml").write_text(changed)
    assert any("changed by hand" in sentence for sentence in migrate(old))
    assert (old.dagster / "dagster.yaml").read_text() == changed


@pytest.mark.parametrize("way", [open_home, existing_home, lambda root: migrate(Home(root))])
def test_a_home_of_a_newer_version_is_refused(old: Home, way: Callable[[Path], object]) -> None:
    old.layout.write_text(json.dumps({"layout": LAYOUT + 1}))
    with pytest.raises(HomeError, match="newer version"):
        way(old.root)


@pytest.mark.parametrize("text", ["", "{}", "[2]", '{"layout": "two"}'])
def test_a_layout_that_cannot_be_read_is_told_of(old: Home, text: str) -> None:
    old.layout.write_text(text)
    with pytest.raises(HomeError, match=r"layout.json cannot be read"):
        existing_home(old.root)


def test_the_command_tells_what_it_did(old: Home) -> None:
    command = [str(Path(sys.executable).parent / "communique"), "migrate", "--home", str(old.root)]
    first = subprocess.run(command, capture_output=True, text=True, check=True, timeout=300).stdout
    assert "layout 1 is now layout 2" in first
    again = subprocess.run(command, capture_output=True, text=True, check=True, timeout=300).stdout
    assert "nothing to do" in again
