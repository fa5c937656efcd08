"""Results come in the order of the chunks; a worker's death is told; no more is read ahead than needed."""

from __future__ import annotations

import multiprocessing
import os
import time
from collections.abc import Iterator

import pytest

from pipelines.engine import WorkerError, map_chunks


def square(number: int) -> int:
    time.sleep(0.02 if number % 3 == 0 else 0)  # later chunks overtake earlier ones
    return number * number


def doze(number: int) -> int:
    time.sleep(600 if number else 0)
    return number


def die(number: int) -> int:
    if number == 3:
        os._exit(9)
    return number


def raise_at_three(number: int) -> int:
    if number == 3:
        raise ValueError("three is out of bounds")
    return number


@pytest.mark.parametrize("workers", [1, 2])
def test_results_keep_the_order_of_the_chunks(workers: int) -> None:
    assert list(map_chunks(square, range(20), workers)) == [n * n for n in range(20)]


def test_a_single_chunk_is_done_in_this_process() -> None:
    assert list(map_chunks(lambda _: os.getpid(), ["one"], workers=4)) == [os.getpid()]


def test_nothing_comes_of_nothing() -> None:
    assert list(map_chunks(square, [], workers=2)) == []


def test_chunks_are_read_only_as_far_ahead_as_workers_need() -> None:
    read: list[int] = []

    def chunks() -> Iterator[int]:
        for number in range(1000):
            read.append(number)
            yield number

    results = map_chunks(square, chunks(), workers=2)
    next(results)
    assert len(read) <= 6
    results.close()  # type: ignore[attr-defined]


def test_a_dead_worker_is_told_with_what_to_do() -> None:
    with pytest.raises(WorkerError, match="--workers 1"):
        list(map_chunks(die, range(8), workers=2))


def test_whoever_stops_early_waits_for_nobody() -> None:
    results = map_chunks(doze, range(4), workers=2)
    next(results)
    results.close()  # type: ignore[attr-defined]
    assert not multiprocessing.active_children()


@pytest.mark.parametrize("workers", [1, 2])
def test_what_a_chunk_raises_comes_back(workers: int) -> None:
    with pytest.raises(ValueError, match="three is out of bounds"):
        list(map_chunks(raise_at_three, range(8), workers))
