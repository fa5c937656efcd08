"""The views in the column layouts of GDELT 2.0 and POLECAT, over a small published file."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pytest

from warehouse import published, reader
from warehouse.home import open_home
from warehouse.overlay import Overlay
from warehouse.tables import TABLES, dictionary, table
from warehouse.tables.arrow import empty, full_schema, rows_to_arrow
from warehouse.tables.ddl import SQL_TYPES, create, quoted
from warehouse.tables.operations import QUALITY_RESULTS, RUNS

Row = dict[str, Any]
VIEWS = ("gdelt_events", "gdelt_mentions", "polecat_events")
LAYOUTS = Path(__file__).parents[3] / "shared" / "reference" / "layouts.json"
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
        published.build(overlay, target, {"runs": empty(RUNS), "quality_results": empty(QUALITY_RESULTS)})
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


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small_world().publish(tmp_path_factory.mktemp("layouts") / "home")


@pytest.fixture
def con(file: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with reader.connect(file) as connection:
        yield connection


def gdelt_id(event: str) -> int:
    return int(an_id("event", event)[:15], 16)


def one(con: duckdb.DuckDBPyConnection, view: str, event: str) -> Row:
    key, value = (
        ("Event ID", an_id("event", event))
        if view.startswith("polecat")
        else ("GLOBALEVENTID", gdelt_id(event))
    )
    found = con.execute(f'SELECT * FROM {view} WHERE "{key}" = ?', [value]).to_arrow_table().to_pylist()
    assert len(found) == 1
    return found[0]


def mentions(con: duckdb.DuckDBPyConnection, event: str) -> list[Row]:
    query = 'SELECT * FROM gdelt_mentions WHERE "GLOBALEVENTID" = ? ORDER BY "SentenceID"'
    return con.execute(query, [gdelt_id(event)]).to_arrow_table().to_pylist()


@pytest.mark.skipif(not LAYOUTS.exists(), reason="the lists of column names lie outside the project")
def test_columns_are_those_of_the_data_sets() -> None:
    layouts = json.loads(LAYOUTS.read_text(encoding="utf-8"))
    assert {name: [c.name for c in table(name).columns] for name in VIEWS} == layouts


def stored_layouts() -> dict[str, list[str]]:
    """The project's own list of the data sets' columns, by view."""
    found: dict[str, list[str]] = {}
    for line in (Path(__file__).parent / "layout_columns.txt").read_text("utf-8").splitlines():
        if line.startswith("["):
            found[line.strip("[]")] = []
        elif not line.startswith("#"):
            list(found.values())[-1].append(line)
    return found


def test_columns_are_those_of_our_own_list() -> None:
    assert {name: [c.name for c in table(name).columns] for name in VIEWS} == stored_layouts()


@pytest.mark.parametrize(
    ("view", "width"), [("gdelt_events", 61), ("gdelt_mentions", 16), ("polecat_events", 40)]
)
def test_views_have_the_declared_columns_and_types(
    con: duckdb.DuckDBPyConnection, view: str, width: int
) -> None:
    found = [row[:2] for row in con.execute(f"DESCRIBE {view}").fetchall()]
    assert found == [(c.name, SQL_TYPES["duckdb"][c.type]) for c in table(view).columns]
    assert len(found) == width


@pytest.mark.parametrize("view", VIEWS)
def test_views_and_all_their_columns_carry_comments(con: duckdb.DuckDBPyConnection, view: str) -> None:
    relation = con.execute("SELECT comment FROM duckdb_views() WHERE view_name = ?", [view]).fetchone()
    assert relation and f"One row: {table(view).row}." in relation[0]
    comments = con.execute("SELECT comment FROM duckdb_columns() WHERE table_name = ?", [view]).fetchall()
    assert len(comments) == len(table(view).columns)
    assert all(comment for (comment,) in comments)


@pytest.mark.parametrize("view", VIEWS)
def test_rows_keep_what_the_columns_declare(con: duckdb.DuckDBPyConnection, view: str) -> None:
    declared = table(view)
    rows = con.execute(f"SELECT * FROM {view}").to_arrow_table()
    assert rows.num_rows
    for column in declared.columns:
        values = rows.column(column.name).to_pylist()
        known = [value for value in values if value is not None]
        assert len(known) == len(values) or not column.required, column.name
        assert not column.allowed or set(known) <= set(column.allowed), column.name
        assert column.minimum is None or all(value >= column.minimum for value in known), column.name
        assert column.maximum is None or all(value <= column.maximum for value in known), column.name
        assert column.pattern is None or all(re.fullmatch(column.pattern, v) for v in known), column.name
    if declared.key:
        keys = [
            tuple(row[name] for name in declared.key) for row in rows.select(list(declared.key)).to_pylist()
        ]
        assert len(set(keys)) == len(keys)


@pytest.mark.parametrize("view", VIEWS)
def test_what_is_derived_from_declarations_copes_with_the_views(view: str) -> None:
    declared = table(view)
    assert full_schema(declared).names == [column.name for column in declared.columns]
    markdown = dictionary.markdown([declared])
    assert all(f"| `{column.name}` |" in markdown for column in declared.columns)
    with duckdb.connect() as memory:
        memory.execute(create(declared))
        assert len(memory.execute(f"DESCRIBE {view}").fetchall()) == len(declared.columns)


def test_events_that_did_not_happen_are_in_no_layout(con: duckdb.DuckDBPyConnection) -> None:
    gdelt = {row[0] for row in con.execute('SELECT "GLOBALEVENTID" FROM gdelt_events').fetchall()}
    told = {row[0] for row in con.execute('SELECT "GLOBALEVENTID" FROM gdelt_mentions').fetchall()}
    polecat = {row[0] for row in con.execute('SELECT "Event ID" FROM polecat_events').fetchall()}
    for status in ("hypothetical", "denied"):
        assert gdelt_id(status) not in gdelt | told
        assert an_id("event", status) not in polecat
    assert gdelt_id("planned") in gdelt
    assert gdelt == told == {int(event[:15], 16) for event in polecat}


@pytest.mark.parametrize("edtf", DATES)
def test_dates_are_as_exact_as_the_text(con: duckdb.DuckDBPyConnection, edtf: str) -> None:
    row = one(con, "gdelt_events", f"date {edtf}")
    start, _, *expected = DATES[edtf]
    assert [row["SQLDATE"], row["MonthYear"], row["Year"], row["FractionDate"]] == expected
    day = one(con, "polecat_events", f"date {edtf}")["Event Date"]
    assert day == (date.fromisoformat(start) if start and expected[0] else None)


@pytest.mark.parametrize("code", CODES)
def test_actor_codes_are_split_into_country_group_and_roles(
    con: duckdb.DuckDBPyConnection, code: str
) -> None:
    row = one(con, "gdelt_events", f"code {code}")
    country, _, *expected = CODES[code]
    assert (row["Actor1Code"], row["Actor1CountryCode"]) == (code, country)
    parts = ("KnownGroupCode", "Type1Code", "Type2Code", "Type3Code")
    assert [row[f"Actor1{part}"] for part in parts] == expected


@pytest.mark.parametrize("place", PLACES)
def test_places_have_the_kind_that_their_facts_show(con: duckdb.DuckDBPyConnection, place: str) -> None:
    *_, kind, adm1, is_city, is_province = PLACES[place]
    row = one(con, "gdelt_events", f"place {place}")
    assert (row["ActionGeo_Type"], row["ActionGeo_ADM1Code"], row["ActionGeo_FeatureID"]) == (
        kind,
        adm1,
        place,
    )
    row = one(con, "polecat_events", f"place {place}")
    assert (row["City"] is not None, row["Province"] is not None) == (is_city, is_province)
    assert row["GeoNames ID"] == (int(place) if place.isdigit() else None)


def test_an_event_without_a_place_has_no_place(con: duckdb.DuckDBPyConnection) -> None:
    row = one(con, "gdelt_events", "buried")
    assert row["ActionGeo_Type"] == 0
    assert not any(row[name] for name in row if name.startswith("ActionGeo_") and name != "ActionGeo_Type")


def test_a_visit_is_told_in_full(con: duckdb.DuckDBPyConnection) -> None:
    row = one(con, "gdelt_events", "visit")
    expected = {
        "SQLDATE": 20240504, "Actor1Code": "ESTGOV", "Actor1Name": "ILMA TORV", "Actor2Code": "NOR",
        "Actor2CountryCode": "NOR", "Actor2Type1Code": None, "EventCode": "042", "EventBaseCode": "042",
        "EventRootCode": "04", "QuadClass": 1, "GoldsteinScale": 4.0, "IsRootEvent": 1,
        "ActionGeo_FullName": "Oslo", "ActionGeo_Type": 4, "ActionGeo_Lat": 59.9,
        "DATEADDED": 20240506070809, "SOURCEURL": "https://paper.example/a",
    }  # fmt: skip
    assert {name: row[name] for name in expected} == expected
    assert one(con, "gdelt_events", "buried")["IsRootEvent"] == 0


def test_what_is_not_coded_is_null_everywhere(con: duckdb.DuckDBPyConnection) -> None:
    for view in VIEWS:
        never = [c.name for c in table(view).columns if c.description.startswith("Always NULL")]
        assert never
        counts = ", ".join(f"count({quoted(name)})" for name in never)
        counted = con.execute(f"SELECT {counts} FROM {view}").fetchone()
        assert counted == (0,) * len(never)


def test_mentions_lead_back_to_the_text(con: duckdb.DuckDBPyConnection) -> None:
    first, second = mentions(con, "visit")
    expected = {
        "EventTimeDate": 20240506070809, "MentionTimeDate": 20240506070809, "MentionType": 1,
        "MentionSourceName": "paper.example", "MentionIdentifier": "https://paper.example/a", "SentenceID": 3,
        "Actor1CharOffset": 11, "Actor2CharOffset": 40, "ActionCharOffset": 16, "InRawText": 1, "Confidence": 90,
        "MentionDocLen": 11,
    }  # fmt: skip
    assert {name: first[name] for name in expected} == expected
    expected = {
        "EventTimeDate": 20240506070809, "MentionTimeDate": 20240507010203, "MentionType": 2,
        "MentionSourceName": None, "MentionIdentifier": "in/leaflet.txt", "SentenceID": 4, "Actor1CharOffset": 3,
        "Actor2CharOffset": -1, "ActionCharOffset": 8, "Confidence": 40, "MentionDocLen": 13,
    }  # fmt: skip
    assert {name: second[name] for name in expected} == expected


def test_stamps_do_not_depend_on_where_the_reader_sits(file: Path) -> None:
    with duckdb.connect(str(file), read_only=True) as con:
        con.execute("SET TimeZone = 'Pacific/Kiritimati'")
        assert one(con, "gdelt_events", "visit")["DATEADDED"] == 20240506070809
        assert mentions(con, "visit")[1]["MentionTimeDate"] == 20240507010203


def test_polecat_lists_run_side_by_side(con: duckdb.DuckDBPyConnection) -> None:
    row = one(con, "polecat_events", "visit")
    expected = {
        "Event Date": date(2024, 5, 4), "Event Type": "CONSULT", "Event Mode": "visit", "Intensity": 4.0,
        "Quad Code": "VERBAL COOPERATION", "Contexts": "diplomatic; executive",
        "Actor Name": "Ilma Torv; Piet Vos", "Actor Country": "EST; None", "Primary Actor Sector": "GOV",
        "Actor Sectors": "GOV; None", "Actor Title": "Foreign Minister; None", "Actor Name Raw": "Torv; Piet Vos",
        "Recipient Name": "Norway; Nordic Council", "Recipient Country": "NOR; None",
        "Primary Recipient Sector": None, "Recipient Sectors": "None; IGO", "Recipient Title": None,
        "Placename": "Oslo", "City": "Oslo", "Country": "NOR", "GeoNames ID": 3143244, "Source": "The Paper",
        "Publication Date": date(2024, 5, 5), "Story People": "Ilma Torv; Piet Vos",
        "Story Organizations": "Nordic Council", "Story Locations": "Oslo", "Language": "en", "Version": "1",
    }  # fmt: skip
    assert {name: row[name] for name in expected} == expected


def test_polecat_cells_are_null_where_nothing_is_known(con: duckdb.DuckDBPyConnection) -> None:
    row = one(con, "polecat_events", "buried")
    assert row["Actor Name"] == "Piet Vos"
    unknown = (
        "Actor Country",
        "Actor Sectors",
        "Actor Title",
        "Recipient Name",
        "Recipient Country",
        "Placename",
    )
    assert [row[name] for name in unknown] == [None] * len(unknown)


# The codebook's types; whatever is in neither list is text.
WHOLE = {
    "GLOBALEVENTID", "SQLDATE", "MonthYear", "Year", "IsRootEvent", "QuadClass", "NumMentions", "NumSources",
    "NumArticles", "Actor1Geo_Type", "Actor2Geo_Type", "ActionGeo_Type", "DATEADDED", "EventTimeDate",
    "MentionTimeDate", "MentionType", "SentenceID", "Actor1CharOffset", "Actor2CharOffset", "ActionCharOffset",
    "InRawText", "Confidence", "MentionDocLen",
}  # fmt: skip
REAL = {
    "FractionDate", "GoldsteinScale", "AvgTone", "Actor1Geo_Lat", "Actor1Geo_Long", "Actor2Geo_Lat",
    "Actor2Geo_Long", "ActionGeo_Lat", "ActionGeo_Long", "MentionDocTone",
}  # fmt: skip


def load_gdelt(path: Path, names: Sequence[str]) -> pd.DataFrame:
    """Read a file as GDELT publishes it: tabs, no header, no quotes, the codebook's types."""
    types = {name: "Int64" if name in WHOLE else "float64" if name in REAL else "string" for name in names}
    return pd.read_csv(
        path, sep="\t", header=None, names=list(names), dtype=types, quoting=csv.QUOTE_NONE,
        keep_default_na=False, na_values=[""], encoding="utf-8",
    )  # fmt: skip


