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
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import pyarrow as pa
import pyarrow.parquet as pq

from assets.fingerprints import ORDER, tables_of
from assets.lines_work import concerned_by_lines, do_share, shared_lines_of
from assets.plan import batch_fingerprint, sources_of
from assets.reuse import first_seen, known_extractions
from assets.work import Outcome, Work
from checks.audit import audit_batch
from pipelines.engine import map_chunks
from pipelines.ids import stable_id
from warehouse.lake import ShapeError, Stamp
from warehouse.tables import of_stage
from warehouse.tables.model import Stage

if TYPE_CHECKING:
    from pipelines.ingest.sources import Source

Result = TypeVar("Result")
_LEARN_ROWS = 500
_LEARNT_FROM = ["content", "text", "url"]
_CLEAN_ROWS = 64
_EXTRACT_ROWS = 32


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
    return outcomes + [do_batch_stage(unforced, stage, name) for name in others if name not in batches]


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
    stamps = {table: stamp for table in tables if (stamp := work.overlay.stamp(table, batch))}
    if unchanged and not any(work.overlay.staged(table, batch).is_file() for table in tables):
        return Outcome(stamps, unchanged=True, batch=batch)
    results = audit_batch(work.overlay, of_stage(stage), batch)
    work.record(results)
    return Outcome(stamps, tuple(results), batch=batch)


def _ingest(work: Work, batch: str, fingerprint: str) -> None:
    sources = sources_of(work.home, work.stages, batch)
    work.progress.start("ingest", batch, sum(source.size for source in sources), "bytes")
    chunks = work.stages.ingest(
        sources,
        batch=batch,
        seen_at=datetime.now(UTC),
        keep=partial(_keep, work.home.rejected / batch, batch),
        progress=work.progress.advance,
    )
    with first_seen(work.home, batch) as as_first_seen:
        named = ({"inputs": as_first_seen(inputs), "raw_documents": raw} for inputs, raw in chunks)
        stamps = _write(work, "ingest", batch, fingerprint, named)
    work.progress.finish(f"{stamps['inputs'].rows} inputs, {stamps['raw_documents'].rows} texts")


def _learn(work: Work, batch: str, fingerprint: str) -> None:
    from pipelines.learn import site_lines

    path = _read(work, "raw_documents", batch)
    work.progress.start("learn", batch, pq.read_metadata(path).num_rows, "documents")
    counts = _advancing(work, work.stages.learn, _file_chunks(path, _LEARN_ROWS, _LEARNT_FROM))
    rows = site_lines(counts, batch=batch)
    stamps = _write(work, "learn", batch, fingerprint, [{"site_lines": rows}])
    work.progress.finish(f"{stamps['site_lines'].rows} lines")


def _clean(work: Work, batch: str, fingerprint: str) -> None:
    shared = shared_lines_of(work.overlay, batch)
    function = partial(work.stages.clean, version=work.stages.version("clean"), shared=shared)
    path = _read(work, "raw_documents", batch)
    work.progress.start("clean", batch, pq.read_metadata(path).num_rows, "documents")
    cleaned = _advancing(work, function, _file_chunks(path, _CLEAN_ROWS))
    stamps = _write(work, "clean", batch, fingerprint, _with_rejected_kept(work, batch, path, cleaned))
    work.progress.finish(f"{stamps['documents'].rows} documents")


def _extract(work: Work, batch: str, fingerprint: str) -> None:
    version = work.stages.version("extract")
    function = partial(work.stages.extract, version=version)
    path = _read(work, "documents", batch)
    work.progress.start("extract", batch, pq.read_metadata(path).num_rows, "documents")
    trust = not work.is_forced("extract")
    with known_extractions(work.home, batch, path, version, trust=trust) as known:
        work.progress.advance(known.documents)
        new = _advancing(work, function, known.other_documents(_EXTRACT_ROWS))
        stamps = _write(work, "extract", batch, fingerprint, chain(known.chunks(), new))
    work.progress.finish(f"{stamps['event_mentions'].rows} mentions")


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
    work: Work, function: Callable[[pa.Table], Result], chunks: Iterable[pa.Table]
) -> Iterator[Result]:
    """The function's results over the chunks, with progress told as each comes back."""
    sizes: deque[int] = deque()

    def measured() -> Iterator[pa.Table]:
        for chunk in chunks:
            sizes.append(chunk.num_rows)
            yield chunk

    for result in map_chunks(function, measured(), work.workers):
        yield result
        work.progress.advance(sizes.popleft())


def _file_chunks(path: Path, rows: int, columns: list[str] | None = None) -> Iterator[pa.Table]:
    with pq.ParquetFile(path) as file:
        for batch in file.iter_batches(batch_size=rows, columns=columns):
            yield pa.Table.from_batches([batch])


def _read(work: Work, table: str, batch: str) -> Path:
    path = work.overlay.path(table, batch)
    if path is None:
        raise ValueError(f"batch {batch} has no {table} yet")
    return path


def _keep(folder: Path, batch: str, source: Source, number: int, data: bytes | Iterator[bytes]) -> None:
    """Keep a refused record's bytes under the id of its ledger row."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / stable_id(batch, source.uri, number)).open("wb") as file:
        for piece in [data] if isinstance(data, bytes) else data:
            file.write(piece)


def _with_rejected_kept(
    work: Work, batch: str, raw: Path, chunks: Iterable[Mapping[str, pa.Table]]
) -> Iterator[Mapping[str, pa.Table]]:
    """Pass chunks on, and keep texts that cleaning refused as ingest keeps what it refuses."""
    folder = work.home.rejected / batch
    for chunk in chunks:
        refused = chunk["cleaning_rejections"].column("document_id").to_pylist()
        if refused:
            folder.mkdir(parents=True, exist_ok=True)
            rows = pq.read_table(raw, columns=["input_id", "text"], filters=[("document_id", "in", refused)])
            for row in rows.to_pylist():
                (folder / row["input_id"]).write_bytes(row["text"].encode("utf-8", "surrogatepass"))
        yield chunk
