"""Results come in the order of the chunks; a worker's death is told or costs what is to blame alone."""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from multiprocessing import forkserver
from pathlib import Path

import pytest

from pipelines import crew as crew_module
from pipelines import engine
from pipelines.crew import Crew
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
    with Crew(workers) as crew:
        assert list(map_chunks(square, range(20), crew)) == [n * n for n in range(20)]


def test_a_single_chunk_is_done_in_this_process() -> None:
    with Crew(4) as crew:
        assert list(map_chunks(lambda _: os.getpid(), ["one"], crew)) == [os.getpid()]


def test_a_single_chunk_goes_to_a_worker_that_is_there() -> None:
    with Crew(4) as crew:
        crew.begin()
        (found,) = map_chunks(who, [1], crew)
        assert crew.size == 1
    assert found != os.getpid()


def who(number: int) -> int:
    time.sleep(0.1)
    return os.getpid()


def test_few_chunks_are_not_worth_a_second_worker() -> None:
    with Crew(2) as crew:
        (one,) = set(map_chunks(who, range(4), crew))
    assert one != os.getpid()


def test_the_same_workers_do_one_stage_after_the_other() -> None:
    with Crew(2) as crew:
        first = set(map_chunks(who, range(10), crew))
        assert set(map_chunks(who, range(10), crew)) == first
        assert len(first) == 2
    assert not multiprocessing.active_children()


def ready_since(_: int) -> str | None:
    return os.environ.get("READY_SINCE")


