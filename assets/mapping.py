"""A stage's function over the documents of a batch, wherever the work is done, whatever single documents do to it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial

import pyarrow as pa

from assets.memo import Noted, Noting
from assets.work import Work
from pipelines.engine import map_chunks
from pipelines.given_up import given_up_cleaning, given_up_extraction, given_up_in
from pipelines.rescue import Guarded, Rescue
from warehouse.tables.model import Stage

Tables = Mapping[str, pa.Table]


class BrokenStageError(Exception):
    """A stage breaks down over so many documents that they are not to blame; the message says what happened."""


def mapped(
    work: Work,
    noting: Noting,
    function: Callable[[pa.Table], Tables],
    chunks: Iterable[pa.Table],
    documents: int,
) -> Iterator[Tables]:
    """A stage's tables for each chunk of so many ``documents`` in all, in order, with what is to be remembered.

    A document that raises an error, kills its worker or never ends is given up, with the reason in the tables.
    BrokenStageError where more are given up than a batch may lose.
    """
    stage = noting.stage
    rescue = Rescue(noting.beside(_give_up(work, stage)))
    lost = 0
    for tables in _results(work, noting.beside(Guarded(function, rescue)), chunks, rescue):
        happened = given_up_in(tables)
        lost += len(happened)
        if happened and work.bound.is_passed(lost, documents):
            raise BrokenStageError(
                f"{stage} breaks down over documents, more of {documents} than may be set aside: {happened[0]}"
            )
        yield tables


def _results(work: Work, function: Noted, chunks: Iterable[pa.Table], rescue: Rescue) -> Iterator[Tables]:
    if work.engine == "ray":
        # An extra, and dear to import.
        from pipelines.ray_engine import map_chunks as map_on_ray

        return map_on_ray(function, chunks, work.ray_address, rescue)
    return map_chunks(function, chunks, work.crew, rescue)


def _give_up(work: Work, stage: Stage) -> Callable[[pa.Table, str], Tables]:
    if stage == "clean":
        return partial(given_up_cleaning, version=work.stages.version(stage))
    return given_up_extraction
