"""A small published file for the tests of the column layouts: a visit told twice, and a case of everything."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from warehouse import published
from warehouse.home import open_home
from warehouse.overlay import Overlay
from warehouse.tables import of_stage, table
from warehouse.tables.arrow import empty, rows_to_arrow

Row = dict[str, Any]
BATCH = "b"


def an_id(*parts: object) -> str:
    return sha256(repr(parts).encode()).hexdigest()[:20]


def filled(name: str, values: Mapping[str, Any]) -> Row:
    """A row of the declaration: the values, NULL where that is allowed, something harmless elsewhere."""
    row: Row = {}
    for column in table(name).stored:
        if column.name in values or not column.required:
            row[column.name] = values.get(column.name)
        elif column.allowed:
            row[column.name] = column.allowed[0]
        elif column.type == "string":
            row[column.name] = "x"
        elif column.type == "boolean":
            row[column.name] = True
        else:
            row[column.name] = column.minimum or 0
    return row


@dataclass
class World:
    """Rows of the lake's tables, added event by event, and the file that is published from them."""

    rows: dict[str, list[Row]] = field(default_factory=dict)

    def add(self, table_name: str, /, **values: Any) -> None:
        self.rows.setdefault(table_name, []).append(filled(table_name, {"batch": BATCH, **values}))

    def document(self, name: str, seen: str, **values: Any) -> str:
        document = an_id("document", name)
        self.add(
            "documents", document_id=document, source_uri=f"in/{name}.txt", language="en", words=9, **values
        )
        self.add(
            "inputs", input_id=an_id("input", name), source_uri=f"in/{name}.txt", format="txt", outcome="accepted",
            document_id=document, seen_at=datetime.fromisoformat(seen).replace(tzinfo=UTC),
        )  # fmt: skip
        self.add("document_stories", document_id=document, story_id=an_id("story", name))
        return document

    def actor(self, name: str, kind: str, **codes: Any) -> str:
        actor = an_id("actor", name)
        self.add("actors", actor_id=actor, name=name, kind=kind, **codes)
        return actor

    def place(self, place: str, name: str, **values: Any) -> None:
        self.add("places", place_id=place, name=name, mention_count=1, **values)

    def event(
        self, name: str, document: str, parties: Sequence[Mapping[str, Any]] = (), **values: Any
    ) -> str:
        """An event told by one mention; ``parties`` are participants with their ``actor_id``."""
        event, mention = an_id("event", name), an_id("mention", name)
        told = {"event_type": "CONSULT", "cameo_code": "042", "cameo_root": "04", "quad_class": 1} | values
        shared = {
            key: value for key, value in told.items() if key in {c.name for c in table("events").columns}
        }
        sides = {f"actor{n}_id": party["actor_id"] for n, party in enumerate(parties[:2], 1)}
        self.add(
            "events", event_id=event, lead_mention_id=mention, mention_count=1, document_count=1, story_count=1,
            site_count=1, **shared, **sides,
        )  # fmt: skip
        self.mention(
            mention, event, document, parties, **{"trigger_start": 7, "extractor_version": "1", **told}
        )
        return event

    def mention(
        self, mention: str, event: str, document: str, parties: Sequence[Mapping[str, Any]], **values: Any
    ) -> None:
        ids = {"mention_id": mention, "document_id": document}
        self.add("event_mentions", **ids, date_precision="day", place_method="none", **values)
        self.add("mention_events", mention_id=mention, event_id=event)
        for party in parties:
            who = {"role": "actor", "position": 0, "name": "x", "kind": "person", "text_end": 9, **party}
            self.add("participants", **ids, **{key: value for key, value in who.items() if key != "actor_id"})
            self.add("participant_actors", **ids, **who)

    def publish(self, folder: Path) -> Path:
        home = open_home(folder)
        overlay = Overlay(home, "run")
        for name, rows in self.rows.items():
            declared = table(name)
            stored = {column.name for column in declared.stored}
            wanted = [{key: value for key, value in row.items() if key in stored} for row in rows]
            with overlay.writer(name, BATCH if declared.scope == "batch" else "_all") as writer:
                writer.append(rows_to_arrow(declared, wanted))
                writer.finish("f", "1")
        target = home.unpublished("run")
        published.build(overlay, target, {one.name: empty(one) for one in of_stage("operations")})
        return target.replace(home.published)


