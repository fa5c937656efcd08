"""Finding the raw texts that a document's id or an address stands for, in every batch of the lake."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import duckdb

from warehouse.home import Home
from warehouse.overlay import Overlay
from warehouse.register import connect, create_view
from warehouse.tables import table
from warehouse.tables.common import ID_PATTERN
from warehouse.tombstones import address_digest, text_digest

_TEXTS = ("raw_documents", "documents", "cleaning_rejections")


@dataclass(frozen=True, slots=True)
class Found:
    """A raw text of a batch."""

    batch: str
    document_id: str
    text: str


def is_document(identity: str) -> bool:
    """Whether this is a document's id; else it is taken for an address."""
    return re.fullmatch(ID_PATTERN, identity) is not None


def find(home: Home, identity: str) -> list[Found]:
    """The raw texts of that id or address, and every other text in the lake that says the same."""
    with connect(home) as con:
        for name in _TEXTS:
            create_view(con, name, table(name), Overlay(home).files(name).values())
        first = [identity] if is_document(identity) else sorted(_at_address(con, address_digest(identity)))
        found = {
            (one.batch, one.document_id): one for one in _of(con, "document_id IN (SELECT unnest($1))", first)
        }
        for text in {one.text.strip() for one in found.values()}:
            digest = text_digest(text)
            same = (one for one in _of(con, "contains(text, $1)", text) if text_digest(one.text) == digest)
            found |= {(one.batch, one.document_id): one for one in same}
    return [found[key] for key in sorted(found)]


def _of(con: duckdb.DuckDBPyConnection, condition: str, value: object) -> Iterator[Found]:
    query = f"SELECT batch, document_id, text FROM raw_documents WHERE {condition}"  # noqa: S608
    for row in con.execute(query, [value]).fetchall():
        yield Found(*row)


def _at_address(con: duckdb.DuckDBPyConnection, wanted: str) -> set[str]:
    """The documents with an address: as cleaning found it, or as it was given or stands in what cleaning refused."""
    from pipelines.clean.address import address_of

    known = con.execute(
        "SELECT document_id, url FROM documents UNION ALL SELECT document_id, url FROM raw_documents"
    )
    found = {document for document, url in known.fetchall() if url and address_digest(url) == wanted}
    refused = con.execute(
        "SELECT document_id, content, text FROM raw_documents ANTI JOIN documents USING (document_id) WHERE url IS NULL"
    )
    while rows := refused.fetchmany(1000):
        for document, content, text in rows:
            url = address_of(content, text, None)
            if url and address_digest(url) == wanted:
                found.add(document)
    return found
