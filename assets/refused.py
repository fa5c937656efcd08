"""Bytes of inputs that could not be used: kept under the id of their ledger row, and thrown away with it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from pipelines.ids import stable_id
from warehouse.home import Home
from warehouse.overlay import Overlay
from warehouse.register import batch_views

if TYPE_CHECKING:
    import duckdb

    from assets.work import Work
    from pipelines.ingest.sources import Source

_TEXTS = """
SELECT input_id, text FROM raw_documents SEMI JOIN cleaning_rejections USING (document_id)
"""
_GIVEN_UP = "SELECT document_id FROM quarantined_mentions WHERE table_name = 'documents'"
# A file of which something was forgotten may hold it in what was kept of the rest of it.
_REFUSED = """
WITH named AS (SELECT *, split_part(source_uri, '//', 1) AS file FROM inputs)
SELECT input_id FROM named
WHERE (outcome = 'rejected' AND file NOT IN (SELECT file FROM named WHERE reason = 'forgotten'))
    OR input_id IN (SELECT input_id FROM raw_documents SEMI JOIN cleaning_rejections USING (document_id))
    OR (outcome = 'accepted' AND document_id IN (
        SELECT document_id FROM quarantined_texts UNION ALL SELECT document_id FROM quarantined_documents
        UNION ALL SELECT document_id FROM quarantined_mentions WHERE table_name = 'documents'
    ))
"""


def keep_record(home: Home, batch: str, source: Source, number: int, data: bytes | Iterator[bytes]) -> None:
    """Keep a record that reading refused."""
    target = _folder(home, batch) / stable_id(batch, source.uri, number)
    with target.open("wb") as file:
        for piece in [data] if isinstance(data, bytes) else data:
            file.write(piece)


def keep_refused(work: Work, batch: str) -> None:
    """Keep the texts that cleaning refused, as reading keeps what it refuses."""
    with batch_views(work.overlay, batch) as con:
        _keep(work.home, batch, con.sql(_TEXTS))


def keep_given_up(work: Work, batch: str) -> None:
    """Keep the texts of articles over which extraction broke down."""
    with batch_views(work.overlay, batch) as con:
        found = con.sql(_GIVEN_UP).fetchall()
    if found:
        keep_texts(work, batch, [row[0] for row in found])


def keep_texts(work: Work, batch: str, documents: Iterable[str]) -> None:
    """Keep the texts of documents that were set aside."""
    with batch_views(work.overlay, batch) as con:
        found = con.sql(
            "SELECT input_id, text FROM raw_documents WHERE document_id IN (SELECT unnest($1))",
            params=[list(documents)],
        )
        _keep(work.home, batch, found)


def _keep(home: Home, batch: str, texts: duckdb.DuckDBPyRelation) -> None:
    for rows in texts.to_arrow_reader(1000):
        for row in rows.to_pylist():
            if row["text"] is None:
                continue
            data = row["text"].encode("utf-8", "surrogatepass")
            target = _folder(home, batch) / row["input_id"]
            if not target.is_file() or target.stat().st_size != len(data):
                target.write_bytes(data)


def sweep(home: Home, batches: Iterable[str]) -> None:
    """Throw away kept bytes that no ledger row of the batches stands for any more."""
    for batch in batches:
        folder = home.rejected / batch
        if not folder.is_dir():
            continue
        with batch_views(Overlay(home), batch) as con:
            refused = {row[0] for row in con.sql(_REFUSED).fetchall()}
        for path in folder.iterdir():
            if path.name not in refused:
                path.unlink()
        if not any(folder.iterdir()):
            folder.rmdir()


def _folder(home: Home, batch: str) -> Path:
    folder = home.rejected / batch
    folder.mkdir(parents=True, exist_ok=True)
    return folder
