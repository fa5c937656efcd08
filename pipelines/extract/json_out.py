"""An extraction as the JSON object that ``communique extract`` prints: names are part of the public contract."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from pipelines.extract.model import Actor, Extraction, Mention, Place, Time

_ACTOR = ("text", "start", "end", "name", "kind", "country", "sector", "title", "cameo_code")
_PLACE = ("text", "name", "country", "latitude", "longitude", "geonames_id")


def as_json(extraction: Extraction) -> dict[str, Any]:
    """The object for one article; offsets are code points into its text, ends exclusive."""
    return {
        "id": extraction.id,
        "mentions": [_mention(mention) for mention in extraction.mentions],
        "times": [
            {"text": time.text, "start": time.start, "end": time.end, "edtf": time.edtf}
            for time in extraction.times
        ],
        "places": [
            {"start": place.start, "end": place.end, **_pick(place, _PLACE)} for place in extraction.places
        ],
    }


def _mention(mention: Mention) -> dict[str, Any]:
    return {
        "type": mention.type,
        "mode": mention.mode,
        "contexts": list(mention.contexts),
        "cameo_code": mention.cameo_code,
        "quad_class": mention.quad_class,
        "intensity": mention.intensity,
        "status": mention.status,
        "trigger": {"text": mention.trigger, "start": mention.trigger_start, "end": mention.trigger_end},
        "sentence": {"start": mention.sentence.start, "end": mention.sentence.end},
        "actors": [_pick(actor, _ACTOR) for actor in mention.actors],
        "recipients": [_pick(actor, _ACTOR) for actor in mention.recipients],
        "time": _time(mention.time),
        "place": {**_pick(mention.place, _PLACE), "method": mention.place.method} if mention.place else None,
        "agreements": [
            _pick(one, ("title", "kind", "status", "period_start", "period_end"))
            for one in mention.agreements
        ],
        "reported_by": mention.reported_by,
        "confidence": mention.confidence,
    }


def _time(time: Time | None) -> dict[str, Any] | None:
    if time is None:
        return None
    return _pick(time, ("text", "edtf", "start_date", "end_date", "precision", "method"))


def _pick(value: Actor | Place | Time | Any, names: tuple[str, ...]) -> dict[str, Any]:
    everything = asdict(value)
    return {name: everything[name] for name in names}
