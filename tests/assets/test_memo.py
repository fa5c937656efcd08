"""Only what has changed is done again, document by document, and comes out as if all had been."""

from __future__ import annotations

import shutil
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from assets.batch_work import do_batches
from assets.memo import _NOT_READ, _leaders, digests_of
from assets.plan import make_plan
from assets.register_work import do_publish, do_resolve
from assets.stages import Stages, pipeline_stages
from assets.work import Work
from pipelines import versions
from pipelines.clean.model import RawDocument
from pipelines.clean.site_lines import SharedLines, count_lines
from pipelines.signatures import sign
from warehouse import batches
from warehouse.home import Home
from warehouse.overlay import Overlay
from warehouse.tables import table
from warehouse.tables.model import Stage

MANY = 1000
HEAD = " date 2024-05-06 https://harbour.example/{0} \n"
FURNITURE = "Harbour desk phone book"


def go(home: Home, stages: Stages, run_id: str, *, force: Stage | None = None, whole: bool = False) -> None:
    work = Work(home, run_id, stages, force=force)
    work.begin(["in"], whole=True)
    do_batches(work, ["in"])
    if whole:
        do_resolve(work)
        do_publish(work)
    else:
        work.commit_stages()


def registered(home: Home, folder: Path, *texts: str) -> Path:
    folder.mkdir()
    for number, text in enumerate(texts):
        (folder / f"{number:04}.txt").write_text(text, encoding="utf-8")
    batches.register(home, "in", [str(folder)], replace=False)
    return folder


