"""The clean stage on Arrow tables: raw texts in, documents and the reasons of those that are none out."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

import pyarrow as pa

from pipelines.clean.model import CleanDocument, RawDocument
from pipelines.clean.site_lines import SharedLines
from pipelines.clean.stage import EMPTY, NO_HTML, clean_document
from pipelines.clean.work import NO_TEXT
from pipelines.signatures import sign
from warehouse.tables import table
from warehouse.tables.arrow import rows_to_arrow

_DOCUMENTS, _REJECTIONS = table("documents"), table("cleaning_rejections")
_RAW = tuple(field.name for field in fields(RawDocument))
_TAKEN = tuple(column.name for column in _DOCUMENTS.stored if column.name in CleanDocument.__slots__)
_WORDS = {EMPTY: "empty-text", NO_TEXT: "no-article-text", NO_HTML: "not-html"}
Row = dict[str, Any]


def clean_chunk(raw: pa.Table, *, version: str, shared: SharedLines | None = None) -> dict[str, pa.Table]:
    """Clean a chunk of ``raw_documents``, knowing the lines that their sites share.

    Returns ``documents`` and ``cleaning_rejections`` with their stored schemas; every text is in one of them. With
    them come the documents' ``document_signatures``.
    """
    documents: list[Row] = []
    rejections: list[Row] = []
    for row in raw.to_pylist():
        # Lines of HTML are not counted, so what is known of a batch's own lines says nothing of them.
        known = shared if row["content"] == "text" else None
        cleaned = clean_document(RawDocument(**{name: row[name] for name in _RAW}), known)
        common = {"document_id": row["document_id"], "batch": row["batch"], "cleaner_version": version}
        if cleaned.rejected is None:
            documents.append(_document(cleaned) | common | {"source_uri": row["source_uri"]})
        else:
            rejections.append(common | _reason(cleaned.rejected))
    cleaned_documents = rows_to_arrow(_DOCUMENTS, documents)
    return {
        _DOCUMENTS.name: cleaned_documents,
        _REJECTIONS.name: rows_to_arrow(_REJECTIONS, rejections),
        "document_signatures": sign(cleaned_documents),
    }


def _document(cleaned: CleanDocument) -> Row:
    return {name: getattr(cleaned, name) for name in _TAKEN}


def _reason(sentence: str) -> Row:
    return {"reason": _WORDS.get(sentence, "not-an-article"), "detail": sentence}