DATES = {
    # EDTF: (first day, last day, SQLDATE, MonthYear, Year, FractionDate)
    "2015-02-18": ("2015-02-18", "2015-02-18", 20150218, 201502, 2015, 2015.1315),
    "2016?-10-20": ("2016-10-20", "2016-10-20", 20161020, 201610, 2016, 2016.7945),
    "2021-12-30/2022-01-02": ("2021-12-30", "2022-01-02", 20211230, 202112, 2021, 2021.9863),
    "2019-10": ("2019-10-01", "2019-10-31", None, 201910, 2019, None),
    "2022-01/2022-06": ("2022-01-01", "2022-06-30", None, None, 2022, None),
    "2022-24": ("2022-12-01", "2023-02-28", None, None, None, None),
    "2023-33": ("2023-01-01", "2023-03-31", None, None, 2023, None),
    "1951": ("1951-01-01", "1951-12-31", None, None, 1951, None),
    "201X": ("2010-01-01", "2019-12-31", None, None, None, None),
    "XXXX-11-22": (None, None, None, None, None, None),
    "none": (None, None, None, None, None, None),
}
CODES = {
    # CAMEO code: (country, sector, known group, first, second and third role)
    "BLR": ("BLR", None, None, None, None, None),
    "BLRGOV": ("BLR", "GOV", None, "GOV", None, None),
    "SRBGOVMIL": ("SRB", "GOV", None, "GOV", "MIL", None),
    "USAGOVMILSPY": ("USA", "GOV", None, "GOV", "MIL", "SPY"),
    "MIL": (None, "MIL", None, "MIL", None, None),
    "IGOUNO": (None, "IGO", "UNO", "IGO", None, None),
    "IGOUNOSEC": (None, "IGO", "UNO", "IGO", None, None),
    "IGONATMIL": (None, "MIL", "NAT", "IGO", "MIL", None),
    "USAMNC": ("USA", "BUS", None, "MNC", None, None),
    "IGO": (None, "IGO", None, "IGO", None, None),
}
PLACES = {
    # place id: (country, first-level region, population, kind, ADM1 code, city, province)
    "1282988": ("NPL", None, 28_000_000, 1, None, False, False),
    "3668257": ("COL", "03", None, 0, "COL03", False, False),
    "5128581": ("USA", "NY", 8_000_000, 3, "USANY", True, False),
    "4829764": ("USA", "AL", None, 2, "USAAL", False, True),
    "area:us-county-01003": ("USA", "AL", None, 0, "USAAL", False, False),
    "2253354": ("SEN", "01", 2_400_000, 4, "SEN01", True, False),
    "area:afg-balkh": ("AFG", None, None, 5, None, False, True),
    "area:danube": (None, None, None, 0, None, False, False),
}


def small_world() -> World:
    world = World()
    paper = world.document(
        "paper", "2024-05-06T07:08:09", body="An article.", url="https://paper.example/a", site="paper.example",
        publisher="The Paper", published_on=date(2024, 5, 5),
    )  # fmt: skip
    leaflet = world.document("leaflet", "2024-05-07T01:02:03", body="A \U0001f9d1‍\U0001f33e leaflet")
    world.document("unheard", "2024-01-01T00:00:00", body="Nothing happens.")
    guest = world.actor("Ilma Torv", "person", country="EST", sector="GOV", cameo_code="ESTGOV")
    aide = world.actor("Piet Vos", "person", cameo_code=None)
    host = world.actor("Norway", "country", country="NOR", cameo_code="NOR")
    union = world.actor("Nordic Council", "organization", sector="IGO", cameo_code="IGONOR")
    visit = [
        {"actor_id": guest, "text": "Torv", "text_start": 11, "title": "Foreign Minister"},
        {"actor_id": host, "text": "Oslo", "text_start": 40, "role": "recipient", "kind": "country"},
        {"actor_id": aide, "text": "Piet Vos", "text_start": 20, "position": 1},
        {"actor_id": union, "text": "the Council", "text_start": 50, "role": "recipient", "position": 1,
         "kind": "organization"},
    ]  # fmt: skip
    world.place("3143244", "Oslo", country="NOR", admin1="12", population=580_000)
    event = world.event(
        "visit", paper, visit, mode="visit", contexts="diplomatic;executive", status="occurred", intensity=4.0,
        quad_name="verbal cooperation", event_edtf="2024-05-04", event_start=date(2024, 5, 4),
        event_end=date(2024, 5, 4), place_id="3143244", place_name="Oslo", place_country="NOR", latitude=59.9,
        longitude=10.7, sentence_index=2, trigger_start=16, confidence=0.87,
    )  # fmt: skip
    world.mention(
        an_id("second mention"), event, leaflet, [{"actor_id": aide, "text": "Vos", "text_start": 3}],
        sentence_index=3, trigger_start=8, confidence=0.44, place_name="Bergen",
    )  # fmt: skip
    world.event("buried", leaflet, [{"actor_id": aide, "text": "He"}], sentence_index=3, status="ongoing")
    for status in ("planned", "hypothetical", "denied"):
        world.event(status, leaflet, status=status)
    for edtf, (start, end, *_) in DATES.items():
        days = {
            "event_start": start and date.fromisoformat(start),
            "event_end": end and date.fromisoformat(end),
        }
        world.event(f"date {edtf}", leaflet, event_edtf=None if edtf == "none" else edtf, **days)
    for code, (country, sector, *_) in CODES.items():
        actor = world.actor(f"actor {code}", "organization", country=country, sector=sector, cameo_code=code)
        world.event(f"code {code}", leaflet, [{"actor_id": actor, "text": "they"}])
    for place, (country, admin1, population, *_) in PLACES.items():
        world.place(place, f"place {place}", country=country, admin1=admin1, population=population)
        named = {"place_name": f"place {place}", "place_country": country}
        world.event(f"place {place}", leaflet, place_id=place, **named)
    return world


def gdelt_id(event: str) -> int:
    return int(an_id("event", event)[:15], 16)


def stored_layouts() -> dict[str, list[str]]:
    """The project's own list of the data sets' columns, by view."""
    found: dict[str, list[str]] = {}
    for line in (Path(__file__).parent / "layout_columns.txt").read_text("utf-8").splitlines():
        if line.startswith("["):
            found[line.strip("[]")] = []
        elif not line.startswith("#"):
            list(found.values())[-1].append(line)
    return found
