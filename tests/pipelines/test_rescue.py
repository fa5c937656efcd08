"""A document that raises an error is given up with the reason; every other one of its chunk is kept, in order."""

from __future__ import annotations

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.rescue import Guarded, Rescue, told


def doubled(chunk: pa.Table) -> dict[str, pa.Table]:
    numbers = chunk.column("n").to_pylist()
    if any(number % 7 == 0 for number in numbers):
        raise ValueError("seven\nis\tout of bounds")
    return tables([2 * number for number in numbers], [])


def given_up(chunk: pa.Table, happened: str) -> dict[str, pa.Table]:
    return tables([], [f"{chunk.column('n')[0]}: {happened}"])


def tables(done: list[int], failed: list[str]) -> dict[str, pa.Table]:
    return {
        "done": pa.table({"n": pa.array(done, pa.int64())}),
        "failed": pa.table({"why": pa.array(failed, pa.string())}),
    }


@settings(deadline=None)
@given(st.lists(st.integers(min_value=1, max_value=100), min_size=1, max_size=40))
def test_only_what_is_to_blame_is_lost(numbers: list[int]) -> None:
    found = Guarded(doubled, Rescue(given_up))(pa.table({"n": pa.array(numbers, pa.int64())}))
    assert found["done"].column("n").to_pylist() == [2 * n for n in numbers if n % 7]
    bad = [f"{n}: ValueError: seven is out of bounds" for n in numbers if n % 7 == 0]
    assert found["failed"].column("why").to_pylist() == bad


def full(_: pa.Table) -> dict[str, pa.Table]:
    raise OSError(28, "No space left on device")


def test_a_fault_of_the_machine_is_blamed_on_no_document() -> None:
    with pytest.raises(OSError, match="No space left"):
        Guarded(full, Rescue(given_up))(pa.table({"n": [1, 2]}))


def test_results_may_have_different_tables() -> None:
    both = Rescue(given_up).together(
        {"a": pa.table({"n": [1]})}, {"a": pa.table({"n": [2]}), "b": pa.table({"n": [3]})}
    )
    assert {name: found.column("n").to_pylist() for name, found in both.items()} == {"a": [1, 2], "b": [3]}


def test_an_error_is_told_in_one_bounded_line() -> None:
    assert told(RuntimeError("a\nb" * 1000)).startswith("RuntimeError: a ba b")
    assert len(told(RuntimeError("x" * 1000))) == 300
    assert told(KeyError()) == "KeyError"
