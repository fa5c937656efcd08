"""The learn stage: in how many documents of its site each line of a batch stands.

What a line is, and when two are the same, is decided in ``clean.site_lines``; here chunks become one table.
"""

from __future__ import annotations

from collections.abc import Iterable

import pyarrow as pa
import pyarrow.compute as pc

from pipelines.clean.site_lines import COUNTS, add_counts, count_lines
from warehouse.tables import table
from warehouse.tables.arrow import stored_schema

__all__ = ["count_lines", "site_lines", "sum_counts", "taken_back"]

_WAITING = 200_000
"""Rows that are kept apart before they are added up: few additions, bounded memory."""


def site_lines(counts: Iterable[pa.Table], *, batch: str) -> pa.Table:
    """The rows of ``site_lines`` from what ``count_lines`` says of a batch's chunks, in any order.

    What is ``taken_back`` counts as if it had never come.
    """
    summed = sum_counts(counts)
    summed = summed.filter(pc.not_equal(summed.column("documents"), 0))
    names = pa.array([batch], pa.string()).take(pa.array([0] * summed.num_rows, pa.int32()))
    columns = {"batch": names, **{name: summed.column(name) for name in summed.column_names}}
    schema = stored_schema(table("site_lines"))
    return pa.table([columns[name] for name in schema.names], schema=schema)


def taken_back(counts: pa.Table) -> pa.Table:
    """A table of ``count_lines`` that takes back what it said."""
    documents = pc.negate(counts.column("documents"))
    return counts.set_column(COUNTS.get_field_index("documents"), COUNTS.field("documents"), documents)


def sum_counts(counts: Iterable[pa.Table]) -> pa.Table:
    """Tables of ``count_lines`` added up as they come, so that memory holds each line about twice at most."""
    summed, waiting = COUNTS.empty_table(), [COUNTS.empty_table()]
    for chunk in counts:
        waiting.append(chunk)
        if sum(part.num_rows for part in waiting) > max(_WAITING, summed.num_rows):
            summed, waiting = add_counts([summed, *waiting]), []
    return add_counts([summed, *waiting])
