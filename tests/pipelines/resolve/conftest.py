"""A small warehouse of extracted rows to resolve, written in a few words."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

import duckdb
import pyarrow as pa
import pytest

from pipelines.ids import stable_id
from pipelines.resolve.stage import resolve
from pipelines.signatures import sign
from warehouse.tables import table
from warehouse.tables.arrow import empty, rows_to_arrow


class Register:
    """Collects documents and mentions; every column that a test does not care about has a plain value."""

    def __init__(self) -> None:
        self.rows: dict[str, list[dict[str, Any]]] = {
            "documents": [],
            "event_mentions": [],
            "participants": [],
            "agreement_mentions": [],
        }

    def document(
        self, name: str, body: str | None = None, on: date | None = date(2024, 5, 2), site: str = ""
    ) -> str:
        document_id = stable_id("d", name)
        row = dict.fromkeys(column.name for column in table("documents").stored) | {
            "document_id": document_id,
            "batch": "b",
            "source_uri": name,
            "body": body or f"text of {name} " * 9,
            "published_on": on,
            "published_method": "field",
            "words": 9,
            "boilerplate_share": 0.0,
            "cleaner_version": "1",
            "language": "en",
            "site": site or None,
        }
        self.rows["documents"].append(row)
        return document_id

    def mention(
        self,
        document: str,
        type_: str,
        *who: tuple[str, str | None],
        on: date | None = date(2024, 5, 1),
        to: Sequence[tuple[str, str | None]] = (),
        **more: Any,
    ) -> str:
        """A mention of an event; ``who`` are its actors and ``to`` its recipients: names and countries."""
        mention_id = stable_id(
            "m",
            document,
            type_,
            *[name for name, _ in who],
            "to",
            *[name for name, _ in to],
            str(on),
            str(more),
        )
        row = dict.fromkeys(column.name for column in table("event_mentions").stored) | {
            "mention_id": mention_id,
            "document_id": document,
            "batch": "b",
            "sentence_index": 0,
            "sentence": "s",
            "sentence_start": 0,
            "sentence_end": 1,
            "trigger": "s",
            "trigger_start": 0,
            "trigger_end": 1,
            "event_type": type_,
            "cameo_code": "040",
            "cameo_root": "04",
            "quad_class": 1,
            "quad_name": "verbal cooperation",
            "intensity": 1.0,
            "status": "occurred",
            "event_start": on,
            "event_end": on,
            "event_edtf": on.isoformat() if on else None,
            "date_precision": "day",
            "date_method": "explicit",
            "place_method": "none",
            "confidence": 0.8,
            "extractor_version": "1",
        }
        agreements = more.pop("agreements", ())
        self.rows["event_mentions"].append(row | more)
        shared = {"mention_id": mention_id, "document_id": document, "batch": "b"}
        sides = [("actor", number, *one) for number, one in enumerate(who)]
        sides += [("recipient", number, *one) for number, one in enumerate(to)]
        for role, position, name, country in sides:
            self.rows["participants"].append(
                shared
                | {
                    "role": role,
                    "position": position,
                    "text": name,
                    "text_start": 0,
                    "text_end": len(name),
                    "name": name,
                    "kind": "person" if " " in name else "country",
                    "country": country,
                    "sector": "GOV",
                    "title": None,
                    "cameo_code": None,
                }
            )
        for position, title in enumerate(agreements):
            self.rows["agreement_mentions"].append(
                shared
                | {
                    "position": position,
                    "text": title,
                    "text_start": 0,
                    "text_end": len(title),
                    "title": title,
                    "kind": "treaty",
                    "status": "signed",
                    "period_start": None,
                    "period_end": None,
                }
            )
        return mention_id

    def resolve(self, reverse: bool = False) -> dict[str, pa.Table]:
        con = duckdb.connect()
        for name, rows in self.rows.items():
            con.register(name, rows_to_arrow(table(name), rows[::-1] if reverse else rows))
        con.register("document_signatures", sign(rows_to_arrow(table("documents"), self.rows["documents"])))
        con.register("earlier_story_pairs", empty(table("story_pairs")))
        return resolve(con)


@pytest.fixture
def register() -> Callable[[], Register]:
    return Register()
