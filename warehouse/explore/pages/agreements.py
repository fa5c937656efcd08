"""The register of agreements, and the page of one with its history."""

from __future__ import annotations

from starlette.datastructures import QueryParams
from starlette.requests import Request
from starlette.responses import Response

from warehouse.explore import listing
from warehouse.explore.evidence import sentence_pieces, with_participants
from warehouse.explore.filters import Filter, FilterError, chosen, like_words, read_page, short_text
from warehouse.explore.marks import Finder
from warehouse.explore.paging import Paging
from warehouse.explore.render import page, problem
from warehouse.explore.store import Store
from warehouse.tables.common import AGREEMENT_STATUSES

SIZE = 50
_AGREEMENTS = """
SELECT agreement_id, title, kind, status, signed_on, signed_edtf, place_name, period_start, period_end,
    party_countries, document_count
FROM agreements WHERE {condition} ORDER BY signed_on DESC NULLS LAST, title, agreement_id LIMIT ? OFFSET ?
"""
_COUNT = "SELECT count(*) FROM agreements WHERE {condition}"
_AGREEMENT = "SELECT * FROM agreements WHERE agreement_id = ?"
_PARTIES = """
SELECT p.actor_id, a.name, a.kind, p.country FROM agreement_parties AS p JOIN actors AS a USING (actor_id)
WHERE p.agreement_id = ? ORDER BY a.name, p.actor_id LIMIT 100
"""
_HISTORY = """
SELECT h.step, h.status AS step_status, h.status_edtf, h.first_reported_on, h.mention_count, m.*,
    d.title AS document_title, d.site, d.publisher, d.url, d.published_edtf
FROM agreement_history AS h JOIN event_mentions AS m USING (mention_id)
JOIN documents AS d ON d.document_id = m.document_id
WHERE h.agreement_id = ? ORDER BY h.step LIMIT 50
"""
_EVENTS = """
WITH told AS (
    SELECT event_id FROM events WHERE agreement_id = ?
    UNION SELECT m.event_id FROM mention_agreements AS g JOIN event_mentions AS m USING (mention_id)
    WHERE g.agreement_id = ?
)
SELECT e.* FROM events AS e SEMI JOIN told USING (event_id) ORDER BY e.event_start DESC NULLS LAST, e.event_id LIMIT 50
"""


def agreements_where(query: QueryParams) -> tuple[str, list[object], dict[str, str]]:
    """The condition on ``agreements``, its values, and what was asked for by name."""
    asked = {
        "title": short_text(query, "title"),
        "country": short_text(query, "country").upper(),
        "status": chosen(query, "status", AGREEMENT_STATUSES),
    }
    condition, values = like_words("title", asked["title"])
    if asked["country"]:
        condition += " AND list_contains(string_split(party_countries, ';'), ?)"
        values.append(asked["country"])
    if asked["status"]:
        condition += " AND status = ?"
        values.append(asked["status"])
    return condition, values, asked


def agreements(request: Request, store: Store) -> Response:
    """The register, of a title, a country, a status."""
    condition, values, asked = agreements_where(request.query_params)
    number = read_page(request.query_params)
    with store.session() as session:
        paging = Paging(number, SIZE, session.number(_COUNT.format(condition=condition), values))
        if number > paging.last:
            raise FilterError(f"there is no page {number:,}: the last is {paging.last:,}")
        found = session.rows(_AGREEMENTS.format(condition=condition), [*values, SIZE, paging.offset])
        form = listing.form_values(session, Filter())
    return page(
        request,
        "agreements.html",
        agreements=found,
        paging=paging,
        links={n: "/agreements?" + Filter().query(**asked, page=n) for n in paging.near()},
        asked=asked,
        query=Filter().query(**asked),
        **form,
    )


def agreement(request: Request, store: Store, finder: Finder) -> Response:
    """The page of the agreement in the address."""
    identity = request.path_params["agreement_id"]
    with store.session() as session:
        found = session.row(_AGREEMENT, [identity])
        if found is None:
            return problem(
                request, 404, "No such agreement", f"The register has no agreement {identity[:40]!r}."
            )
        history = with_participants(session, session.rows(_HISTORY, [identity]))
        parties = session.rows(_PARTIES, [identity])
        events = listing.with_sentences(session, session.rows(_EVENTS, [identity, identity]))
    for step in history:
        step["pieces"] = sentence_pieces(step, finder)
    return page(request, "agreement.html", agreement=found, history=history, parties=parties, events=events)
