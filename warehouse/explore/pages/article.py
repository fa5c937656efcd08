"""One article: its text with everything marked that was read out of it."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from warehouse.explore.evidence import place_and_date, stretches, with_participants
from warehouse.explore.marks import Finder, Stretch, pieces
from warehouse.explore.render import page, problem
from warehouse.explore.store import Store

_MOST_CHARACTERS = 100_000
_MOST_MENTIONS = 500
_DOCUMENT = """
SELECT document_id, batch, source_uri, url, site, publisher, author, title, left(body, ?) AS body,
    length(body) AS characters, language, published_edtf, published_method, words, story_id, is_story_lead,
    (SELECT count(*) FROM documents AS o WHERE o.story_id = d.story_id) AS story_size
FROM documents AS d WHERE document_id = ?
"""
_MENTIONS = """
SELECT m.*, d.published_edtf FROM event_mentions AS m JOIN documents AS d USING (document_id)
WHERE m.document_id = ? ORDER BY m.sentence_start, m.trigger_start, m.mention_id LIMIT ?
"""


def article(request: Request, store: Store, finder: Finder) -> Response:
    """The page of the article in the address."""
    identity = request.path_params["document_id"]
    with store.session() as session:
        found = session.row(_DOCUMENT, [_MOST_CHARACTERS, identity])
        if found is None:
            return problem(request, 404, "No such article", f"The register has no article {identity[:40]!r}.")
        mentions = with_participants(session, session.rows(_MENTIONS, [identity, _MOST_MENTIONS]))
    marked: list[Stretch] = []
    ends: dict[int, list[int]] = {}
    for number, mention in enumerate(mentions, 1):
        mention["number"] = number
        marked += [*stretches(mention), *place_and_date(mention, finder)]
        marked.append(Stretch(mention["sentence_start"], mention["sentence_end"], "sentence"))
        ends.setdefault(mention["sentence_end"], []).append(number)
    return page(
        request,
        "article.html",
        document=found,
        mentions=mentions,
        pieces=pieces(found["body"], marked),
        ends=ends,
    )
