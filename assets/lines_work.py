"""Lines that the documents of a site share: adding them up over all batches, and what a batch needs of them.

Every batch counts its own lines (the learn stage, in ``batch_work``). What cleaning knows of a batch's lines
depends on all batches, so a new one can concern older ones: these are found here.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import duckdb
import pyarrow as pa

from assets import fingerprints
from assets.over_all import Made, do_over_all
from assets.plan import batch_fingerprint
from assets.work import Outcome, Work
from warehouse.lake import ALL
from warehouse.overlay import Overlay
from warehouse.register import connect, create_view
from warehouse.tables import table
from warehouse.tables.ddl import quoted

if TYPE_CHECKING:
    from pipelines.clean.site_lines import SharedLines

_LEARNT_FROM = ("content", "text", "url")
_OWN = "SELECT site, line, shared.documents FROM shared SEMI JOIN own USING (site, line)"


def do_share(work: Work) -> Outcome:
    """Add up the lines of all batches, if one has others. AuditError where a critical check fails."""
    return do_over_all(
        work, "share", fingerprints.of_shared(work.overlay, work.stages.version("share")), _share
    )


def _share(work: Work) -> Made:
    learnt = work.overlay.files("site_lines")
    with connect(work.home) as con:
        create_view(con, "site_lines", table("site_lines"), learnt.values())
        # Of a text that came with several batches all but one count are taken back, where they were counted.
        texts = {name: path for name, path in work.overlay.files("raw_documents").items() if name in learnt}
        create_view(con, "raw_documents", table("raw_documents"), texts.values())
        shared = work.stages.share(con)
    return shared, f"{shared['shared_lines'].num_rows} lines in several documents of a site"


class ChangedTexts:
    """The texts of a batch beside those whose lines an earlier run has counted."""

    def __init__(self, con: duckdb.DuckDBPyConnection) -> None:
        self._con = con
        row = con.sql(_apart("now", "before")).aggregate("count(*)").fetchone()
        self.added = int(row[0]) if row else 0

    def counted(self) -> Iterator[pa.Table]:
        """What ``count_lines`` has said of the texts before."""
        yield self._con.sql("SELECT site, line, documents FROM counted").to_arrow_table().cast(_counts())

    def new(self, rows: int) -> Iterator[pa.Table]:
        """The texts that were not there before."""
        yield from self._chunks(_apart("now", "before"), rows)

    def gone(self, rows: int) -> Iterator[pa.Table]:
        """The texts that are no longer there."""
        yield from self._chunks(_apart("before", "now"), rows)

    def _chunks(self, query: str, rows: int) -> Iterator[pa.Table]:
        for batch in self._con.cursor().sql(query).to_arrow_reader(rows):
            yield pa.Table.from_batches([batch])


@contextmanager
def changed_texts(work: Work, batch: str) -> Iterator[ChangedTexts]:
    """The texts that the learn stage must count; all of them where it is forced or was never done this way."""
    lake = Overlay(work.home)
    wanted = fingerprints.of_batch(lake, "learn", batch, work.stages.version("learn"))
    known = wanted is not None and lake.is_fresh(fingerprints.tables_of("learn"), batch, wanted)
    trusted = lake if known and not work.is_forced("learn") else None
    with connect(work.home) as con:
        for name, declared, overlay in (
            ("now", "raw_documents", work.overlay),
            ("before", "raw_documents", trusted),
            ("counted", "site_lines", trusted),
        ):
            path = overlay.path(declared, batch) if overlay else None
            create_view(con, name, table(declared), [path] if path else [])
        yield ChangedTexts(con)


def _apart(these: str, those: str) -> str:
    same = " AND ".join(f"a.{name} IS NOT DISTINCT FROM b.{name}" for name in _LEARNT_FROM)
    names = ", ".join(f"a.{name}" for name in _LEARNT_FROM)
    join = f"ANTI JOIN {those} AS b ON a.document_id = b.document_id AND {same}"
    return f"SELECT {names} FROM {these} AS a {join}"  # noqa: S608


def _counts() -> pa.Schema:
    from pipelines.clean.site_lines import COUNTS

    return COUNTS


def shared_lines_of(overlay: Overlay, batch: str) -> SharedLines:
    """What all batches know of the lines that stand in texts of this one."""
    from pipelines.clean.site_lines import SharedLines

    with connect(overlay.home) as con:
        for name, declared, part in (("own", "site_lines", batch), ("shared", "shared_lines", ALL)):
            path = overlay.path(declared, part)
            create_view(con, quoted(name), table(declared), [path] if path else [])
        return SharedLines.from_counts(con.sql(_OWN).to_arrow_table())


def concerned_by_lines(work: Work) -> list[str]:
    """The batches whose documents would be what they are, were it not for lines learned since."""
    concerned = []
    for batch in work.overlay.files("documents"):
        stamp = work.overlay.stamp("documents", batch)
        wanted = batch_fingerprint(work.overlay, work.stages, "clean", batch)
        if stamp and wanted and fingerprints.differ_in_lines_alone(stamp.fingerprint, wanted):
            concerned.append(batch)
    return concerned
