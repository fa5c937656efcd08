"""The extract stage: documents in, mentions, participants and agreement mentions out, as Arrow tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

import pyarrow as pa

from pipelines.extract.backoff.model import load as load_weights
from pipelines.extract.extractor import DEFAULT_MODEL, Extractor
from pipelines.extract.model import Actor, Article, Mention
from pipelines.extract.ontology import ontology
from pipelines.extract.publisher import country_of_site
from pipelines.ids import stable_id
from warehouse.tables import table
from warehouse.tables.arrow import rows_to_arrow

LANGUAGE = "en"
_NEEDED = ("document_id", "batch", "body", "language", "published_edtf", "site")
Row = dict[str, Any]


def extract_chunk(documents: pa.Table, *, version: str, model: str = DEFAULT_MODEL) -> dict[str, pa.Table]:
    """Mentions, participants and agreement mentions of a chunk of ``documents``.

    Texts in other languages than English are passed over: they have no mentions, and stay in ``documents``.
    Returns tables of the stored schemas of ``event_mentions``, ``participants`` and ``agreement_mentions``.
    """
    rows = [row for row in documents.select(_NEEDED).to_pylist() if row["language"] == LANGUAGE]
    articles = [
        Article(row["document_id"], row["body"], row["published_edtf"], country_of_site(row["site"]))
        for row in rows
    ]
    out: dict[str, list[Row]] = {"event_mentions": [], "participants": [], "agreement_mentions": []}
    if articles:
        for row, mentions in zip(rows, Extractor.load(model).mentions(articles), strict=True):
            _add_rows(out, row, mentions, version)
    return {name: rows_to_arrow(table(name), found) for name, found in out.items()}


def warm_up(model: str = DEFAULT_MODEL) -> None:
    """Load all that reading needs, mostly by reading a sentence that tells who did what, when and where."""
    load_weights()
    article = Article(
        "", "The foreign ministers of Chad and Niger signed a treaty in Lima on Monday.", "2020-01-01", None
    )
    for _ in Extractor.load(model).mentions([article]):
        pass


def _add_rows(out: dict[str, list[Row]], document: Row, mentions: Sequence[Mention], version: str) -> None:
    seen: set[str] = set()
    for mention in mentions:
        mention_id = stable_id(
            "mention",
            document["document_id"],
            mention.trigger_start,
            mention.trigger_end,
            mention.type,
            mention.cameo_code,
        )
        if mention_id in seen:
            continue
        seen.add(mention_id)
        shared = {
            "mention_id": mention_id,
            "document_id": document["document_id"],
            "batch": document["batch"],
        }
        out["event_mentions"].append(_mention_row(shared, mention, version))
        out["participants"] += _participant_rows(shared, mention)
        out["agreement_mentions"] += _agreement_rows(shared, mention)


def _mention_row(shared: Row, mention: Mention, version: str) -> Row:
    time, place, reporter = mention.time, mention.place, mention.reporter
    return {
        **shared,
        "sentence_index": mention.sentence.index,
        "sentence": mention.sentence.text,
        "sentence_start": mention.sentence.start,
        "sentence_end": mention.sentence.end,
        "trigger": mention.trigger,
        "trigger_start": mention.trigger_start,
        "trigger_end": mention.trigger_end,
        "event_type": mention.type,
        "mode": mention.mode,
        "contexts": ";".join(mention.contexts) or None,
        "cameo_code": mention.cameo_code,
        "cameo_root": mention.cameo_code[:2],
        "quad_class": mention.quad_class,
        "quad_name": ontology().quad_name(mention.type),
        "intensity": mention.intensity,
        "status": mention.status,
        "event_edtf": time.edtf if time else None,
        "event_start": _day(time.start_date) if time else None,
        "event_end": _day(time.end_date) if time else None,
        "date_precision": time.precision if time else "none",
        "date_method": time.method if time else "none",
        "place_id": place.geonames_id if place else None,
        "place_name": place.name if place else None,
        "place_country": place.country if place else None,
        "latitude": place.latitude if place else None,
        "longitude": place.longitude if place else None,
        "place_admin1": place.admin1 if place else None,
        "place_population": place.population if place else None,
        "place_method": place.method if place else "none",
        "reported_by": mention.reported_by,
        "reported_by_name": reporter.name if reporter else None,
        "reported_by_kind": reporter.kind if reporter else None,
        "reported_by_country": reporter.country if reporter else None,
        "confidence": mention.confidence,
        "extractor_version": version,
    }


def _participant_rows(shared: Row, mention: Mention) -> Iterator[Row]:
    for role, actors in (("actor", mention.actors), ("recipient", mention.recipients)):
        for position, actor in enumerate(actors):
            yield {**shared, "role": role, "position": position, **_actor_columns(actor)}


def _actor_columns(actor: Actor) -> Row:
    return {
        "text": actor.text,
        "text_start": actor.start,
        "text_end": actor.end,
        "name": actor.name,
        "kind": actor.kind,
        "country": actor.country,
        "sector": actor.sector,
        "title": actor.title,
        "cameo_code": actor.cameo_code,
    }


def _agreement_rows(shared: Row, mention: Mention) -> Iterator[Row]:
    for position, agreement in enumerate(mention.agreements):
        yield {
            **shared,
            "position": position,
            "text": agreement.text,
            "text_start": agreement.start,
            "text_end": agreement.end,
            "title": agreement.title,
            "kind": agreement.kind,
            "status": agreement.status,
            "period_start": _day(agreement.period_start),
            "period_end": _day(agreement.period_end),
        }


def _day(iso: str | None) -> date | None:
    return date.fromisoformat(iso) if iso else None
