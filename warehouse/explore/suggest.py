"""Names that complete what is being typed, for the filter form's scripts."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from warehouse.explore.filters import like_words, short_text
from warehouse.explore.store import Store

_MOST = 10
_NAMES = "SELECT name FROM actors WHERE {words} GROUP BY name ORDER BY sum(mention_count) DESC, name LIMIT ?"


def suggest(request: Request, store: Store) -> Response:
    """Up to ten names of actors with the words of ``q``, those mentioned most first."""
    typed = short_text(request.query_params, "q")
    if not typed:
        return JSONResponse([])
    words, values = like_words("name", typed)
    with store.session(2.0) as session:
        return JSONResponse(
            [row["name"] for row in session.rows(_NAMES.format(words=words), [*values, _MOST])]
        )
