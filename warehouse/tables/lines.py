"""Tables of the learn and share stages: which lines the documents of a site have in common."""

from __future__ import annotations

from warehouse.tables.common import batch, count
from warehouse.tables.model import Column, Table

_SITE = Column("site", "string", "Host name, without www", required=True)
_LINE = Column(
    "line",
    "bigint",
    "Number of the line's wording, whatever its case, punctuation and digits; 0 stands for every document of the site",
    required=True,
)

SITE_LINES = Table(
    name="site_lines",
    row="a line that stands in texts of a batch, for each site",
    description="What cleaning learns from a batch, so that it needs no text of other batches. Lake only.",
    stage="learn",
    published=False,
    columns=(
        batch(),
        _SITE,
        _LINE,
        Column(
            "documents", "integer", "Plain texts of the site and batch that the line stands in",
            unit="count", required=True, minimum=1,
        ),
    ),
    key=("site", "line"),
    sort=("site", "line"),
)  # fmt: skip

SHARED_LINES = Table(
    name="shared_lines",
    row="a line that stands in several documents of a site",
    description="The lines of all batches added up; a text that came with several batches counts once. Lake only.",
    stage="share",
    scope="all",
    published=False,
    columns=(
        _SITE,
        _LINE,
        Column(
            "documents", "integer", "Plain texts of the site that the line stands in, rounded down to three binary digits",
            unit="count", required=True, minimum=2,
        ),
    ),
    key=("site", "line"),
    sort=("site", "line"),
)  # fmt: skip

SHARED_LINE_DIGESTS = Table(
    name="shared_line_digests",
    row="a batch that shares lines with itself or others",
    description="Whether what is known of a batch's own lines has changed is told without reading them. Lake only.",
    stage="share",
    scope="all",
    published=False,
    columns=(
        batch(),
        count("lines", "Shared lines that stand in texts of the batch", minimum=1),
        Column(
            "digest", "string", "Digest of these lines and of the number of documents that each stands in",
            required=True, pattern=r"[0-9a-f]{32}",
        ),
    ),
    key=("batch",),
    sort=("batch",),
)  # fmt: skip

TABLES = (SITE_LINES, SHARED_LINES, SHARED_LINE_DIGESTS)
