"""The list of events that a filter lets through, page by page."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from warehouse.explore import listing
from warehouse.explore.filters import FilterError, chosen, read_filter, read_page
from warehouse.explore.paging import Paging
from warehouse.explore.render import page
from warehouse.explore.rows import MOST_ROWS
from warehouse.explore.selection import choose
from warehouse.explore.store import Store

SIZE = 25
_COUNT = "SELECT count(*) FROM chosen"


def events(request: Request, store: Store) -> Response:
    """The page of the query string."""
    wanted = read_filter(request.query_params)
    order = chosen(request.query_params, "order", listing.ORDERS) or "newest"
    number = read_page(request.query_params)
    with store.session() as session:
        choose(session, wanted)
        paging = Paging(number, SIZE, session.number(_COUNT))
        if number > paging.last:
            raise FilterError(f"there is no page {number:,}: the last is {paging.last:,}")
        found = listing.events(session, order, SIZE, paging.offset)
        form = listing.form_values(session, wanted)
    return page(
        request,
        "events.html",
        filter=wanted,
        order=order,
        events=found,
        paging=paging,
        links={n: "/events?" + wanted.query(order=_unless_usual(order), page=n) for n in paging.near()},
        most_rows=MOST_ROWS,
        **form,
    )


def _unless_usual(order: str) -> str:
    return "" if order == "newest" else order
