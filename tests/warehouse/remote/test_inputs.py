"""Inputs fetched from object storage have the names and times that tell whether they changed."""

from __future__ import annotations

from pathlib import Path

import pytest

from warehouse.remote.addresses import StoreError
from warehouse.remote.inputs import fetched, shown
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


def test_what_is_fetched_lies_under_its_address_and_shows_it(bucket: str, tmp_path: Path) -> None:
    Store(f"{bucket}/press").write("may/a.txt", b"one")
    folder = fetched(f"{bucket}/press/may", tmp_path)
    assert folder.parts[-4:] == ("s3", bucket.removeprefix("s3://"), "press", "may")
    assert shown(folder / "a.txt", tmp_path) == f"{bucket}/press/may/a.txt"
    assert shown(Path("/srv/press/a.txt"), tmp_path) == "/srv/press/a.txt"


def test_an_object_may_become_a_folder_and_a_folder_an_object(bucket: str, tmp_path: Path) -> None:
    store = Store(f"{bucket}/press")
    store.write("may", b"one")
    assert fetched(f"{bucket}/press", tmp_path).joinpath("may").read_bytes() == b"one"
    store.delete("may")
    store.write("may/a.txt", b"two")
    assert fetched(f"{bucket}/press", tmp_path).joinpath("may", "a.txt").read_bytes() == b"two"
    store.delete("may/a.txt")
    store.write("may", b"three")
    assert fetched(f"{bucket}/press", tmp_path).joinpath("may").read_bytes() == b"three"


def test_names_that_cannot_be_files_beside_each_other_are_told(bucket: str, tmp_path: Path) -> None:
    store = Store(f"{bucket}/press")
    store.write("may/a.txt", b"two")
    store.write("may", b"one")
    with pytest.raises(StoreError, match="is an object and a folder"):
        fetched(f"{bucket}/press", tmp_path)


def test_nothing_at_an_address_is_nothing_at_the_path(bucket: str, tmp_path: Path) -> None:
    assert not fetched(f"{bucket}/press", tmp_path).exists()
    with pytest.raises(StoreError, match="there is no bucket"):
        fetched("s3://no-such-bucket-here/press", tmp_path)
