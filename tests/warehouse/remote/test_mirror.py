"""Two machines and one home on object storage: what one pushes the other pulls, and nobody's work is overwritten."""

from __future__ import annotations

from pathlib import Path

import pytest

from warehouse.remote.mirror import INDEX, Mirror
from warehouse.remote.stores import Store, StoreError


@pytest.fixture
def address(bucket: str) -> str:
    return f"{bucket}/press/home"


def machine(address: str, root: Path) -> Mirror:
    return Mirror(Store(address), root)


def write(mirror: Mirror, **files: str) -> None:
    for name, text in files.items():
        path = mirror.root / name.replace("__", "/")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


def contents(mirror: Mirror) -> dict[str, str]:
    return {
        path.relative_to(mirror.root).as_posix(): path.read_text()
        for path in sorted(mirror.root.rglob("*"))
        if path.is_file() and path.name != ".remote.json"
    }


def test_what_one_machine_pushes_another_pulls(address: str, tmp_path: Path) -> None:
    one, two = machine(address, tmp_path / "one"), machine(address, tmp_path / "two")
    one.pull()
    write(one, lake__documents="d1", published="p1")
    one.push()
    two.pull()
    assert contents(two) == {"lake/documents": "d1", "published": "p1"}
    write(two, lake__documents="d2")
    (two.root / "published").unlink()
    two.push()
    one.pull()
    assert contents(one) == {"lake/documents": "d2"}
    assert [entry.key for entry in Store(address).list()] == [INDEX, "lake/documents"]


def test_only_what_is_asked_for_is_pulled(address: str, tmp_path: Path) -> None:
    one, two = machine(address, tmp_path / "one"), machine(address, tmp_path / "two")
    write(one, lake__documents="d1", published="p1")
    one.push()
    two.pull("published")
    assert contents(two) == {"published": "p1"}
    two.pull()
    assert contents(two) == {"lake/documents": "d1", "published": "p1"}


def test_work_of_another_machine_is_not_overwritten(address: str, tmp_path: Path) -> None:
    one, two = machine(address, tmp_path / "one"), machine(address, tmp_path / "two")
    one.pull()
    two.pull()
    write(one, published="of one")
    write(two, published="of two")
    one.push()
    with pytest.raises(StoreError, match="another machine has written"):
        two.push()
    assert Store(address).read("published") == b"of one"
    two.pull()
    assert contents(two) == {"published": "of one"}


def test_locks_staging_and_unfinished_files_stay_at_home(address: str, tmp_path: Path) -> None:
    one = machine(address, tmp_path / "one")
    write(one, staging__r1__data="s", dagster__dagster="d", published="p")
    for name in ("writer.lock", "communique.duckdb.r1.tmp", "x.part"):
        (one.root / name).write_text("-")
    one.push()
    assert {entry.key for entry in Store(address).list()} == {INDEX, "published"}


def test_a_state_that_is_being_written_is_never_taken_for_whole(address: str, tmp_path: Path) -> None:
    one, two = machine(address, tmp_path / "one"), machine(address, tmp_path / "two")
    write(one, published="p1")
    one.push()
    Store(address).write("published", b"half of p2")
    with pytest.raises(StoreError, match="is being written to"):
        two.pull()
    assert contents(two) == {}


def test_nothing_lands_outside_the_home(address: str, tmp_path: Path) -> None:
    Store(address).write(INDEX, b'{"../outside": {"bytes": 1, "sha256": "0"}}')
    with pytest.raises(StoreError, match="cannot be a file's"):
        machine(address, tmp_path / "one").pull()
    assert not (tmp_path / "outside").exists()


@pytest.mark.usefixtures("bucket")
def test_a_storage_that_refuses_is_told_in_one_line() -> None:
    with pytest.raises(StoreError, match="cannot use s3://no-such-bucket-here") as told:
        Store("s3://no-such-bucket-here/home").write("x", b"x")
    assert "\n" not in str(told.value)
    with pytest.raises(StoreError, match="names no bucket"):
        Store("s3:///home")
