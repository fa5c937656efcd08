"""Tables of the ingest stage: the ledger of everything ever seen, and the accepted raw texts."""

from __future__ import annotations

from warehouse.tables.common import ID_PATTERN, batch, identifier
from warehouse.tables.model import Column, RowRule, Table

SOURCE_URI = Column(
    "source_uri",
    "string",
    "Input file, relative to the folder it was registered from, / as separator; // before a file in an archive",
    required=True,
)
RECORD = Column("record", "bigint", "Position of the record in its file, from 0", required=True, minimum=0)
FORMAT = Column(
    "format",
    "string",
    "Format the record was read as, for example txt, html, jsonl, csv, parquet, warc, feed",
    required=True,
)

INPUTS = Table(
    name="inputs",
    row="one input record ever seen",
    description="The ledger: nothing that was dropped in disappears without a row here.",
    stage="ingest",
    columns=(
        identifier("input_id", "Identity of the record: batch, file and position"),
        batch(),
        SOURCE_URI,
        RECORD,
        FORMAT,
        Column(
            "bytes", "bigint", "Size of the record as it was read", unit="bytes", required=True, minimum=0
        ),
        Column("sha256", "string", "SHA-256 of the record's bytes", pattern=r"[0-9a-f]{64}"),
        Column(
            "outcome",
            "string",
            "What became of it",
            required=True,
            allowed=("accepted", "duplicate", "rejected"),
        ),
        Column("reason", "string", "Why it was not accepted: a short fixed word", pattern=r"[a-z][a-z0-9-]*"),
        Column("detail", "string", "The same in a sentence a person understands"),
        Column("document_id", "string", "The document it became, or equals", pattern=ID_PATTERN),
        Column("seen_at", "timestamp", "When the record was first read (UTC)", required=True),
    ),
    key=("input_id",),
    sort=("source_uri", "record"),
    may_be_empty=False,
    rules=(
        RowRule(
            "rejected_has_a_reason",
            "outcome = 'accepted' OR reason IS NOT NULL",
            "A person must be able to see why an input is not in the register",
        ),
        RowRule(
            "accepted_has_a_document",
            "outcome = 'rejected' OR document_id IS NOT NULL",
            "Accepted and duplicate inputs lead to a document",
        ),
    ),
)

RAW_DOCUMENTS = Table(
    name="raw_documents",
    row="an accepted input's text and the fields that came beside it",
    description="Decoded but uncleaned texts; lake only, so that cleaning can be done again without the files.",
    stage="ingest",
    published=False,
    columns=(
        identifier("document_id", "Identity of the content: text, URL, date and title"),
        batch(),
        identifier("input_id", "The input it came from", references="inputs.input_id"),
        SOURCE_URI,
        RECORD,
        FORMAT,
        Column("content", "string", "What the text is", required=True, allowed=("text", "html")),
        Column("text", "string", "The decoded text or HTML source", required=True),
        Column("encoding", "string", "Character encoding it was decoded from"),
        Column("url", "string", "Address given beside the text"),
        Column("title", "string", "Title given beside the text"),
        Column("author", "string", "Author given beside the text"),
        Column("publisher", "string", "Publisher given beside the text"),
        Column("published", "string", "Publication date given beside the text, as it was written"),
        Column("captured", "string", "When a crawler fetched it, as it was written; no publication date"),
    ),
    key=("document_id",),
    sort=("document_id",),
    unit="document_id",
)

TABLES = (INPUTS, RAW_DOCUMENTS)
