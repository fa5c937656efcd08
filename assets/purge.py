"""Taking forgotten texts out of the home at once: of every table of the lake, without reading an input again.

Each file of a batch is written anew without the rows, and stamped as if it had never had them, so that what was up to
date before still is. The stages over all batches are then done as in any run.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

import pyarrow as pa

from assets import fingerprints
from assets.batch_work import do_stage_of_batches
from assets.forgotten import REASON, rejected
from assets.lines_work import do_share
from assets.plan import make_plan
from assets.refused import sweep
from assets.register_work import do_publish, do_resolve
from assets.search import Found
from assets.work import Work
from warehouse import batches
from warehouse.lake import Stamp
from warehouse.overlay import Overlay
from warehouse.register import connect, create_view
from warehouse.tables import Table, of_stage, table
from warehouse.tables.arrow import rows_to_arrow, stored_schema
from warehouse.tables.model import Stage
from warehouse.tombstones import Tombstone

_ROWS = 10_000


def purge(work: Work, tombstone: Tombstone, found: Sequence[Found]) -> None:
    """Take the texts out of the lake and the published file. AuditError where a critical check fails.

    What was stale before stays so, and is for the next run.
    """
    affected = sorted({one.batch for one in found})
    is_current = make_plan(work.home, work.stages, batches.names(work.home)).is_empty
    work.begin(affected, whole=False)
    _drop_staged(work, affected)
    for batch in affected:
        _purge_batch(work, batch, tombstone, [one for one in found if one.batch == batch])
    if is_current:
        do_share(work)
        do_stage_of_batches(work, "clean", affected)
        do_stage_of_batches(work, "extract", affected)
    if work.home.published.is_file():
        do_resolve(work)
        do_publish(work)
    else:
        _drop_register(work)
        work.commit_stages()
    sweep(work.home, affected)


def mark_unread(work: Work, tombstone_id: str) -> list[str]:
    """Let the batches be read again in which reading passed over something for a tombstone; their names."""
    marked = []
    work.begin([], whole=False)
    for batch, path in work.overlay.files("inputs").items():
        stamp = work.overlay.stamp("inputs", batch)
        with connect(work.home) as con:
            create_view(con, "inputs", table("inputs"), [path])
            passed = con.execute(
                "SELECT count(*) FROM inputs WHERE reason = $1 AND contains(detail, $2)",
                [REASON, f"({tombstone_id})"],
            ).fetchone()
            if stamp and passed and passed[0]:
                rows = con.sql("SELECT * FROM inputs").to_arrow_table()
                _write(work, table("inputs"), batch, [rows], replace(stamp, fingerprint="to be read again"))
                marked.append(batch)
    work.commit_stages()
    return marked


def _purge_batch(work: Work, batch: str, tombstone: Tombstone, found: Sequence[Found]) -> None:
    lake = Overlay(work.home)
    gone = {one.document_id for one in found}
    for stage in fingerprints.BATCH_STAGES:
        for declared in of_stage(stage):
            path, stamp = lake.path(declared.name, batch), lake.stamp(declared.name, batch)
            if path is None or stamp is None:
                continue
            if stage in fingerprints.READS and _is_current(lake, stage, batch, stamp):
                made_from = fingerprints.of_batch(work.overlay, stage, batch, stamp.version)
                stamp = replace(stamp, fingerprint=made_from or stamp.fingerprint)
            _write(work, declared, batch, _without(work, declared, batch, gone, tombstone), stamp)


def _is_current(lake: Overlay, stage: Stage, batch: str, stamp: Stamp) -> bool:
    return fingerprints.of_batch(lake, stage, batch, stamp.version) == stamp.fingerprint


def _without(
    work: Work, declared: Table, batch: str, gone: set[str], tombstone: Tombstone
) -> Iterator[pa.Table]:
    """The rows of a file without those of documents."""
    path = Overlay(work.home).path(declared.name, batch)
    with connect(work.home) as con:
        create_view(con, "t", declared, [path] if path else [])
        con.register("gone", pa.table({"document_id": sorted(gone)}))
        if declared.name == "inputs":
            whole = con.sql("SELECT * FROM t ORDER BY ALL").to_arrow_table().to_pylist()
            stones = dict.fromkeys(gone, tombstone)
            yield rows_to_arrow(declared, [rejected(row, stones.get(row["document_id"])) for row in whole])
        elif declared.name == "site_lines":
            yield _lines_without(work, batch, gone)
        elif any(column.name == "document_id" for column in declared.stored):
            for rows in con.sql("SELECT * FROM t ANTI JOIN gone USING (document_id)").to_arrow_reader(_ROWS):
                yield pa.Table.from_batches([rows])
        else:
            for rows in con.sql("SELECT * FROM t").to_arrow_reader(_ROWS):
                yield pa.Table.from_batches([rows])


def _lines_without(work: Work, batch: str, gone: set[str]) -> pa.Table:
    """What a batch's other documents say of lines."""
    from pipelines.clean.site_lines import COUNTS
    from pipelines.learn import site_lines, taken_back

    with connect(work.home) as con:
        for name in ("site_lines", "raw_documents"):
            path = Overlay(work.home).path(name, batch)
            create_view(con, name, table(name), [path] if path else [])
        con.register("gone", pa.table({"document_id": sorted(gone)}))
        counted = con.sql("SELECT site, line, documents FROM site_lines").to_arrow_table().cast(COUNTS)
        texts = con.sql("SELECT content, text, url FROM raw_documents SEMI JOIN gone USING (document_id)")
        lost = taken_back(work.stages.learn(texts.to_arrow_table()))
    return site_lines([counted, lost], batch=batch)


def _write(work: Work, declared: Table, batch: str, chunks: Iterable[pa.Table], stamp: Stamp) -> None:
    schema = stored_schema(declared)
    with work.overlay.writer(declared.name, batch) as writer:
        for rows in chunks:
            if rows.num_rows:
                writer.append(rows.select(schema.names).cast(schema))
        writer.finish(stamp.fingerprint, stamp.version)


def _drop_staged(work: Work, affected: Sequence[str]) -> None:
    """Throw away what other runs have staged of the batches, and over all of them: it may hold the texts."""
    for folder in work.home.staging.iterdir():
        if folder.name != work.run_id and folder.is_dir():
            for batch in (*affected, "_all"):
                for path in folder.glob(f"*/batch={batch}/*"):
                    path.unlink()


def _drop_register(work: Work) -> None:
    """Nothing was ever published: what was resolved is thrown away, and made again by the next run."""
    for declared in of_stage("resolve"):
        path = Overlay(work.home).path(declared.name)
        if path is not None:
            path.unlink()
