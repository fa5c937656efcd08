"""One event: what happened, and every mention that tells of it, with why it was joined."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from warehouse.explore.evidence import sentence_pieces, with_participants
from warehouse.explore.filters import FilterError, read_page
from warehouse.explore.marks import Finder
from warehouse.explore.paging import Paging
from warehouse.explore.render import page, problem
from warehouse.explore.store import Row, Session, Store

SIZE = 20
_EVENT = "SELECT * FROM events WHERE event_id = ?"
_TOLD = """
CREATE OR REPLACE TEMP TABLE told AS
SELECT rowid AS number, mention_id, document_id FROM event_mentions WHERE event_id = ?
"""
_MENTIONS = """
SELECT m.*, k.rule, k.why, k.confidence AS join_confidence, k.joined_to_mention_id,
    d.title AS document_title, d.url, d.site, d.publisher, d.author, d.published_edtf, d.published_on, d.language,
    d.story_id, d.is_story_lead
FROM told AS t
JOIN event_mentions AS m ON m.rowid = t.number
JOIN documents AS d ON d.document_id = t.document_id
LEFT JOIN (SELECT * FROM event_evidence WHERE event_id = ?) AS k ON k.mention_id = t.mention_id
ORDER BY k.joined_to_mention_id IS NOT NULL, d.published_on NULLS LAST, m.document_id, m.sentence_start, m.mention_id
LIMIT ? OFFSET ?
"""
_ACTORS = "SELECT actor_id, name, kind, country FROM actors WHERE actor_id IN ({marks})"
_LINKED = """
SELECT event_id, event_type, event_edtf, status, quad_class, actor1_name, actor2_name FROM events WHERE event_id = ?
"""
_FULFILLED = """
SELECT event_id, event_type, event_edtf, status, quad_class, actor1_name, actor2_name FROM events
WHERE planned_event_id = ? ORDER BY event_start NULLS LAST, event_id LIMIT 10
"""
_NOBODY: Row = {"title": None, "told": 0}
_PLAN = "SELECT outcome FROM planned_events WHERE event_id = ?"
_AGREEMENT = "SELECT agreement_id, title, kind, status FROM agreements WHERE agreement_id = ?"


def event(request: Request, store: Store, finder: Finder) -> Response:
    """The page of the event in the address."""
    identity = request.path_params["event_id"]
    number = read_page(request.query_params)
    with store.session() as session:
        found = session.row(_EVENT, [identity])
        if found is None:
            return problem(request, 404, "No such event", f"The register has no event {identity[:40]!r}.")
        paging = Paging(number, SIZE, found["mention_count"])
        if number > paging.last:
            raise FilterError(f"there is no page {number:,}: the last is {paging.last:,}")
        session.execute(_TOLD, [identity])
        mentions = with_participants(session, session.rows(_MENTIONS, [identity, SIZE, paging.offset]))
        parties = _parties(session, mentions)
        values = _around(session, found)
    for mention in mentions:
        mention["pieces"] = sentence_pieces(mention, finder)
    return page(
        request,
        "event.html",
        event=found,
        mentions=mentions,
        paging=paging,
        parties=parties,
        links={n: f"/event/{identity}?page={n}" for n in paging.near()},
        shown={mention["mention_id"]: n for n, mention in enumerate(mentions, paging.first_row)},
        **values,
    )


def _around(session: Session, found: Row) -> dict[str, Any]:
    """What the event is linked with."""
    planned, agreement = found["planned_event_id"], found["agreement_id"]
    plan = session.row(_PLAN, [found["event_id"]]) if found["status"] == "planned" else None
    return {
        "planned": session.row(_LINKED, [planned]) if planned else None,
        "fulfilled_by": session.rows(_FULFILLED, [found["event_id"]]),
        "plan": plan,
        "agreement": session.row(_AGREEMENT, [agreement]) if agreement else None,
    }


def _parties(session: Session, mentions: list[Row]) -> list[Row]:
    """Who takes part according to these mentions, under the names that the register gives them."""
    parts = [part for mention in mentions for part in mention["participants"] if part["actor_id"]]
    if not parts:
        return []
    ids = list(dict.fromkeys(part["actor_id"] for part in parts))
    found = session.rows(_ACTORS.format(marks=", ".join("?" * len(ids))), ids)
    actors = {row["actor_id"]: row for row in found}
    parties: dict[tuple[str, str], Row] = {}
    for part in parts:
        if part["actor_id"] in actors:
            party = parties.setdefault(
                (part["role"], part["actor_id"]), {**actors[part["actor_id"]], **_NOBODY}
            )
            party |= {
                "role": part["role"],
                "title": party["title"] or part["title"],
                "told": party["told"] + 1,
            }
    return sorted(parties.values(), key=lambda party: (party["role"], -party["told"], party["name"]))
