"""Inputs fetched from object storage have the names and times that tell whether they changed."""

from __future__ import annotations

from pathlib import Path

import pytest

from warehouse.remote.addresses import StoreError
from warehouse.remote.inputs import fetched
from warehouse.remote.names import safe
from warehouse.remote.stores import Store


def test_a_folder_comes_with_its_name_and_follows_what_changes(bucket: str, tmp_path: Path) -> None:
    store = Store(f"{bucket}/press/may")
    store.write("a.txt", b"one")
    store.write("deep/b.txt", b"two")
    folder = fetched(f"{bucket}/press/may", tmp_path)
    assert folder.name == "may"
    assert (folder / "a.txt").read_text() == "one" and (folder / "deep" / "b.txt").read_text() == "two"
    before = (folder / "a.txt").stat().st_mtime_ns
    assert fetched(f"{bucket}/press/may/", tmp_path) == folder
    assert (folder / "a.txt").stat().st_mtime_ns == before
    store.delete("deep/b.txt")
    store.write("a.txt", b"other")
    fetched(f"{bucket}/press/may", tmp_path)
    assert (folder / "a.txt").read_text() == "other"
    assert not (folder / "deep" / "b.txt").exists()


def test_a_single_object_comes_as_a_file(bucket: str, tmp_path: Path) -> None:
    Store(f"{bucket}/press").write("may.jsonl", b"{}")
    path = fetched(f"{bucket}/press/may.jsonl", tmp_path)
    assert path.name == "may.jsonl" and path.read_bytes() == b"{}"


def test_a_path_is_left_as_it_is(tmp_path: Path) -> None:
    assert fetched("/srv/press", tmp_path) == Path("/srv/press")


@pytest.mark.parametrize("key", ["../x", "/etc/passwd", "a/../../x", "a//b", "", "a/./b", "x\0y"])
def test_names_that_lead_elsewhere_are_refused(key: str) -> None:
    with pytest.raises(StoreError, match="cannot be a file's"):
        safe(key)
