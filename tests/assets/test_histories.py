"""However a home came to be what it is, it holds what a fresh one would."""

from __future__ import annotations

import random
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from assets.batch_work import do_batches
from assets.purge import mark_unread, purge
from assets.register_work import do_publish, do_resolve
from assets.search import find
from assets.stages import Stages
from assets.work import Work
from warehouse import batches, reader, tombstones
from warehouse.home import Home, open_home
from warehouse.overlay import Overlay
from warehouse.tables import TABLES, published
from warehouse.tombstones import Tombstone, text_digest

NAMES = ["Ana", "Bor", "Cyd", "Dan", "Eve", "Fay"]
FURNITURE = ["Harbour desk phone book", "All about boats and piers"]
STEPS = 14
NOT_COMPARED = {"seen_at", "first_seen_at", "forgotten_at"}


class History:
    """A home, and the folders of three batches that come, change and go."""

    def __init__(self, folder: Path, stages: Stages, seed: int) -> None:
        self.folder = folder
        self.stages = stages
        self.random = random.Random(seed)
        self.home = open_home(folder / "home")
        self.runs = 0
        self.told: list[str] = []

    def text(self) -> str:
        """A page of a site: two names, and lines that other pages of the site have too."""
        first, second = self.random.sample(NAMES, 2)
        refuse = "REFUSE " if self.random.random() < 0.1 else ""
        return (
            f" date 2024-05-06 https://harbour.example/{self.random.randint(1, 9)} \n{refuse}{first} met {second}\n\n"
            + "\n".join(self.random.sample(FURNITURE, 1))
        )

    def add(self) -> None:
        name = self.random.choice("abc")
        (self.folder / name).mkdir(exist_ok=True)
        for _ in range(self.random.randint(1, 3)):
            path = self.folder / name / f"{self.random.randint(1, 6)}.txt"
            path.write_text(self.text(), encoding="utf-8")
        batches.register(self.home, name, [str(self.folder / name)], replace=True)

    def remove(self) -> None:
        files = sorted(self.folder.glob("[abc]/*.txt"))
        if files:
            self.random.choice(files).unlink()

    def remove_batch(self) -> None:
        known = [name for name in batches.names(self.home) if (self.folder / name).is_dir()]
        if known:
            name = self.random.choice(known)
            shutil.rmtree(self.folder / name)
            batches.register(self.home, name, [], replace=True)

    def forget(self) -> None:
        files = Overlay(self.home).files("raw_documents").values()
        known = sorted(
            {one for path in files for one in pq.read_table(path).column("document_id").to_pylist()}
        )
        if not known:
            return
        document = self.random.choice(known)
        found = find(self.home, document)
        texts = tuple(sorted({text_digest(one.text) for one in found}))
        stone = Tombstone(document[:12], "2024-05-06T00:00:00+00:00", None, (document,), texts)
        tombstones.put(self.home, stone)
        purge(self.work(), stone, found)
        tombstones.done(self.home, stone)

    def undo(self) -> None:
        every = tombstones.every(self.home)
        if every:
            stone = self.random.choice(every)
            mark_unread(self.work(), stone.tombstone_id)
            tombstones.remove(self.home, stone.tombstone_id)

    def run_some(self) -> None:
        known = batches.names(self.home)
        if known:
            self.run(sorted(self.random.sample(known, self.random.randint(1, len(known)))))

    def run(self, names: Sequence[str]) -> None:
        names = [name for name in names if self.can_be_read(name)]
        work = self.work()
        work.begin(names, whole=True)
        do_batches(work, names)
        do_resolve(work)
        work.commit_stages() if self.random.random() < 0.5 else do_publish(work)

    def can_be_read(self, name: str) -> bool:
        """An emptied folder is given up, as with ``--gone``."""
        folder = self.folder / name
        if folder.is_dir() and not any(folder.iterdir()):
            batches.register(self.home, name, [], replace=True)
        return True

    def work(self) -> Work:
        self.runs += 1
        return Work(self.home, f"run-{self.runs:03}", self.stages)

    def live(self) -> None:
        """Some steps in any order."""
        steps = [
            self.add,
            self.add,
            self.run_some,
            self.run_some,
            self.remove,
            self.remove_batch,
            self.forget,
            self.undo,
        ]
        for _ in range(STEPS):
            step = self.random.choice(steps)
            self.told.append(step.__name__)
            step()


def contents(home: Home) -> dict[str, list[str]]:
    """Every row of the lake and of the published file, but for when it was seen and what runs were."""
    found: dict[str, list[str]] = {}
    for name, declared in TABLES.items():
        kept = [column.name for column in declared.stored if column.name not in NOT_COMPARED]
        rows = [
            row
            for path in Overlay(home).files(name).values()
            for row in pq.read_table(path, columns=kept).to_pylist()
        ]
        found[f"lake {name}"] = sorted(map(str, rows))
    with reader.connect(home.published) as con:
        for declared in published():
            if declared.stage != "operations" and declared.relation == "table":
                kept = [column.name for column in declared.columns if column.name not in NOT_COMPARED]
                rows = con.table(declared.name).project(", ".join(f'"{name}"' for name in kept)).fetchall()
                found[f"published {declared.name}"] = sorted(map(str, rows))
    return found


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_any_history_ends_as_a_fresh_build(tmp_path: Path, fakes: Any, unaudited: None, seed: int) -> None:
    history = History(tmp_path, fakes.stages(), seed)
    history.add()
    history.live()
    history.run(batches.names(history.home))
    work = history.work()
    work.begin([], whole=True)
    do_publish(work)
    fresh = open_home(tmp_path / "fresh")
    for name in batches.names(history.home):
        registration = batches.read(history.home, name)
        batches.register(fresh, name, registration.paths if registration else [], replace=False)
    for stone in tombstones.every(history.home):
        tombstones.put(fresh, stone)
    work = Work(fresh, "only", history.stages)
    names = batches.names(fresh)
    work.begin(names, whole=True)
    do_batches(work, names)
    do_resolve(work)
    do_publish(work)
    ours, theirs = contents(history.home), contents(fresh)
    different = [name for name in theirs if ours[name] != theirs[name]]
    assert not different, (history.told, {name: (ours[name], theirs[name]) for name in different[:2]})
    kept = [
        {path.relative_to(home.rejected).as_posix() for path in home.rejected.rglob("*") if path.is_file()}
        for home in (history.home, fresh)
    ]
    assert kept[0] == kept[1]
