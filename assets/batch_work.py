"""The stages of one batch: ingest, learn, clean and extract, each staged and audited.

Every function here does one stage of one batch: nothing where it is up to date, else stage, check, record.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING, TypeVar

import pyarrow as pa

from assets.fingerprints import ORDER, tables_of
from assets.forgotten import without_forgotten
from assets.lines_work import changed_texts, concerned_by_lines, do_share, shared_lines_of
from assets.mapping import mapped
from assets.memo import Noting, remembered
from assets.plan import batch_fingerprint, sources_of
from assets.quarantine import audited
from assets.refused import keep_given_up, keep_record, keep_refused
from assets.reuse import first_seen
from assets.work import Outcome, Work
from pipelines.crew import Crew
from pipelines.engine import map_chunks
from warehouse import tombstones
from warehouse.lake import ShapeError, Stamp
from warehouse.tables.model import Stage
from warehouse.tombstones import Graveyard

if TYPE_CHECKING:
    from pipelines.clean.site_lines import SharedLines

Result = TypeVar("Result")
_LEARN_ROWS = 500
_MANY_TEXTS = 5_000  # to count the lines of fewer costs less than to hand the texts over
_ROWS: dict[Stage, int] = {"clean": 64, "extract": 32}


def do_batches(work: Work, batches: Sequence[str]) -> None:
    """Do every stage up to extract of batches, each of all of them before the next. As do_batch_stage."""
    for stage in ORDER[: ORDER.index("extract") + 1]:
        if stage == "share":
            do_share(work)
        else:
            do_stage_of_batches(work, stage, batches)


def do_stage_of_batches(work: Work, stage: Stage, batches: Sequence[str]) -> list[Outcome]:
    """Do a stage of batches, and of the others that the lines learned in this run concern. As do_batch_stage.

    The others are never forced. Their outcomes come after those of the batches, which keep their order.
    """
    outcomes = [do_batch_stage(work, stage, batch) for batch in batches]
    unforced = replace(work, force=None)
    others: list[str] = []
    if stage == "clean":
        others = concerned_by_lines(work)
    elif stage == "extract":
        others = [
            name
            for name in work.overlay.files("documents")
            if work.overlay.staged("documents", name).is_file()
        ]
    outcomes += [do_batch_stage(unforced, stage, name) for name in others if name not in batches]
    if stage == "extract":
        work.crew.dismiss()  # the last stage that reads documents; what comes after it needs the memory
    return outcomes


def do_batch_stage(work: Work, stage: Stage, batch: str) -> Outcome:
    """Do a stage of a batch if it is stale or forced. AuditError where a critical check fails.

    Raises ValueError where the stage before it has never been done.
    """
    fingerprint = batch_fingerprint(work.overlay, work.stages, stage, batch)
    if fingerprint is None:
        raise ValueError(f"batch {batch}: do the stage before {stage} first")
    tables = tables_of(stage)
    unchanged = not work.is_forced(stage) and work.overlay.is_fresh(tables, batch, fingerprint)
    if not unchanged:
        try:
            _WRITERS[stage](work, batch, fingerprint)
        except ShapeError as error:
            work.misshapen(error, batch)
    unchanged = unchanged and not any(work.overlay.staged(table, batch).is_file() for table in tables)
    results = [] if unchanged else audited(work, stage, batch)
    stamps = {table: stamp for table in tables if (stamp := work.overlay.stamp(table, batch))}
    return Outcome(stamps, tuple(results), unchanged=unchanged, batch=batch)


def _ingest(work: Work, batch: str, fingerprint: str) -> None:
    sources = sources_of(work.home, work.stages, batch)
    work.progress.start("ingest", batch, sum(source.size for source in sources), "bytes")
    chunks = work.stages.ingest(
        sources,
        batch=batch,
        seen_at=datetime.now(UTC),
        keep=partial(keep_record, work.home, batch),
        progress=work.progress.advance,
    )
    left = without_forgotten(chunks, Graveyard(tombstones.every(work.home)))
    with first_seen(work.home, batch) as as_first_seen:
        named = ({"inputs": as_first_seen(inputs), "raw_documents": raw} for inputs, raw in left)
        stamps = _write(work, "ingest", batch, fingerprint, named)
    texts = stamps["raw_documents"].rows
    if work.engine == "local" and work.overlay.path("documents", batch) is None:
        work.crew.announce()  # all of them will be read: models load while this is checked
    work.progress.finish(f"{stamps['inputs'].rows} inputs, {texts} texts")


def _learn(work: Work, batch: str, fingerprint: str) -> None:
    from pipelines.learn import site_lines, taken_back

    with changed_texts(work, batch) as texts:
        work.progress.start("learn", batch, texts.added, "documents")
        crew = work.crew if texts.added > _MANY_TEXTS else Crew(1)
        counts = _advancing(
            work, lambda new: map_chunks(work.stages.learn, new, crew), texts.new(_LEARN_ROWS)
        )
        gone = (taken_back(work.stages.learn(chunk)) for chunk in texts.gone(_LEARN_ROWS))
        rows = site_lines(chain(texts.counted(), counts, gone), batch=batch)
    stamps = _write(work, "learn", batch, fingerprint, [{"site_lines": rows}])
    work.progress.finish(f"{stamps['site_lines'].rows} lines")


def _clean(work: Work, batch: str, fingerprint: str) -> None:
    shared = shared_lines_of(work.overlay, batch)
    function = partial(work.stages.clean, version=work.stages.version("clean"), shared=shared)
    stamps = _by_document(work, "clean", batch, fingerprint, function, shared)
    keep_refused(work, batch)
    work.progress.finish(f"{stamps['documents'].rows} documents")


def _extract(work: Work, batch: str, fingerprint: str) -> None:
    function = partial(work.stages.extract, version=work.stages.version("extract"))
    stamps = _by_document(work, "extract", batch, fingerprint, function)
    keep_given_up(work, batch)
    work.progress.finish(f"{stamps['event_mentions'].rows} mentions")


def _by_document(
    work: Work,
    stage: Stage,
    batch: str,
    fingerprint: str,
    function: Callable[[pa.Table], Mapping[str, pa.Table]],
    shared: SharedLines | None = None,
) -> dict[str, Stamp]:
    """Do a stage of the documents that an earlier run has not done, and take over the rows of the others."""
    with remembered(work, stage, batch, shared) as memo:
        work.progress.start(stage, batch, memo.documents + memo.to_do, "documents")
        work.progress.advance(memo.documents)
        noting = Noting(stage, batch, shared)
        new = _advancing(
            work, lambda others: mapped(work, noting, function, others, memo.to_do), memo.others(_ROWS[stage])
        )
        return _write(work, stage, batch, fingerprint, chain(memo.chunks(), new))


_WRITERS: dict[Stage, Callable[[Work, str, str], None]] = {
    "ingest": _ingest,
    "learn": _learn,
    "clean": _clean,
    "extract": _extract,
}


def _write(
    work: Work, stage: Stage, batch: str, fingerprint: str, chunks: Iterable[Mapping[str, pa.Table]]
) -> dict[str, Stamp]:
    """Write a stage's chunks into this run's staging."""
    with ExitStack() as stack:
        writers = {name: stack.enter_context(work.overlay.writer(name, batch)) for name in tables_of(stage)}
        for chunk in chunks:
            for name, rows in chunk.items():
                if rows.num_rows:
                    writers[name].append(rows)
        version = work.stages.version(stage)
        return {name: writer.finish(fingerprint, version) for name, writer in writers.items()}


def _advancing(
    work: Work, mapping: Callable[[Iterable[pa.Table]], Iterable[Result]], chunks: Iterable[pa.Table]
) -> Iterator[Result]:
    """What the mapping makes of the chunks, a result each, with progress told as each comes back."""
    sizes: deque[int] = deque()

    def measured() -> Iterator[pa.Table]:
        for chunk in chunks:
            sizes.append(chunk.num_rows)
            yield chunk

    for result in mapping(measured()):
        yield result
        work.progress.advance(sizes.popleft())
