"""What was forgotten does not come back: how reading passes over texts that have a tombstone."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

import pyarrow as pa

from warehouse.tables import table
from warehouse.tables.arrow import rows_to_arrow
from warehouse.tombstones import Graveyard, Tombstone

REASON = "forgotten"
Row = dict[str, Any]
Chunk = tuple[pa.Table, pa.Table]
Address = Callable[[str, str, str | None], str | None]


def without_forgotten(chunks: Iterable[Chunk], graveyard: Graveyard) -> Iterator[Chunk]:
    """Chunks of ``inputs`` and ``raw_documents`` in which every forgotten text is a rejected input and no more."""
    if not graveyard:
        yield from chunks
        return
    gone: dict[str, Tombstone] = {}
    for inputs, raw in chunks:
        texts = raw.to_pylist()
        for row in texts:
            found = tombstone_of(row, graveyard)
            if found is not None:
                gone[row["document_id"]] = found
        if not gone:
            yield inputs, raw
            continue
        ledger = [rejected(row, gone.get(row["document_id"])) for row in inputs.to_pylist()]
        left = [row for row in texts if row["document_id"] not in gone]
        yield rows_to_arrow(table("inputs"), ledger), rows_to_arrow(table("raw_documents"), left)


def tombstone_of(raw: Row, graveyard: Graveyard) -> Tombstone | None:
    """The tombstone of a raw text, known by what it says or by where it stood."""
    url = raw["url"]
    if graveyard.asks_for_addresses:
        from pipelines.clean.address import address_of

        url = address_of(raw["content"], raw["text"], raw["url"])
    return graveyard.of(raw["text"], url)


def rejected(row: Row, tombstone: Tombstone | None) -> Row:
    """A ledger row as it stands once its text is forgotten; without a tombstone as it is."""
    if tombstone is None:
        return row
    said = {"outcome": "rejected", "reason": REASON, "detail": tombstone.sentence(), "document_id": None}
    return row | said
