"""What an earlier run knows of a batch's inputs: when they were first read."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pyarrow as pa

from warehouse.home import Home
from warehouse.overlay import Overlay
from warehouse.register import connect
from warehouse.tables.ddl import parquet


@contextmanager
def first_seen(home: Home, batch: str) -> Iterator[Callable[[pa.Table], pa.Table]]:
    """A function that gives ledger rows the time at which the same bytes were first read there."""
    path = Overlay(home).path("inputs", batch)
    if path is None:
        yield lambda inputs: inputs
        return
    with connect(home) as con:
        con.execute(f"CREATE TABLE earlier AS SELECT input_id, sha256, seen_at FROM {parquet(path)}")  # noqa: S608

        def as_first_seen(inputs: pa.Table) -> pa.Table:
            con.register("chunk", inputs)
            found = con.sql(
                "SELECT c.* REPLACE (coalesce(e.seen_at, c.seen_at) AS seen_at) FROM chunk AS c "
                "LEFT JOIN earlier AS e ON e.input_id = c.input_id AND e.sha256 IS NOT DISTINCT FROM c.sha256"
            )
            return found.to_arrow_table().cast(inputs.schema)

        yield as_first_seen
