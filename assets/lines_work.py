"""Lines that the documents of a site share: adding them up over all batches, and what a batch needs of them.

Every batch counts its own lines (the learn stage, in ``batch_work``). What cleaning knows of a batch's lines
depends on all batches, so a new one can concern older ones: these are found here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from assets import fingerprints
from assets.plan import batch_fingerprint
from assets.work import Outcome, Work
from checks.audit import audit_register
from warehouse.lake import ALL, ShapeError
from warehouse.overlay import Overlay
from warehouse.register import connect, create_view
from warehouse.tables import of_stage, table
from warehouse.tables.ddl import quoted

if TYPE_CHECKING:
    from pipelines.clean.site_lines import SharedLines

_OWN = "SELECT site, line, shared.documents FROM shared SEMI JOIN own USING (site, line)"


def do_share(work: Work) -> Outcome:
    """Add up the lines of all batches, if one has others. AuditError where a critical check fails."""
    fingerprint = fingerprints.of_shared(work.overlay, work.stages.version("share"))
    tables = fingerprints.tables_of("share")
    unchanged = not work.is_forced("share") and work.overlay.is_fresh(tables, ALL, fingerprint)
    if not unchanged:
        try:
            _share(work, fingerprint)
        except ShapeError as error:
            work.misshapen(error, None)
    stamps = {name: stamp for name in tables if (stamp := work.overlay.stamp(name))}
    if unchanged and not any(work.overlay.staged(name, ALL).is_file() for name in tables):
        return Outcome(stamps, unchanged=True)
    results = audit_register(work.overlay, of_stage("share"))
    work.record(results)
    return Outcome(stamps, tuple(results))


def _share(work: Work, fingerprint: str) -> None:
    work.progress.start("share", None, None, "tables")
    learnt = work.overlay.files("site_lines")
    with connect(work.home) as con:
        create_view(con, "site_lines", table("site_lines"), learnt.values())
        # Of a text that came with several batches all but one count are taken back, where they were counted.
        texts = {name: path for name, path in work.overlay.files("raw_documents").items() if name in learnt}
        create_view(con, "raw_documents", table("raw_documents"), texts.values())
        shared = work.stages.share(con)
    for name, rows in shared.items():
        with work.overlay.writer(name, ALL) as writer:
            writer.append(rows)
            writer.finish(fingerprint, work.stages.version("share"))
    work.progress.finish(f"{shared['shared_lines'].num_rows} lines in several documents of a site")


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
