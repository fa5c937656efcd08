"""Tables of what stages remember: from what the rows of each document were made, so that they need not be made again."""

from __future__ import annotations

from warehouse.tables.common import batch, identifier
from warehouse.tables.model import Column, Table

_MADE_FROM = Column(
    "made_from",
    "string",
    "Digest of everything that the stage reads for this document; its version is on the file",
    required=True,
    pattern=r"[0-9a-f]{32}",
    reason="A later run takes over the rows of documents whose digest is the same",
)

CLEANED_FROM = Table(
    name="cleaned_from",
    row="a raw text that the batch's cleaning has looked at",
    description="Raw texts whose digest has not changed are not cleaned again. Lake only.",
    stage="clean",
    published=False,
    columns=(
        identifier("document_id", "The raw text", references="raw_documents.document_id"),
        batch(),
        _MADE_FROM,
    ),
    key=("document_id",),
    sort=("document_id",),
)

EXTRACTED_FROM = Table(
    name="extracted_from",
    row="an article that the batch's extraction has read",
    description="Articles whose digest has not changed are not read again. Lake only.",
    stage="extract",
    published=False,
    columns=(
        identifier("document_id", "The article", references="documents.document_id"),
        batch(),
        _MADE_FROM,
    ),
    key=("document_id",),
    sort=("document_id",),
)

TABLES = (CLEANED_FROM, EXTRACTED_FROM)