@pytest.mark.parametrize("view", ["gdelt_events", "gdelt_mentions"])
def test_a_loader_for_gdelt_files_reads_an_export(file: Path, tmp_path: Path, view: str) -> None:
    path = tmp_path / f"{view}.CSV"
    with duckdb.connect(str(file), read_only=True) as con:
        con.execute(f"COPY (FROM {view}) TO '{path}' (FORMAT csv, DELIMITER '\t', HEADER false, QUOTE '')")
        rows = con.execute(f"SELECT * FROM {view}").to_arrow_table().to_pylist()
    with path.open(encoding="utf-8") as lines:
        assert {len(line.rstrip("\n").split("\t")) for line in lines} == {len(table(view).columns)}
    frame = load_gdelt(path, [column.name for column in TABLES[view].columns])
    read = frame.astype(object).where(frame.notna(), None).to_dict("records")
    assert read == rows


def test_codes_keep_their_leading_zeros_in_an_export(file: Path, tmp_path: Path) -> None:
    path = tmp_path / "events.CSV"
    with duckdb.connect(str(file), read_only=True) as con:
        con.execute(
            f"COPY (FROM gdelt_events) TO '{path}' (FORMAT csv, DELIMITER '\t', HEADER false, QUOTE '')"
        )
    frame = load_gdelt(path, [column.name for column in TABLES["gdelt_events"].columns])
    assert set(frame["EventRootCode"]) == {"04"}
    assert set(frame["GLOBALEVENTID"]) >= {gdelt_id("visit"), gdelt_id("planned")}


@pytest.mark.parametrize("view", ["gdelt_events", "gdelt_mentions"])
def test_a_loader_for_gdelt_files_reads_what_the_sql_command_writes(
    file: Path, tmp_path: Path, view: str
) -> None:
    from assets.cli.sql import sql_command

    path = tmp_path / "20240506000000.export.CSV"
    sql_command(f"FROM {view}", format_="tsv", output=path, home=file.parent, header=False)
    with duckdb.connect(str(file), read_only=True) as con:
        rows = con.execute(f"SELECT * FROM {view}").to_arrow_table().to_pylist()
    frame = load_gdelt(path, stored_layouts()[view])
    assert frame.astype(object).where(frame.notna(), None).to_dict("records") == rows


def test_a_loader_for_polecat_files_reads_what_the_sql_command_writes(file: Path, tmp_path: Path) -> None:
    from assets.cli.sql import sql_command

    path = tmp_path / "polecat.tsv"
    sql_command("FROM polecat_events", format_=None, output=path, home=file.parent)
    frame = pd.read_csv(path, sep="\t", dtype="string", quoting=csv.QUOTE_NONE)
    assert list(frame.columns) == stored_layouts()["polecat_events"]
    assert set(frame["Event Type"]) == {"CONSULT"}
