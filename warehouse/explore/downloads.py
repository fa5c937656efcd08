"""Files of what a page shows: CSV for spreadsheets, Parquet for programs.

A file is made whole before it is sent, so that no slow reader holds up the next publication.
"""

from __future__ import annotations

import csv
import io
import tempfile
from collections.abc import Callable, Iterator
from typing import IO, Any

from starlette.datastructures import QueryParams
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from warehouse.cells import harmless
from warehouse.explore.filters import chosen, read_filter, short_text
from warehouse.explore.listing import ORDERS
from warehouse.explore.pages.actors import actors_where
from warehouse.explore.pages.agreements import agreements_where
from warehouse.explore.rows import MOST_ROWS
from warehouse.explore.store import Session, Store
from warehouse.tables.common import ACTOR_KINDS

_SECONDS = 60.0
_IN_MEMORY = 8 << 20
_AT_A_TIME = 10_000
_PIECE = 1 << 16
_TYPES = {"csv": "text/csv; charset=utf-8", "parquet": "application/vnd.apache.parquet"}

_EVENTS = "SELECT e.* FROM events AS e WHERE {condition} ORDER BY {order}"
_ACTORS = "SELECT a.* FROM actors AS a WHERE {condition} ORDER BY a.mention_count DESC, a.actor_id"
_AGREEMENTS = "SELECT * FROM agreements WHERE {condition} ORDER BY signed_on DESC NULLS LAST, agreement_id"

Question = tuple[str, list[object]]


def _events(query: QueryParams) -> Question:
    condition, values = read_filter(query).where()
    order = ORDERS[chosen(query, "order", ORDERS) or "newest"]
    return _EVENTS.format(condition=condition, order=order), values


def _mentions(query: QueryParams) -> Question:
    sql = (
        "SELECT m.*, k.rule, k.why, d.title, d.url FROM event_mentions AS m JOIN documents AS d USING (document_id) "
        "LEFT JOIN event_evidence AS k ON k.mention_id = m.mention_id WHERE m.event_id = ? ORDER BY m.mention_id"
    )
    return sql, [short_text(query, "event")]


def _actors(query: QueryParams) -> Question:
    name, country = short_text(query, "name"), short_text(query, "country").upper()
    condition, values = actors_where(name, chosen(query, "kind", ACTOR_KINDS), country)
    return _ACTORS.format(condition=condition), values


def _agreements(query: QueryParams) -> Question:
    condition, values, _ = agreements_where(query)
    return _AGREEMENTS.format(condition=condition), values


def _quality(query: QueryParams) -> Question:
    return "SELECT * FROM quality_results ORDER BY checked_at DESC, table_name, expectation, column_name", []


QUESTIONS: dict[str, Callable[[QueryParams], Question]] = {
    "events": _events,
    "mentions": _mentions,
    "actors": _actors,
    "agreements": _agreements,
    "quality": _quality,
}


def download(request: Request, store: Store, name: str, format_: str) -> Response:
    """The file of a question in a format, of the rows that the query string asks for."""
    sql, values = QUESTIONS[name](request.query_params)
    out = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 - closed when it has been sent
    with store.session(_SECONDS) as session:
        (_write_csv if format_ == "csv" else _write_parquet)(session, f"{sql} LIMIT {MOST_ROWS}", values, out)
    headers = {
        "Content-Disposition": f'attachment; filename="communique-{name}.{format_}"',
        "Content-Length": str(out.tell()),
    }
    out.seek(0)
    return StreamingResponse(_sent(out), media_type=_TYPES[format_], headers=headers)


def _sent(out: IO[bytes]) -> Iterator[bytes]:
    with out:
        while piece := out.read(_PIECE):
            yield piece


def _write_csv(session: Session, sql: str, values: list[object], out: IO[bytes]) -> None:
    """Texts that a spreadsheet would run as a formula begin with an apostrophe."""
    answer = session.execute(sql, values)
    text = io.TextIOWrapper(out, encoding="utf-8", newline="", write_through=True)
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([column[0] for column in answer.description or ()])
    while rows := answer.fetchmany(_AT_A_TIME):
        writer.writerows([_cell(value) for value in row] for row in rows)
    text.detach()


def _cell(value: Any) -> Any:
    return harmless(value) if isinstance(value, str) else value


def _write_parquet(session: Session, sql: str, values: list[object], out: IO[bytes]) -> None:
    import pyarrow.parquet as pq

    reader = session.execute(sql, values).to_arrow_reader(_AT_A_TIME)
    with pq.ParquetWriter(out, reader.schema, compression="zstd") as writer:
        for batch in reader:
            writer.write_batch(batch)
