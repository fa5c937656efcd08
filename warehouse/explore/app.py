"""The web application: which address shows which page, over one published file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from warehouse.explore import assets, suggest, world
from warehouse.explore.downloads import QUESTIONS, download
from warehouse.explore.filters import FilterError
from warehouse.explore.guard import HOSTS, Guard
from warehouse.explore.marks import Finder, no_finder
from warehouse.explore.pages.actors import actor, actors
from warehouse.explore.pages.agreements import agreement, agreements
from warehouse.explore.pages.article import article
from warehouse.explore.pages.event import event
from warehouse.explore.pages.events import events
from warehouse.explore.pages.overview import Overview
from warehouse.explore.pages.quality import quality
from warehouse.explore.render import prepare, problem
from warehouse.explore.store import Store, TooSlowError
from warehouse.reader import NotPublishedError


def application(published: Path, finder: Finder = no_finder) -> Starlette:
    """The pages over a published file. ``finder`` finds dates and places again in a sentence, to mark them.

    ``state.overview`` may be asked to work out the first page ahead; ``state.store`` is to be closed by whoever makes
    several of these in one process. NotPublishedError where there
    is nothing to read.
    """
    store = Store(published)
    with store.session() as session:
        # A home without a published file is told now, and what DuckDB imports for its first value is imported now.
        session.number("SELECT CAST(? AS INTEGER)", [1])
    prepare()

    def of(view: Callable[[Request, Store], Response]) -> Callable[[Request], Response]:
        return lambda request: view(request, store)

    def marked(view: Callable[[Request, Store, Finder], Response]) -> Callable[[Request], Response]:
        return lambda request: view(request, store, finder)

    overview = Overview(store)
    routes = [
        Route("/", lambda request: overview(request)),
        Route("/events", of(events)),
        Route("/event/{event_id}", marked(event)),
        Route("/article/{document_id}", marked(article)),
        Route("/actors", of(actors)),
        Route("/actor/{actor_id}", of(actor)),
        Route("/agreements", of(agreements)),
        Route("/agreement/{agreement_id}", marked(agreement)),
        Route("/quality", of(quality)),
        Route("/suggest", of(suggest.suggest)),
        *(
            Route(f"/download/{name}.{format_}", _file(name, format_, store))
            for name in QUESTIONS
            for format_ in ("csv", "parquet")
        ),
        Route("/world.svg", world.world),
        Route("/static/{version}/{name}", assets.static),
    ]
    app = Starlette(
        routes=routes,
        middleware=[Middleware(Guard), Middleware(TrustedHostMiddleware, allowed_hosts=HOSTS)],
        exception_handlers={
            HTTPException: _http,
            FilterError: _asked_wrongly,
            TooSlowError: _too_slow,
            NotPublishedError: _not_published,
        },
    )
    app.state.store = store
    app.state.overview = overview
    return app


def _file(name: str, format_: str, store: Store) -> Callable[[Request], Response]:
    return lambda request: download(request, store, name, format_)


def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    if error.status_code == 404:
        return problem(request, 404, "No such page", "Nothing is served at this address.")
    return problem(request, error.status_code, error.detail, "The server cannot answer this request.")


def _asked_wrongly(request: Request, error: Exception) -> Response:
    return problem(request, 400, "This cannot be asked", f"{error}.")


def _too_slow(request: Request, error: Exception) -> Response:
    return problem(
        request, 503, "This took too long", "Ask for less: fewer words, a shorter time, one country."
    )


def _not_published(request: Request, error: Exception) -> Response:
    return problem(request, 503, "Nothing is published", str(error))
