"""The first page: counts, timeline, map, pairs of countries, latest agreements and events, of all or of a filter."""

from __future__ import annotations

import threading
from collections import OrderedDict
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from warehouse.explore import charts
from warehouse.explore.filters import Filter, read_filter
from warehouse.explore.listing import brief_events, form_values
from warehouse.explore.render import page
from warehouse.explore.selection import choose, counted, timeline
from warehouse.explore.store import Identity, Row, Session, Store

_PLACES, _DYADS, _AGREEMENTS, _EVENTS = 250, 12, 8, 6
_KEPT = 32

_REGISTER = """
SELECT (SELECT count(*) FROM documents) AS documents, (SELECT count(*) FROM actors) AS actors,
    (SELECT count(*) FROM agreements) AS agreements
"""
_SPOTS = """
CREATE OR REPLACE TEMP TABLE spots AS
SELECT place_id, count(*) FILTER (real) AS events, count(*) FILTER (real AND quad_class >= 3) AS conflict
FROM chosen WHERE place_id IS NOT NULL GROUP BY place_id
"""
_MAP = """
SELECT c.place_id, p.name, p.country, p.latitude, p.longitude, c.events, c.conflict
FROM spots AS c JOIN places AS p USING (place_id)
WHERE c.events > 0 AND p.latitude IS NOT NULL AND p.longitude IS NOT NULL
ORDER BY c.events DESC, p.name, c.place_id LIMIT ?
"""
_PAIRS = """
SELECT country_a, country_b, count(*) AS events, count(*) FILTER (quad_class = 1) AS quad_1,
    count(*) FILTER (quad_class = 2) AS quad_2, count(*) FILTER (quad_class = 3) AS quad_3,
    count(*) FILTER (quad_class = 4) AS quad_4
FROM event_dyads {semi} WHERE status IN ('occurred', 'ongoing')
GROUP BY country_a, country_b ORDER BY events DESC, country_a, country_b LIMIT ?
"""
_LATEST = """
SELECT agreement_id, title, kind, status, signed_on, signed_edtf, place_name, party_countries, document_count
FROM agreements WHERE {condition} ORDER BY signed_on DESC NULLS LAST, title, agreement_id LIMIT ?
"""


class Overview:
    """The overview of a store; what it says about a publication is worked out once."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._kept: OrderedDict[tuple[Identity, Filter], dict[str, Any]] = OrderedDict()
        self._lock = threading.Lock()

    def __call__(self, request: Request) -> Response:
        """The page for the filter of the query string."""
        wanted = read_filter(request.query_params)
        with self._store.session() as session:
            values = self._values(session, wanted)
            form = form_values(session, wanted)
        return page(request, "overview.html", filter=wanted, **form, **values)

    def work_out(self) -> None:
        """Work out the page without a filter, so that the first reader finds it done."""
        with self._store.session() as session:
            self._values(session, Filter())

    def _values(self, session: Session, wanted: Filter) -> dict[str, Any]:
        key = (session.identity, wanted)
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        values = _asked(session, wanted)
        with self._lock:
            self._kept[key] = values
            while len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
        return values


def _asked(session: Session, wanted: Filter) -> dict[str, Any]:
    choose(session, wanted)
    counts = counted(session)
    session.execute(_SPOTS)
    return {
        "counts": counts | {"places": session.number("SELECT count(*) FROM spots")},
        "register": session.row(_REGISTER),
        "timeline": timeline(session, counts["first_on"], counts["last_on"]),
        "places": _places(session),
        "pairs": _pairs(session, wanted),
        "agreements": _agreements(session, wanted),
        "events": brief_events(session, wanted, _EVENTS),
    }


def _places(session: Session) -> list[Row]:
    found = session.rows(_MAP, [_PLACES])
    most = found[0]["events"] if found else 0
    for row in found:
        row["dot"] = charts.dot(row["longitude"], row["latitude"], row["events"], row["conflict"], most)
    return found


def _pairs(session: Session, wanted: Filter) -> list[Row]:
    semi = "SEMI JOIN chosen USING (event_id)" if wanted else ""
    found = session.rows(_PAIRS.format(semi=semi), [_DYADS])
    most = found[0]["events"] if found else 0
    for row in found:
        row["bars"] = charts.shares([row[f"quad_{quad}"] for quad in range(1, 5)], most)
    return found


def _agreements(session: Session, wanted: Filter) -> list[Row]:
    """The latest that the filter's countries are party to; other parts of it say nothing about agreements."""
    party = "list_contains(string_split(party_countries, ';'), ?)"
    condition = " AND ".join([party] * len(wanted.country)) or "true"
    return session.rows(_LATEST.format(condition=condition), [*wanted.country, _AGREEMENTS])
