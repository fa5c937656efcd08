"""A file is written whole, sorted and stamped, whatever the order its rows came in."""

from __future__ import annotations

from hashlib import blake2b
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from warehouse.lake import ShapeError, Stamp, TableWriter, _digest_rows, read_stamp, relative_path
from warehouse.tables import table
from warehouse.tables.arrow import rows_to_arrow, stored_schema

STORIES = table("document_stories")


def story(number: int, **values: Any) -> dict[str, Any]:
    return {"document_id": f"{number:020x}", "story_id": f"{number:020x}", "is_story_lead": True} | values


def write(target: Path, chunks: list[list[dict[str, Any]]]) -> Stamp:
    with TableWriter(STORIES, target) as writer:
        for chunk in chunks:
            writer.append(rows_to_arrow(STORIES, chunk))
        return writer.finish("made of this", "1")


@settings(max_examples=15, deadline=None)
@given(st.permutations(range(12)), st.integers(1, 12))
def test_the_digest_does_not_depend_on_order_or_chunks(
    tmp_path_factory: pytest.TempPathFactory, order: list[int], size: int
) -> None:
    target = tmp_path_factory.mktemp("lake") / "data.parquet"
    rows = [story(number) for number in order]
    stamp = write(target, [rows[start : start + size] for start in range(0, len(rows), size)])
    assert stamp.digest == write(target, [[story(number) for number in range(12)]]).digest
    assert pq.read_table(target).column("document_id").to_pylist() == [f"{n:020x}" for n in range(12)]


def digest(rows: pa.RecordBatch) -> str:
    found = blake2b()
    _digest_rows(rows, found)
    return found.hexdigest()


def test_what_memory_holds_where_there_is_no_value_does_not_count() -> None:
    def numbers(under_null: int) -> pa.RecordBatch:
        first_only = pa.py_buffer(b"\x01")
        values = pa.py_buffer(b"\x05\0\0\0" + under_null.to_bytes(4, "little"))
        return pa.record_batch([pa.Array.from_buffers(pa.int32(), 2, [first_only, values])], names=["n"])

    assert numbers(0).to_pylist() == numbers(7).to_pylist() == [{"n": 5}, {"n": None}]
    assert digest(numbers(0)) == digest(numbers(7))
    assert digest(numbers(0)) != digest(pa.record_batch([pa.array([None, 5], pa.int32())], names=["n"]))
    assert digest(numbers(0)) != digest(pa.record_batch([pa.array([5, 0], pa.int32())], names=["n"]))


def test_other_rows_have_another_digest(tmp_path: Path) -> None:
    one = write(tmp_path / "a.parquet", [[story(1)]])
    other = write(tmp_path / "b.parquet", [[story(1, is_story_lead=False)]])
    assert one.digest != other.digest


def test_a_file_has_the_declared_schema_and_its_stamp(tmp_path: Path) -> None:
    target = tmp_path / relative_path(STORIES.name, "_all")
    stamp = write(target, [[story(1)]])
    assert pq.read_schema(target).remove_metadata() == stored_schema(STORIES).remove_metadata()
    assert read_stamp(target) == stamp
    assert stamp.rows == 1


def test_a_table_without_rows_is_a_file_too(tmp_path: Path) -> None:
    stamp = write(tmp_path / "data.parquet", [])
    assert (stamp.rows, pq.read_table(tmp_path / "data.parquet").num_rows) == (0, 0)


def test_a_missing_value_is_written_for_the_checks_to_find(tmp_path: Path) -> None:
    write(tmp_path / "data.parquet", [[story(1, story_id=None), story(2)]])
    assert pq.read_table(tmp_path / "data.parquet").column("story_id").null_count == 1


def test_rows_of_another_shape_are_refused(tmp_path: Path) -> None:
    with (
        TableWriter(STORIES, tmp_path / "data.parquet") as writer,
        pytest.raises(ShapeError, match="document_stories"),
    ):
        writer.append(pa.table({"document_id": ["x"]}))


def test_an_unfinished_file_leaves_the_old_one(tmp_path: Path) -> None:
    target = tmp_path / "data.parquet"
    write(target, [[story(1)]])
    before = target.read_bytes()
    with pytest.raises(RuntimeError), TableWriter(STORIES, target) as writer:
        writer.append(rows_to_arrow(STORIES, [story(2)]))
        raise RuntimeError
    assert target.read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["data.parquet"]


def test_a_file_of_somebody_else_has_no_stamp(tmp_path: Path) -> None:
    pq.write_table(pa.table({"a": [1]}), tmp_path / "other.parquet")
    (tmp_path / "text.parquet").write_text("not parquet")
    names = ("other.parquet", "text.parquet", "missing.parquet")
    assert [read_stamp(tmp_path / name) for name in names] == [None, None, None]
