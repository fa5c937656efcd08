"""What each stage's files must have been made from to be up to date.

A fingerprint joins the version of a stage with the digests of the rows it reads, so a change that leaves a
stage's rows as they were stops there.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow.parquet as pq

from warehouse.lake import read_stamp
from warehouse.overlay import Overlay
from warehouse.published import code_digest
from warehouse.register import FILE_STAGES
from warehouse.tables import TABLES, of_stage
from warehouse.tables.model import Stage

if TYPE_CHECKING:
    from pipelines.ingest.sources import Source

BATCH_STAGES: tuple[Stage, ...] = ("ingest", "learn", "clean", "extract")
ORDER: tuple[Stage, ...] = (*FILE_STAGES, "publish")
PUBLISHED_STAGES: tuple[Stage, ...] = ("ingest", "clean", "extract", "resolve")
"""The stages that the published file is made from; what others learn is in the documents they shape."""

_AND_LINES = "+"
READS: dict[str, tuple[str, ...]] = {
    "learn": ("raw_documents",),
    "share": ("site_lines", "raw_documents"),
    "clean": ("raw_documents", "site_lines", "shared_lines", "shared_line_digests"),
    "extract": ("documents",),
    "resolve": ("documents", "document_signatures", "event_mentions", "participants", "agreement_mentions"),
}


def tables_of(stage: Stage) -> tuple[str, ...]:
    """The names of the tables that a stage writes."""
    return tuple(table.name for table in of_stage(stage))


def of_sources(sources: Sequence[Source], version: str) -> str:
    """What the ingest stage's files of a batch must have been made from: names, sizes, times, field names."""
    given = (f"{source.uri}\t{source.given}" for source in sources if source.given)
    manifest = (f"{source.uri}\t{source.size}\t{source.mtime_ns}\t{source.problem}" for source in sources)
    return _digest(["ingest", version, *sorted(manifest), *sorted(given)])


def of_batch(overlay: Overlay, stage: Stage, batch: str, version: str) -> str | None:
    """What a stage's files of a batch must have been made from; None where what it reads is not there."""
    stamps = [overlay.stamp(table, batch) for table in READS[stage] if TABLES[table].scope == "batch"]
    if any(stamp is None for stamp in stamps):
        return None
    made_from = _digest([stage, version, *(stamp.digest for stamp in stamps if stamp)])
    if stage != "clean":
        return made_from
    lines = of_lines(overlay, batch)
    return None if lines is None else f"{made_from}{_AND_LINES}{lines}"


def of_lines(overlay: Overlay, batch: str) -> str | None:
    """What is known of a batch's own lines; None where the share stage has never been done."""
    path = overlay.path("shared_line_digests")
    if path is None:
        return None
    state = path.stat()
    return _digests_in(path, state.st_ino, state.st_mtime_ns).get(batch, "none")


def differ_in_lines_alone(fingerprint: str, other: str) -> bool:
    """Whether two fingerprints of the clean stage are of the same texts and code, with other lines known."""
    return fingerprint != other and fingerprint.split(_AND_LINES)[0] == other.split(_AND_LINES)[0]


def of_shared(overlay: Overlay, version: str) -> str:
    """What the share stage's files must have been made from: what it reads of every batch."""
    return _digest(["share", version, *_digests(overlay, READS["share"])])


def of_register(overlay: Overlay, version: str) -> str:
    """What the resolve stage's files must have been made from: what it reads of every batch."""
    return _digest(["resolve", version, *_digests(overlay, READS["resolve"])])


def of_published(overlay: Overlay) -> str:
    """What the published file must have been made from: every file, and everything that shapes it."""
    names = (table.name for table in TABLES.values() if table.stage in PUBLISHED_STAGES)
    return _digest(["publish", code_digest(), *_digests(overlay, names)])


@lru_cache(maxsize=8)
def _digests_in(path: Path, inode: int, changed: int) -> dict[str, str]:
    """The digest of each batch in a file, read once for each state of the file."""
    with pq.ParquetFile(path) as file:  # pq.read_table imports pandas, which takes seconds
        rows = file.read(columns=["batch", "digest"]).to_pydict()
    return dict(zip(rows["batch"], rows["digest"], strict=True))


def _digests(overlay: Overlay, tables: Iterable[str]) -> Iterable[str]:
    for table in tables:
        for batch, path in overlay.files(table).items():
            stamp = read_stamp(path)
            yield f"{table}\t{batch}\t{stamp.digest if stamp else 'unknown'}"


def _digest(parts: Iterable[str]) -> str:
    digest = blake2b(digest_size=16)
    for part in parts:
        digest.update(part.encode("utf-8", "surrogatepass") + b"\n")
    return digest.hexdigest()
