"""Events as lists show them: one query for a page of them, and what the form beside them offers."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from warehouse.explore.filters import Filter
from warehouse.explore.store import Identity, Row, Session
from warehouse.explore.words import country

ORDERS = {
    "newest": "event_start DESC NULLS LAST, event_id",
    "oldest": "event_start NULLS LAST, event_id",
    "reported": "document_count DESC, event_start DESC NULLS LAST, event_id",
    "surest": "confidence DESC, event_start DESC NULLS LAST, event_id",
}
# Rows are fetched by their numbers from a table, which reads only the blocks they lie in; a list of ids reads all.
_SHOWN = """
CREATE OR REPLACE TEMP TABLE shown AS SELECT number FROM chosen {condition} ORDER BY {order} LIMIT ? OFFSET ?
"""
_EVENTS = """
SELECT e.rowid AS number, e.event_id, e.event_type, e.mode, e.quad_class, e.status, e.event_edtf, e.event_start,
    e.place_id, e.place_name, e.place_country, e.actor1_id, e.actor1_name, e.actor1_country, e.actor2_id,
    e.actor2_name, e.actor2_country, e.actor_count, e.document_count, e.mention_count, e.confidence,
    e.lead_mention_id
FROM events AS e WHERE e.rowid IN (SELECT number FROM shown)
"""
_NAMED = "SELECT country FROM country_months UNION SELECT country FROM actors WHERE country IS NOT NULL"
_SENTENCES = "SELECT mention_id, sentence FROM event_mentions WHERE mention_id IN ({marks})"


def events(session: Session, order: str, size: int, offset: int, *, only_real: bool = False) -> list[Row]:
    """A stretch of the chosen events (see ``selection``), with the sentence that tells each best."""
    session.execute(
        _SHOWN.format(order=ORDERS[order], condition="WHERE real" if only_real else ""), [size, offset]
    )
    numbers = [row["number"] for row in session.rows("SELECT number FROM shown ORDER BY rowid")]
    found = {row["number"]: row for row in session.rows(_EVENTS)}
    return with_sentences(session, [found[number] for number in numbers])


def brief_events(session: Session, wanted: Filter, size: int) -> list[Row]:
    """The newest of the chosen events; those that happened, unless the filter asks for others."""
    return events(session, "newest", size, 0, only_real=not wanted.status)


def with_sentences(session: Session, found: list[Row]) -> list[Row]:
    """Rows of events, with the sentence of their lead mention."""
    if found:
        sql = _SENTENCES.format(marks=", ".join("?" * len(found)))
        told = {
            row["mention_id"]: row for row in session.rows(sql, [row["lead_mention_id"] for row in found])
        }
        for row in found:
            lead = told.get(row["lead_mention_id"])
            row["sentence"] = lead["sentence"] if lead else ""
    return found


def form_values(session: Session, wanted: Filter) -> dict[str, Any]:
    """What the filter form needs beside the filter: countries to choose from, names of chosen actors and place."""
    return {
        "form_countries": _countries(session),
        "actor_names": {
            actor: _name(session, "SELECT name FROM actors WHERE actor_id = ?", actor)
            for actor in wanted.actor
        },
        "place_name": _name(session, "SELECT name FROM places WHERE place_id = ?", wanted.place)
        if wanted.place
        else "",
    }


def _name(session: Session, sql: str, identity: str) -> str:
    found = session.row(sql, [identity])
    return str(found["name"]) if found else identity


def _countries(session: Session) -> list[tuple[str, str]]:
    kept = _kept_countries(session.identity)
    if not kept:
        codes = [row["country"] for row in session.rows(_NAMED)]
        kept += sorted(((code, country(code)) for code in codes), key=lambda item: item[1])
    return kept


@lru_cache(maxsize=2)
def _kept_countries(identity: Identity) -> list[tuple[str, str]]:
    return []
