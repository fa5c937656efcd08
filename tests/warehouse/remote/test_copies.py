"""Commands of one machine over one copy: writers take turns, readers never wait for them."""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from warehouse.home import HomeError
from warehouse.remote.addresses import StoreError
from warehouse.remote.copies import Copy
from warehouse.remote.index import INDEX
from warehouse.remote.stores import Store


@pytest.fixture
def copy(bucket: str, tmp_path: Path) -> Copy:
    return Copy.of(f"{bucket}/home", tmp_path / "cache")


def silent(_: str) -> None:
    pass


def work(copy: Copy, text: str) -> None:
    with copy.working(wait_seconds=0, say=silent):
        (copy.root / "published").write_text(text)


def _hold(copy: Copy, begun: object, over: object) -> None:
    with copy.working(wait_seconds=0, say=silent):
        (copy.root / "published").write_text("being made")
        begun.set()  # type: ignore[attr-defined]
        over.wait(60)  # type: ignore[attr-defined]


@contextmanager
def writer(copy: Copy) -> Iterator[None]:
    """Another process that writes for as long as this lasts."""
    context = multiprocessing.get_context("spawn")
    begun, over = context.Event(), context.Event()
    process = context.Process(target=_hold, args=(copy, begun, over))
    process.start()
    assert begun.wait(60)
    try:
        yield
    finally:
        over.set()
        process.join(60)


def test_while_one_command_writes_another_waits_and_readers_see_the_copy(copy: Copy) -> None:
    work(copy, "first")
    said: list[str] = []
    with writer(copy):
        copy.bring()
        assert (copy.root / "published").read_text() == "being made"
        with (
            pytest.raises(HomeError, match="another command of this machine is writing"),
            copy.working(wait_seconds=0.2, say=said.append),
        ):
            pass
    assert len(said) == 1
    copy.bring()
    assert (copy.root / "published").read_text() == "being made"


def test_what_a_command_that_failed_left_is_pushed(copy: Copy, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="made up"), copy.working(wait_seconds=0, say=silent):
        (copy.root / "history").write_text("failed")
        raise ValueError("made up")
    another = Copy.of(copy.address, tmp_path / "another")
    another.bring()
    assert (another.root / "history").read_text() == "failed"


def test_work_that_could_not_be_pushed_is_kept_for_the_next_command(
    copy: Copy, monkeypatch: pytest.MonkeyPatch
) -> None:
    work(copy, "first")
    with monkeypatch.context() as patch:
        patch.setattr(Store, "upload", lambda *_: (_ for _ in ()).throw(StoreError("away")))
        with pytest.raises(StoreError, match="away"):
            work(copy, "second")
    before = Store(copy.address).read(INDEX)
    copy.bring("published")
    assert (copy.root / "published").read_text() == "second"
    with copy.working(wait_seconds=0, say=silent):
        pass
    assert Store(copy.address).read(INDEX) != before


def test_a_copy_that_lost_files_gets_them_back(copy: Copy) -> None:
    work(copy, "first")
    (copy.root / "published").unlink()
    copy.bring("published")
    assert (copy.root / "published").read_text() == "first"


def test_the_same_address_at_another_service_is_another_home(
    bucket: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = Copy.of(f"{bucket}/home", tmp_path)
    assert Copy.of(f"{bucket}/home/", tmp_path) == one
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:1")
    assert Copy.of(f"{bucket}/home", tmp_path).folder != one.folder