@pytest.fixture
def room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the code and knowledge of the stages, from which their versions are made."""
    copy = tmp_path / "pipelines"
    shutil.copytree(Path(versions.__file__).parent, copy, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(versions, "_ROOT", copy)
    versions.stage_version.cache_clear()
    return copy


def test_of_a_thousand_documents_only_what_changed_is_done(
    home: Home, tmp_path: Path, fakes: Any, room: Path, unaudited: None
) -> None:
    stages = replace(fakes.stages(), version=versions.stage_version)
    folder = registered(home, tmp_path / "in", *(f"Ana met Bor on day {number}" for number in range(MANY)))
    go(home, stages, "first", whole=True)
    assert (fakes.cleaned, len(fakes.extracted), fakes.resolved) == (MANY, MANY, 1)
    assert make_plan(home, stages, ["in"]).is_empty
    go(home, stages, "again", whole=True)
    assert (fakes.cleaned, len(fakes.extracted), fakes.resolved) == (MANY, MANY, 1)

    (folder / "0007.txt").write_text("Ana met Cyd at last", encoding="utf-8")
    go(home, stages, "changed", whole=True)
    assert (fakes.cleaned, fakes.extracted[MANY:]) == (MANY + 1, ["Ana met Cyd at last"])

    with (room / "extract" / "lexicon" / "actors" / "titles.csv").open("a", encoding="utf-8") as lexicon:
        lexicon.write("\n")
    versions.stage_version.cache_clear()
    assert make_plan(home, stages, ["in"]).stale_batches == {"in": "extract"}
    fakes.extracted.clear()
    go(home, stages, "upgraded", whole=True)
    assert (fakes.cleaned, len(fakes.extracted)) == (MANY + 1, MANY)
    assert make_plan(home, stages, ["in"]).is_empty
    versions.stage_version.cache_clear()


def page(number: int, sentence: str, *furniture: str) -> str:
    return HEAD.format(number) + "\n\n".join([sentence, *furniture, f"{sentence} That was on day {number}."])


def files(home: Home) -> dict[str, bytes]:
    return {
        path.relative_to(home.lake).as_posix(): path.read_bytes() for path in home.lake.rglob("data.parquet")
    }


def rows(home: Home, name: str) -> pa.Table:
    path = Overlay(home).path(name, "in")
    assert path is not None
    return pq.read_table(path)


class Watched:
    """The real cleaning, and how often each document went through it."""

    def __init__(self) -> None:
        self.seen: Counter[str] = Counter()

    def clean(self, chunk: pa.Table, /, *, version: str, shared: SharedLines) -> Any:
        self.seen.update(chunk.column("source_uri").to_pylist())
        return pipeline_stages().clean(chunk, version=version, shared=shared)


@pytest.fixture
def watched() -> Watched:
    return Watched()


def test_cleaning_again_what_lines_concern_gives_what_cleaning_everything_does(
    home: Home, tmp_path: Path, fakes: Any, watched: Watched, unaudited: None
) -> None:
    stages = replace(fakes.stages(), clean=watched.clean)
    sentence = (
        "The ferry to the island number {} will sail twice a day from next week, its owner said on Monday."
    )
    folder = registered(
        home,
        tmp_path / "in",
        page(1, sentence.format("one"), FURNITURE),
        page(2, sentence.format("two")),
        "A text of no site at all, which tells of a storm that nobody saw coming over the hills.",
    )
    go(home, stages, "first")
    # Another page with the furniture: the page that had it too has to be cleaned again, and no other.
    (folder / "0009.txt").write_text(page(9, sentence.format("nine"), FURNITURE), encoding="utf-8")
    watched.seen.clear()
    go(home, stages, "second")
    assert watched.seen == {"in/0000.txt": 1, "in/0009.txt": 1}
    assert not any(FURNITURE in body for body in rows(home, "documents").column("body").to_pylist())
    by_document = files(home)
    go(home, stages, "whole", force="ingest")
    assert {**watched.seen} == {"in/0000.txt": 2, "in/0001.txt": 1, "in/0002.txt": 1, "in/0009.txt": 2}
    assert files(home) == by_document


def test_what_a_document_was_made_from_is_all_that_cleaning_reads() -> None:
    read = {column.name for column in table("raw_documents").stored} - _NOT_READ["clean"]
    assert read == set(RawDocument.__dataclass_fields__)


def test_a_digest_tells_values_apart_that_look_alike() -> None:
    def digest(lines: bytes = b"", **row: Any) -> str:
        made: str = (
            digests_of([{"document_id": "d"} | row], lambda _: lines).column("made_from").to_pylist()[0]
        )
        return made

    different = [
        digest(a="x", b=None),
        digest(a="x", b=""),
        digest(a="", b="x"),
        digest(a="xb", b=None),
        digest(b"x", a="x", b=None),
    ]
    assert len(set(different)) == len(different)


def test_what_is_known_of_lines_concerns_only_texts_that_have_them() -> None:
    texts = [HEAD.format(n) + f"{FURNITURE}\nSomething that happened on day {n} was told." for n in "ab"]
    chunk = pa.table({"content": ["text"] * 2, "text": texts, "url": pa.array([None, None], pa.string())})
    known = SharedLines.from_counts(count_lines(chunk))
    assert known.of(texts[0], None) != b""
    assert known.of(HEAD.format("c") + "Another text altogether", None) == b""
    assert known.of(FURNITURE, None) == b""
    assert (
        known.of(FURNITURE, "https://harbour.example/c")
        == known.of(texts[0].replace("day a", "day z"), None)
        != b""
    )


def test_near_copies_are_read_beside_each_other(tmp_path: Path) -> None:
    wire = "The ministers of Chad and Niger signed a treaty on water in Lima on Monday after two years of talks. "
    other = (
        "A bakery in the old town was praised for its rye bread by a jury of four pensioners and a priest. "
    )
    bodies = {
        "a": wire * 3 + "It rains.",
        "b": other * 3,
        "c": wire * 3 + "It is dry.",
        "d": other * 3 + "Yes.",
    }
    documents = pa.table({"document_id": [*bodies], "batch": ["in"] * 4, "body": [*bodies.values()]})
    pq.write_table(sign(documents), tmp_path / "signatures.parquet")
    found = duckdb.sql(f"{_leaders(tmp_path / 'signatures.parquet')} ORDER BY leader, document_id").fetchall()
    assert found == [("a", "a"), ("c", "a"), ("b", "b"), ("d", "b")]
