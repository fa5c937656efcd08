"""Two machines and one home on object storage: what one pushes the other pulls, and nobody's work is overwritten."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from warehouse.remote import turns
from warehouse.remote.addresses import StoreError
from warehouse.remote.index import INDEX, Known
from warehouse.remote.mirror import Mirror
from warehouse.remote.stores import Store


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


def stored(address: str) -> dict[str, str]:
    """What the index says, read from the objects that it names."""
    store = Store(address)
    index = json.loads(store.read(INDEX) or b"{}")
    return {key: (store.read(entry["object"]) or b"lost").decode() for key, entry in index.items()}


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
    assert len(Store(address).list()) == 2, "the index and one object"


def test_objects_bear_the_names_of_their_files(address: str, tmp_path: Path) -> None:
    one = machine(address, tmp_path)
    write(one, **{"lake__documents__batch=may__data.parquet": "d1"})
    one.push()
    (name,) = [entry.key for entry in Store(address).list() if entry.key != INDEX]
    assert name.startswith("lake/documents/batch=may/data.") and name.endswith(".parquet")


def test_only_what_is_asked_for_is_pulled(address: str, tmp_path: Path) -> None:
    one, two = machine(address, tmp_path / "one"), machine(address, tmp_path / "two")
    write(one, lake__documents="d1", lake__inputs="i1", published="p1")
    one.push()
    two.pull("published", "lake/inputs")
    assert contents(two) == {"published": "p1", "lake/inputs": "i1"}
    write(two, published="spoilt")
    two.pull()
    assert contents(two) == {"lake/documents": "d1", "lake/inputs": "i1", "published": "p1"}


def test_equal_contents_travel_once(address: str, tmp_path: Path) -> None:
    one, two = machine(address, tmp_path / "one"), machine(address, tmp_path / "two")
    write(one, a="same", b="same", c="other")
    one.push()
    two.pull()
    assert contents(two) == {"a": "same", "b": "same", "c": "other"}
    assert (two.root / "a").stat().st_ino == (two.root / "b").stat().st_ino


def test_work_of_another_machine_is_not_overwritten(address: str, tmp_path: Path) -> None:
    one, two = machine(address, tmp_path / "one"), machine(address, tmp_path / "two")
    one.pull()
    two.pull()
    write(one, published="of one")
    write(two, published="of two", staging__r1__data="on top of what was")
    one.push()
    with pytest.raises(StoreError, match="another machine has written"):
        two.push()
    assert stored(address) == {"published": "of one"}
    two.pull(is_ahead=True)
    assert contents(two) == {"published": "of one"}


def test_work_that_was_not_pushed_stays_if_nobody_else_pushed(address: str, tmp_path: Path) -> None:
    one = machine(address, tmp_path / "one")
    write(one, published="p1")
    one.push()
    write(one, published="p2", runs__r2="failed")
    one.pull(is_ahead=True)
    assert contents(one) == {"published": "p2", "runs/r2": "failed"}
    one.push()
    assert stored(address) == {"published": "p2", "runs/r2": "failed"}


def test_locks_staging_and_unfinished_files_stay_at_home(address: str, tmp_path: Path) -> None:
    one = machine(address, tmp_path / "one")
    write(one, staging__r1__data="s", dagster__dagster="d", fetched__a="input", published="p")
    for name in ("writer.lock", "communique.duckdb.r1.tmp", "x.part"):
        (one.root / name).write_text("-")
    one.push()
    assert stored(address) == {"published": "p"}


@pytest.mark.parametrize("at", ["first upload", "second upload", "index"])
def test_a_push_that_is_cut_short_leaves_the_state_before(
    address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at: str
) -> None:
    one, two = machine(address, tmp_path / "one"), machine(address, tmp_path / "two")
    write(one, lake="l1", published="p1")
    one.push()
    write(one, lake="l2", published="p2")
    uploaded: list[str] = []
    upload, put = Store.upload, Store.write

    def broken_upload(store: Store, source: str, key: str) -> None:
        uploaded.append(key)
        if at == ("first upload", "second upload")[min(len(uploaded), 2) - 1]:
            raise StoreError("away")
        upload(store, source, key)

    def broken_write(store: Store, key: str, data: bytes) -> None:
        if at == "index" and key == INDEX:
            raise StoreError("away")
        put(store, key, data)

    with monkeypatch.context() as patch:
        patch.setattr(Store, "upload", broken_upload)
        patch.setattr(Store, "write", broken_write)
        with pytest.raises(StoreError, match="away"):
            one.push()
    two.pull()
    assert contents(two) == {"lake": "l1", "published": "p1"}
    write(one, lake="l3")
    one.push()
    assert stored(address) == {"lake": "l3", "published": "p2"}
    assert len(Store(address).list()) == 3, "nothing of what was cut short is left"


def test_who_looks_while_another_replaces_the_index_steps_back(
    address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("warehouse.remote.turns._STEP_BACK_SECONDS", 0.0)
    one = machine(address, tmp_path / "one")
    write(one, published="p1")
    with (
        turns.alone(Store(address), "another"),
        pytest.raises(StoreError, match="another machine is writing"),
    ):
        one.push()
    assert Store(address).read(INDEX) is None
    one.push()
    assert stored(address) == {"published": "p1"}


def test_a_note_of_a_machine_that_died_is_in_nobodys_way(
    address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Store(address).write("turns/dead", b"")
    monkeypatch.setattr("warehouse.remote.turns._DEAD_NS", -1)
    one = machine(address, tmp_path / "one")
    write(one, published="p1")
    one.push()
    assert stored(address) == {"published": "p1"}


def test_an_object_that_was_changed_is_refused(address: str, tmp_path: Path) -> None:
    one, two = machine(address, tmp_path / "one"), machine(address, tmp_path / "two")
    write(one, published="p1")
    one.push()
    (name,) = [entry.key for entry in Store(address).list() if entry.key != INDEX]
    Store(address).write(name, b"spoilt")
    with pytest.raises(StoreError, match="is not what was pushed"):
        two.pull()
    assert contents(two) == {}


def test_files_that_were_not_touched_are_not_read_again(
    address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = machine(address, tmp_path / "one")
    write(one, lake="l1", published="p1")
    one.push()
    read: list[str] = []
    monkeypatch.setattr("warehouse.remote.index.sha256_of", lambda path: read.append(path.name) or "0" * 64)
    write(one, published="p22")
    one.push()
    assert read == ["published"]
    assert set(Known.read(one.root / ".remote.json").files) == {"lake", "published"}


def test_nothing_lands_outside_the_home(address: str, tmp_path: Path) -> None:
    Store(address).write(INDEX, b'{"../outside": {"bytes": 1, "sha256": "0"}}')
    with pytest.raises(StoreError, match="cannot be a file's"):
        machine(address, tmp_path / "one").pull()
    assert not (tmp_path / "outside").exists()
