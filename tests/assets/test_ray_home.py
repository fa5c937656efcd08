"""A whole run on a Ray cluster writes the tables of one on this machine, whatever becomes of its nodes."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from assets.execution import execute
from assets.progress import NoProgress
from assets.stages import pipeline_stages
from pipelines.crew import Crew
from warehouse import batches
from warehouse.home import Home, open_home
from warehouse.ledger import lake_files

pytest.importorskip("ray", reason="the ray extra is not installed: make test-ray")

from tests.ray_cluster import two_nodes

pytestmark = [pytest.mark.ray, pytest.mark.slow]

LANDS = ("Peru", "Chile", "Ghana", "Kenya", "Latvia", "Norway")
TOLD = (
    "The defence minister of {one} met the president of {other} in Geneva on {day} March 2023.",
    "{one} and {other} signed an agreement on joint air patrols on {day} March 2023.",
    "{one} imposed sanctions on {other} on {day} March 2023, the foreign ministry said.",
    "{one} will send 200 soldiers to {other} in April 2023, a spokesman said on {day} March 2023.",
)
REST = "Rain is expected along the coast. The harbour had been closed for two days. Traders counted their losses."


class LosesANode(NoProgress):
    """Takes a node of the cluster away, without a word, when the first articles have been read."""

    def __init__(self, cluster: Any, node: Any) -> None:
        self._cluster, self._node, self._stage = cluster, node, ""
        self.lost_after: int | None = None

    def start(self, stage: str, batch: str | None, total: int | None, unit: str) -> None:
        self._stage = stage

    def advance(self, amount: int) -> None:
        if self._stage == "extract" and self.lost_after is None:
            self._cluster.remove_node(self._node, allow_graceful=False)
            self.lost_after = amount


@pytest.fixture(scope="module")
def inbox(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("inbox")
    pairs = ((one, other) for one, other in product(LANDS, LANDS) if one != other)
    for number, ((one, other), told) in enumerate(product(pairs, TOLD)):
        day = number % 27 + 1
        text = f"{one} and {other}\n\n{told.format(one=one, other=other, day=day)} {REST}\n"
        (folder / f"{number:03}.txt").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    with two_nodes() as cluster:
        yield cluster


@pytest.fixture(scope="module")
def here(inbox: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Digests of the tables that the local engine writes."""
    home = filled(tmp_path_factory.mktemp("here"), inbox)
    assert (
        execute(home, ["news"], stages=pipeline_stages(), crew=Crew(2), listener=NoProgress()).reason is None
    )
    assert pq.read_metadata(home.lake / "event_mentions" / "batch=news" / "data.parquet").num_rows > 100
    return digests(home)


def filled(root: Path, inbox: Path) -> Home:
    home = open_home(root / "home")
    batches.register(home, "news", [str(inbox)], replace=False)
    return home


def digests(home: Home) -> dict[str, str]:
    """SHA-256 of every file in the lake, byte for byte; of the ledger, which has the time of reading, without that."""
    found = {}
    for path in lake_files(home.lake):
        name = path.relative_to(home.lake).as_posix()
        if name.startswith("inputs/"):
            data = repr(pq.read_table(path).drop_columns(["seen_at"]).to_pylist()).encode()
        else:
            data = path.read_bytes()
        found[name] = hashlib.sha256(data).hexdigest()
    return found


def on(cluster: Any, home: Home, listener: NoProgress) -> dict[str, str]:
    ended = execute(
        home,
        ["news"],
        stages=pipeline_stages(),
        crew=Crew(2),
        listener=listener,
        engine="ray",
        ray_address=cluster.address,
    )
    assert ended.reason is None
    return digests(home)


def test_two_nodes_write_the_bytes_that_this_machine_writes(
    cluster: Any, inbox: Path, here: dict[str, str], tmp_path: Path
) -> None:
    assert on(cluster, filled(tmp_path, inbox), NoProgress()) == here


def test_a_node_lost_in_the_middle_changes_no_byte(
    cluster: Any, inbox: Path, here: dict[str, str], tmp_path: Path
) -> None:
    listener = LosesANode(cluster, cluster.add_node(num_cpus=1))
    assert on(cluster, filled(tmp_path, inbox), listener) == here
    assert listener.lost_after is not None
    assert listener.lost_after < 120