@pytest.fixture(params=[True, False])
def forks(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Workers as they are started where forking is safe, and as where it is not."""
    monkeypatch.setattr(crew_module, "_FORKS", request.param and crew_module._FORKS)


@pytest.mark.usefixtures("forks")
def test_workers_are_ready_before_their_first_chunk() -> None:
    with Crew(2, "ready_at_once") as crew:
        assert all(map_chunks(ready_since, range(10), crew))


@pytest.mark.skipif(not crew_module._FORKS, reason="forking is not safe here")
def test_workers_are_forked_from_one_that_was_ready_before_them() -> None:
    program = """
import os
from pipelines.crew import Crew
from pipelines.engine import map_chunks
from test_engine import ready_since
if __name__ == "__main__":
    with Crew(2, "ready_at_once") as crew:
        crew.announce()
        crew.begin(2)
        workers = {process.process.pid for process in crew._workers}
        (since,) = set(map_chunks(ready_since, range(20), crew))
        print(len(workers), int(since) in {*workers, os.getpid()})
"""
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).parent)}
    told = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        env=environment,
        timeout=120,
        check=True,
    )
    assert told.stdout.split() == ["2", "False"]


@pytest.mark.parametrize("ready", ["None", "'ready_at_once'"])
def test_workers_end_with_the_process_that_hired_them(ready: str) -> None:
    program = f"""
import os, signal, time
from pipelines.crew import Crew
from test_engine import who
if __name__ == "__main__":
    crew = Crew(2, {ready})
    crew.begin(2)
    crew.wait_for_start(60)
    print(*(worker.process.pid for worker in crew._workers), flush=True)
    os.kill(os.getpid(), signal.SIGKILL)
"""
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).parent)}
    killed = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, env=environment, timeout=120
    )
    workers = [int(pid) for pid in killed.stdout.split()]
    assert (killed.returncode, len(workers)) == (-signal.SIGKILL, 2)
    deadline = time.monotonic() + 30
    while any(map(is_alive, workers)) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert not any(map(is_alive, workers))


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.mark.skipif(not crew_module._FORKS, reason="forking is not safe here")
@pytest.mark.parametrize("error", [OSError("AF_UNIX path too long"), ConnectionRefusedError()])
def test_workers_start_alone_where_none_can_be_forked(
    monkeypatch: pytest.MonkeyPatch, error: OSError
) -> None:
    def refuse(*_: object) -> None:
        raise error

    monkeypatch.setattr(forkserver, "ensure_running", refuse)
    monkeypatch.setattr(forkserver, "connect_to_new_process", refuse)
    with Crew(2, "ready_at_once") as crew:
        assert all(map_chunks(ready_since, range(10), crew))
    assert not multiprocessing.active_children()


def test_a_dismissed_crew_can_be_hired_again() -> None:
    with Crew(2) as crew:
        before = set(map_chunks(who, range(10), crew))
        crew.dismiss()
        assert crew.size == 0
        assert before.isdisjoint(map_chunks(who, range(10), crew))


@pytest.mark.usefixtures("forks")
def test_nobody_waits_for_workers_that_are_still_getting_ready() -> None:
    with Crew(2, "ready_never") as crew:
        crew.begin(2)
    assert not multiprocessing.active_children()


def test_nothing_comes_of_nothing() -> None:
    with Crew(2) as crew:
        assert list(map_chunks(square, [], crew)) == []


def test_chunks_are_read_only_as_far_ahead_as_workers_need() -> None:
    read: list[int] = []

    def chunks() -> Iterator[int]:
        for number in range(1000):
            read.append(number)
            yield number

    with Crew(2) as crew:
        results = map_chunks(square, chunks(), crew)
        next(results)
        assert len(read) <= 8
        results.close()  # type: ignore[attr-defined]


def test_a_dead_worker_is_told_with_what_to_do() -> None:
    with Crew(2) as crew, pytest.raises(WorkerError, match="--workers 1"):
        list(map_chunks(die, range(8), crew))


def test_whoever_stops_early_waits_for_nobody() -> None:
    results = map_chunks(doze, range(4), Crew(2))
    next(results)
    results.close()  # type: ignore[attr-defined]
    assert not multiprocessing.active_children()


@pytest.mark.parametrize("workers", [1, 2])
def test_what_a_chunk_raises_comes_back(workers: int) -> None:
    with Crew(workers) as crew, pytest.raises(ValueError, match="three is out of bounds"):
        list(map_chunks(raise_at_three, range(8), crew))


def squares(numbers: list[int]) -> list[str]:
    if 13 in numbers:
        os._exit(9)
    if 17 in numbers:
        time.sleep(600)
    return [str(number * number) for number in numbers]


@dataclass(frozen=True)
class Halving:
    """Lists of numbers, halved; what cannot be done becomes a word."""

    def halves(self, chunk: list[int]) -> tuple[list[int], list[int]] | None:
        middle = len(chunk) // 2
        return (chunk[:middle], chunk[middle:]) if middle else None

    def together(self, first: list[str], second: list[str]) -> list[str]:
        return first + second

    @property
    def give_up(self) -> type[None] | object:
        return lambda chunk, happened: [f"{chunk[0]}: {happened}"]


def test_the_document_that_kills_its_worker_is_given_up_and_the_others_go_on() -> None:
    chunks = [list(range(start, start + 4)) for start in range(0, 24, 4) if start != 16]
    with Crew(2) as crew:
        found = [word for result in map_chunks(squares, chunks, crew, Halving()) for word in result]  # type: ignore[arg-type]
    expected = [str(n * n) for chunk in chunks for n in chunk]
    expected[13] = "13: the worker process died over it, most often for want of memory"
    assert found == expected


def test_a_document_that_hangs_is_given_up_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "_LONGEST_SECONDS", 4.0)
    chunks = [[1, 2], [16, 17], [3, 4]]
    with Crew(2) as crew:
        found = list(map_chunks(squares, chunks, crew, Halving()))  # type: ignore[arg-type]
    assert found == [
        ["1", "4"],
        ["256", "17: the worker process did not come to an end with it"],
        ["9", "16"],
    ]
    assert not multiprocessing.active_children()


@pytest.mark.usefixtures("forks")
def test_no_document_is_blamed_where_workers_do_not_start() -> None:
    with Crew(2, "ready_fails") as crew, pytest.raises(WorkerError, match="do not start"):
        list(map_chunks(squares, [[1], [2]], crew, Halving()))  # type: ignore[arg-type]


def test_workers_that_stop_starting_while_one_is_blamed_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "Crew", lambda most, _: Crew(most, "ready_fails"))
    with Crew(2) as crew, pytest.raises(WorkerError, match="do not start"):
        list(map_chunks(squares, [[13], [2]], crew, Halving()))  # type: ignore[arg-type]


def test_nobody_is_hired_for_a_crew_of_one() -> None:
    with Crew(1) as crew:
        crew.begin()
        assert (crew.size, set(map_chunks(who, range(3), crew))) == (0, {os.getpid()})
