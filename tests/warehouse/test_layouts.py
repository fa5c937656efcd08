"""The views in the column layouts of GDELT 2.0 and POLECAT, over a small published file."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import duckdb
import pytest
from layout_world import CODES, DATES, PLACES, Row, an_id, gdelt_id, small_world, stored_layouts

from warehouse import reader
from warehouse.tables import dictionary, table
from warehouse.tables.arrow import full_schema
from warehouse.tables.ddl import SQL_TYPES, create, quoted

VIEWS = ("gdelt_events", "gdelt_mentions", "polecat_events")
LAYOUTS = Path(__file__).parents[3] / "shared" / "reference" / "layouts.json"


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small_world().publish(tmp_path_factory.mktemp("layouts") / "home")


@pytest.fixture
def con(file: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with reader.connect(file) as connection:
        yield connection


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
