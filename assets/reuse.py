"""What an earlier run knows of a batch: when inputs were first read, and what unchanged documents tell."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
import pyarrow as pa

from assets.fingerprints import of_batch, tables_of
from warehouse.home import Home
from warehouse.overlay import Overlay
from warehouse.register import connect
from warehouse.tables import table
from warehouse.tables.arrow import stored_schema
from warehouse.tables.ddl import literal, quoted

_NOT_READ_BY_EXTRACTION = {"document_id", "batch", "source_uri", "boilerplate_share", "cleaner_version"}


@contextmanager
def first_seen(home: Home, batch: str) -> Iterator[Callable[[pa.Table], pa.Table]]:
    """A function that gives ledger rows the time at which the same bytes were first read there."""
    path = Overlay(home).path("inputs", batch)
    if path is None:
        yield lambda inputs: inputs
        return
    with connect(home) as con:
        con.execute(f"CREATE TABLE earlier AS SELECT input_id, sha256, seen_at FROM {_parquet(path)}")  # noqa: S608

        def as_first_seen(inputs: pa.Table) -> pa.Table:
            con.register("chunk", inputs)
            found = con.sql(
                "SELECT c.* REPLACE (coalesce(e.seen_at, c.seen_at) AS seen_at) FROM chunk AS c "
                "LEFT JOIN earlier AS e ON e.input_id = c.input_id AND e.sha256 IS NOT DISTINCT FROM c.sha256"
            )
            return found.to_arrow_table().cast(inputs.schema)

        yield as_first_seen


class Known:
    """Documents of a batch that an earlier run extracted with the same version, and what it found in them."""

    def __init__(self, con: duckdb.DuckDBPyConnection, home: Home, batch: str) -> None:
        self._con = con
        self._home = home
        self._batch = batch
        row = con.sql("SELECT count(*) FROM unchanged").fetchone()
        self.documents = int(row[0]) if row else 0

    def chunks(self) -> Iterator[dict[str, pa.Table]]:
        """The stage's rows for the unchanged documents."""
        if not self.documents:
            return
        for name in tables_of("extract"):
            path = Overlay(self._home).path(name, self._batch)
            if path is None:
                continue
            rows = self._con.sql(f"SELECT * FROM {_parquet(path)} SEMI JOIN unchanged USING (document_id)")  # noqa: S608
            yield {name: rows.to_arrow_table()}

    def other_documents(self, rows: int) -> Iterator[pa.Table]:
        """The documents that have to be read, in order, in chunks of so many rows."""
        schema = stored_schema(table("documents"))
        others = self._con.cursor().sql(
            "SELECT * FROM now ANTI JOIN unchanged USING (document_id) ORDER BY document_id"
        )
        for batch in others.to_arrow_reader(rows * 64):
            whole = pa.Table.from_batches([batch]).cast(schema)
            for start in range(0, whole.num_rows, rows):
                yield whole.slice(start, rows)


@contextmanager
def known_extractions(
    home: Home, batch: str, documents: Path, version: str, *, trust: bool
) -> Iterator[Known]:
    """What can be taken over for the documents in a file. Without ``trust`` nothing is."""
    lake = Overlay(home)
    fingerprint = of_batch(lake, "extract", batch, version)
    earlier = lake.path("documents", batch)
    usable = trust and fingerprint is not None and lake.is_fresh(tables_of("extract"), batch, fingerprint)
    with connect(home) as con:
        con.execute(f"CREATE VIEW now AS SELECT * FROM {_parquet(documents)}")  # noqa: S608
        if usable and earlier is not None:
            read = [c.name for c in table("documents").stored if c.name not in _NOT_READ_BY_EXTRACTION]
            same = " AND ".join(f"n.{quoted(name)} IS NOT DISTINCT FROM e.{quoted(name)}" for name in read)
            join = f"FROM now AS n JOIN {_parquet(earlier)} AS e USING (document_id) WHERE {same}"
            con.execute(f"CREATE TABLE unchanged AS SELECT document_id {join}")
        else:
            con.execute("CREATE TABLE unchanged (document_id VARCHAR)")
        yield Known(con, home, batch)


def _parquet(path: Path) -> str:
    return f"read_parquet({literal(str(path))}, hive_partitioning = false)"
