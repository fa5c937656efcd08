"""One function over many chunks on a Ray cluster, through Ray Data: what ``engine`` does on one machine.

Ray is an extra (``communique[ray]``), imported when it is asked for. Placing work, moving data, spilling and doing
lost work again are Ray's; here chunks become its blocks and blocks become results, in the order of the chunks.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from pipelines.engine import alone
from pipelines.rescue import Rescue

if TYPE_CHECKING:
    import ray.data

Tables = Mapping[str, pa.Table]

_PLACE = "place of the chunk"
_TRIES = 3
"""How often a chunk is begun again whose worker or node was lost, before it is itself suspect."""


def map_chunks(
    function: Callable[[pa.Table], Tables],
    chunks: Iterable[pa.Table],
    address: str | None,
    rescue: Rescue | None = None,
) -> Iterator[Tables]:
    """The function's tables for each chunk, in the order of the chunks.

    ``address`` is a Ray cluster's (``ray://host:10001``, ``host:6379``, ``auto``); None starts Ray on this machine.
    The function must be importable on every node. A lost worker or node costs time; a chunk that takes its worker
    with it every time is done again here, alone, with ``rescue`` as in ``engine.map_chunks``.
    """
    with _connected(address) as ray:
        placed = [ray.put(_placed(chunk, place)) for place, chunk in enumerate(chunks)]
        if not placed:
            return
        expected = 0
        for place, tables in _results(ray, placed, _Packing(function)):
            for lost in range(expected, place):
                yield alone(function, _chunk(ray.get(placed[lost])), rescue)
            yield tables
            expected = place + 1
        for lost in range(expected, len(placed)):
            yield alone(function, _chunk(ray.get(placed[lost])), rescue)


@dataclass(frozen=True, slots=True)
class _Packing:
    """The function with its tables packed into one row, since a block of Ray Data is one table."""

    function: Callable[[pa.Table], Tables]

    def __call__(self, block: pa.Table) -> pa.Table:
        place = block.column(_PLACE)[0].as_py()
        packed = {name: _packed(table) for name, table in self.function(_chunk(block)).items()}
        columns = {name: pa.array([data], pa.large_binary()) for name, data in packed.items()}
        return pa.table({_PLACE: pa.array([place], pa.int64()), **columns})


def _results(ray: Any, placed: list[Any], packing: _Packing) -> Iterator[tuple[int, Tables]]:
    context = ray.data.DataContext.get_current()
    context.execution_options.preserve_order = True
    context.enable_progress_bars = False
    # A chunk that cannot be done on the cluster is missing among the results and done here.
    context.max_errored_blocks = -1
    blocks: ray.data.Dataset = ray.data.from_arrow_refs(placed)
    done = blocks.map_batches(packing, batch_size=None, batch_format="pyarrow", max_retries=_TRIES)
    for batch in done.iter_batches(batch_size=1, batch_format="pyarrow"):
        row = batch.to_pylist()[0]
        place = row.pop(_PLACE)
        yield place, {name: _unpacked(data) for name, data in row.items()}


@contextmanager
def _connected(address: str | None) -> Iterator[Any]:
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
    import ray
    import ray.data

    ours = not ray.is_initialized()
    if ours:
        ray.init(address=address, include_dashboard=None if address else False, log_to_driver=False)
    try:
        yield ray
    finally:
        if ours:
            ray.shutdown()


def _placed(chunk: pa.Table, place: int) -> pa.Table:
    return chunk.append_column(_PLACE, pa.repeat(pa.scalar(place, pa.int64()), chunk.num_rows))


def _chunk(block: pa.Table) -> pa.Table:
    return block.drop_columns([_PLACE])


def _packed(table: pa.Table) -> bytes:
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as writer:
        writer.write_table(table)
    return bytes(sink.getvalue())


def _unpacked(data: bytes) -> pa.Table:
    with pa.ipc.open_stream(data) as reader:
        return reader.read_all()
