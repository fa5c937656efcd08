"""The Ray engine on a cluster of two nodes on this machine: same results, whatever is lost on the way."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from pipelines.rescue import Rescue

ray = pytest.importorskip("ray", reason="the ray extra is not installed: make test-ray")

from pipelines.ray_engine import map_chunks  # noqa: E402
from tests.ray_cluster import two_nodes  # noqa: E402

pytestmark = pytest.mark.ray


def doubled(chunk: pa.Table) -> dict[str, pa.Table]:
    numbers = chunk.column("n").to_pylist()
    if 13 in numbers:
        os._exit(9)
    time.sleep(0.05)
    odd = [number for number in numbers if number % 2]
    return {
        "doubled": pa.table({"n": [2 * n for n in numbers]}),
        "odd": pa.table({"n": pa.array(odd, pa.int64())}),
    }


def given_up(chunk: pa.Table, happened: str) -> dict[str, pa.Table]:
    return {"doubled": pa.table({"n": [-1]}), "odd": pa.table({"n": pa.array([], pa.int64())})}


def chunks(*starts: int) -> Iterator[pa.Table]:
    for start in starts:
        yield pa.table({"n": list(range(start, start + 4))})


def numbers(results: Iterator[Any], name: str = "doubled") -> list[int]:
    return [n for tables in results for n in tables[name].column("n").to_pylist()]


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    with two_nodes(Path(__file__).parent) as cluster:
        yield cluster


def test_results_keep_the_order_of_the_chunks(cluster: Any) -> None:
    found = list(map_chunks(doubled, chunks(*range(20, 100, 4)), cluster.address))
    assert numbers(iter(found)) == [2 * n for n in range(20, 100)]
    assert numbers(iter(found), "odd") == [n for n in range(20, 100) if n % 2]


def test_nothing_comes_of_nothing(cluster: Any) -> None:
    assert list(map_chunks(doubled, [], cluster.address)) == []


def test_the_document_that_kills_its_worker_is_given_up_and_the_others_go_on(cluster: Any) -> None:
    found = numbers(map_chunks(doubled, chunks(4, 8, 12, 16), cluster.address, Rescue(given_up)))
    assert found == [-1 if n == 13 else 2 * n for n in range(4, 20)]


def test_a_lost_node_costs_no_rows(cluster: Any) -> None:
    node = cluster.add_node(num_cpus=2)
    found: list[int] = []
    for place, tables in enumerate(map_chunks(doubled, chunks(*range(20, 420, 4)), cluster.address)):
        if place == 5:
            cluster.remove_node(node, allow_graceful=False)
        found += tables["doubled"].column("n").to_pylist()
    assert found == [2 * n for n in range(20, 420)]
