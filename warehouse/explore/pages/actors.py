"""The list of actors, and the page of one: names, offices, partners, and what they did over time."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from warehouse.explore import listing
from warehouse.explore.filters import Filter, FilterError, chosen, like_words, read_page, short_text
from warehouse.explore.paging import Paging
from warehouse.explore.render import page, problem
from warehouse.explore.selection import choose, counted, timeline
from warehouse.explore.store import Row, Session, Store
from warehouse.tables.common import ACTOR_KINDS

SIZE = 50
_PARTNERS, _YEARS, _EVENTS = 12, 12, 8
_ACTORS = """
SELECT a.actor_id, a.name, a.kind, a.country, a.sector, a.mention_count, a.first_on, a.last_on
FROM actors AS a WHERE {condition} ORDER BY a.mention_count DESC, a.name, a.actor_id LIMIT ? OFFSET ?
"""
_COUNT = "SELECT count(*) FROM actors AS a WHERE {condition}"
_NAMED = "a.actor_id IN (SELECT actor_id FROM actor_names WHERE {words})"
_ACTOR = "SELECT * FROM actors WHERE actor_id = ?"
_NAMES = """
SELECT name, mention_count, rule FROM actor_names WHERE actor_id = ? ORDER BY mention_count DESC, name LIMIT 30
"""
_OFFICES = """
SELECT o.title, o.organisation, o.country, o.first_on, o.last_on, o.former_by, o.mention_count,
    o.predecessor_id, b.name AS predecessor, o.successor_id, n.name AS successor
FROM offices AS o LEFT JOIN actors AS b ON b.actor_id = o.predecessor_id
LEFT JOIN actors AS n ON n.actor_id = o.successor_id
WHERE o.person_id = ? ORDER BY o.first_on NULLS LAST, o.title LIMIT 50
"""
_TOLD = """
CREATE OR REPLACE TEMP TABLE told AS
SELECT DISTINCT p.actor_id, c.number, year(c.event_start) AS year, c.quad_class
FROM (
    SELECT m.mention_id, c.number, c.event_start, c.quad_class
    FROM event_mentions AS m JOIN chosen AS c USING (event_id) WHERE c.real
) AS c JOIN participants AS p USING (mention_id)
WHERE p.actor_id <> ?
"""
_WITH = """
WITH met AS (
    SELECT actor_id, count(*) AS total FROM told GROUP BY actor_id ORDER BY total DESC, actor_id LIMIT ?
)
SELECT t.actor_id, a.name, a.country, a.kind, t.year, count(*) AS events,
    count(*) FILTER (t.quad_class >= 3) AS conflict
FROM told AS t JOIN met USING (actor_id) JOIN actors AS a USING (actor_id) GROUP BY ALL
"""


def actors(request: Request, store: Store) -> Response:
    """The list, of those named so, of a kind, of a country."""
    query = request.query_params
    name, country = short_text(query, "name"), short_text(query, "country").upper()
    kind = chosen(query, "kind", ACTOR_KINDS)
    number = read_page(query)
    condition, values = actors_where(name, kind, country)
    with store.session() as session:
        paging = Paging(number, SIZE, session.number(_COUNT.format(condition=condition), values))
        if number > paging.last:
            raise FilterError(f"there is no page {number:,}: the last is {paging.last:,}")
        found = session.rows(_ACTORS.format(condition=condition), [*values, SIZE, paging.offset])
        form = listing.form_values(session, Filter())
    asked: dict[str, Any] = {"name": name, "kind": kind, "country": country}
    links = {n: "/actors?" + Filter().query(**asked, page=n) for n in paging.near()}
    return page(
        request, "actors.html", actors=found, paging=paging, links=links, kinds=ACTOR_KINDS, **asked, **form
    )


def actors_where(name: str, kind: str, country: str) -> tuple[str, list[object]]:
    """The condition on ``actors AS a`` and its values."""
    parts: list[str] = []
    values: list[object] = []
    if name:
        words, values = like_words("name", name)
        parts.append(_NAMED.format(words=words))
    for column, value in (("a.kind", kind), ("a.country", country)):
        if value:
            parts.append(f"{column} = ?")
            values.append(value)
    return " AND ".join(parts) or "true", values


def actor(request: Request, store: Store) -> Response:
    """The page of the actor in the address."""
    identity = request.path_params["actor_id"]
    wanted = Filter(actor=(identity,))
    with store.session() as session:
        found = session.row(_ACTOR, [identity])
        if found is None:
            return problem(request, 404, "No such actor", f"The register has no actor {identity[:40]!r}.")
        choose(session, wanted)
        span = counted(session)
        partners, years = _partners(session, identity)
        return page(
            request,
            "actor.html",
            actor=found,
            filter=wanted,
            names=session.rows(_NAMES, [identity]),
            offices=session.rows(_OFFICES, [identity]),
            span=span,
            timeline=timeline(session, span["first_on"], span["last_on"]),
            partners=partners,
            years=years,
            events=listing.brief_events(session, wanted, _EVENTS),
        )


def _partners(session: Session, identity: str) -> tuple[list[Row], list[int]]:
    """Those met most, with their events by year, and the years, latest last."""
    by_actor: dict[str, Row] = {}
    years: set[int] = set()
    session.execute(_TOLD, [identity])
    for row in session.rows(_WITH, [_PARTNERS]):
        partner = by_actor.setdefault(row["actor_id"], {**row, "events": 0, "conflict": 0, "years": {}})
        partner["events"] += row["events"]
        partner["conflict"] += row["conflict"]
        if row["year"] is not None:
            partner["years"][row["year"]] = (row["events"], row["conflict"])
            years.add(row["year"])
    found = sorted(by_actor.values(), key=lambda p: (-p["events"], p["name"], p["actor_id"]))
    shown = sorted(year for year in years if any(year in partner["years"] for partner in found))[-_YEARS:]
    most = max((events for partner in found for events, _ in partner["years"].values()), default=1)
    for partner in found:
        partner["shades"] = {
            year: (events, -(-4 * events // most), "conflict" if conflict * 2 > events else "cooperation")
            for year, (events, conflict) in partner["years"].items()
        }
    return found, shown
