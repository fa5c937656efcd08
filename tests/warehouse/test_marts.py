"""The marts count what they say they count, over a few made-up events."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from hashlib import sha256
from typing import Any

import duckdb
import pytest

from warehouse.published import mart_sql
from warehouse.tables import TABLES, Table, of_stage, table
from warehouse.tables.ddl import create, quoted

EMPTY_HERE = ("agreement_timeline", "quarantine", "batch_profiles")
MARTS = [declared for declared in of_stage("publish") if declared.relation == "table"]
Row = dict[str, Any]


def an_id(*parts: object) -> str:
    return sha256(repr(parts).encode()).hexdigest()[:20]


def add(con: duckdb.DuckDBPyConnection, name: str, /, **values: Any) -> None:
    """A row with the values, NULL where that is allowed, something harmless elsewhere."""
    row = [values.get(column.name, default_of(column)) for column in table(name).columns]
    con.execute(f"INSERT INTO {name} VALUES ({', '.join('?' * len(row))})", row)


def default_of(column: Any) -> Any:
    if not column.required:
        return None
    if column.allowed:
        return column.allowed[0]
    return "x" if column.type == "string" else column.minimum or 0


def event(con: duckdb.DuckDBPyConnection, name: str, *parties: str, **values: Any) -> None:
    """An event told once; a party is ``Ana@NOR`` for an actor and ``>Bor@CHL`` for a recipient."""
    mention, identity = an_id("mention", name), an_id("event", name)
    start = values.get("event_start")
    shared = {"event_type": "CONSULT", "quad_class": 1, "intensity": 2.0, "event_end": start, **values}
    planned = shared.pop("fulfils", None)
    add(
        con, "events", event_id=identity, lead_mention_id=mention, story_count=1,
        planned_event_id=an_id("event", planned) if planned else None, **shared,
    )  # fmt: skip
    add(con, "event_mentions", mention_id=mention, event_id=identity, event_type=shared["event_type"])
    for position, party in enumerate(parties):
        role = "recipient" if party.startswith(">") else "actor"
        person, _, land = party.lstrip(">").partition("@")
        actor = an_id("actor", person)
        add(
            con, "participants", mention_id=mention, role=role, position=position, actor_id=actor,
            country=land or None, title="Minister" if person == "Ana" else None,
        )  # fmt: skip
        if not con.execute("SELECT 1 FROM actors WHERE actor_id = ?", [actor]).fetchone():
            add(con, "actors", actor_id=actor, name=person, kind="person", country=land or None)


@pytest.fixture(scope="module")
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as made:
        for declared in TABLES.values():  # some marts read tables that only the lake has
            if declared.relation == "table":
                made.execute(create(declared))
        fill(made)
        for mart in MARTS:
            names = ", ".join(quoted(column.name) for column in mart.columns)
            made.execute(f"INSERT INTO {mart.name} SELECT {names} FROM ({mart_sql(mart)})")
        yield made


def fill(con: duckdb.DuckDBPyConnection) -> None:
    add(con, "documents", document_id=an_id("d"), published_on=date(2024, 12, 31))
    event(con, "talks", "Ana@NOR", "Bor@CHL", event_start=date(2024, 1, 10))
    event(
        con, "aid", "Ana@NOR", ">Bor@CHL", event_type="AID", quad_class=2, intensity=8.0,
        event_start=date(2024, 2, 20),
    )  # fmt: skip
    event(
        con, "threat", "Bor@CHL", ">Ana@NOR", event_type="THREATEN", quad_class=3, intensity=-4.0,
        event_start=date(2024, 9, 1),
    )  # fmt: skip
    event(con, "denied", "Ana@NOR", ">Bor@CHL", status="denied", event_start=date(2024, 3, 1))
    event(con, "undated", "Ana@NOR", "Bor@CHL")
    event(con, "visit planned", "Ana@NOR", ">Bor@CHL", status="planned", event_start=date(2024, 5, 5))
    event(con, "visit held", "Ana@NOR", ">Bor@CHL", fulfils="visit planned", event_start=date(2025, 5, 6))
    event(con, "plan forgotten", "Cyd@KEN", ">Dan@FJI", status="planned", event_start=date(2024, 6, 1))
    event(con, "plan ahead", "Cyd@KEN", ">Dan@FJI", status="planned", event_start=date(2025, 6, 1))
    event(con, "plan some day", "Cyd@KEN", ">Dan@FJI", status="planned")
    event(con, "at home", "Eve@PER", "Fay@PER", event_start=date(2024, 1, 1))


def rows(con: duckdb.DuckDBPyConnection, query: str) -> list[tuple[Any, ...]]:
    return con.execute(query).fetchall()


@pytest.mark.parametrize("mart", MARTS, ids=lambda mart: mart.name)
def test_every_mart_keeps_its_key_its_rules_and_its_values(
    con: duckdb.DuckDBPyConnection, mart: Table
) -> None:
    found = rows(con, f"SELECT count(*), count(DISTINCT ({', '.join(mart.key)})) FROM {mart.name}")[0]
    assert found[0] == found[1]
    assert found[0] or mart.name in EMPTY_HERE
    for rule in mart.rules:
        assert not rows(con, f"SELECT * FROM {mart.name} WHERE NOT ({rule.sql})"), rule.name
    for column in mart.columns:
        values = {value for (value,) in rows(con, f"SELECT {column.name} FROM {mart.name}")}
        assert not column.allowed or values <= {*column.allowed}, column.name


def test_a_month_of_plans_alone_has_a_row(con: duckdb.DuckDBPyConnection) -> None:
    query = "SELECT month, event_count, planned_count, mean_intensity, story_count FROM dyad_months WHERE country_a = "
    assert rows(con, query + "'FJI' ORDER BY month") == [
        (date(2024, 6, 1), 0, 1, None, 0),
        (date(2025, 6, 1), 0, 1, None, 0),
    ]


def test_direction_is_who_did_it_to_whom(con: duckdb.DuckDBPyConnection) -> None:
    for name, direction in (("talks", "together"), ("aid", "b to a"), ("threat", "a to b")):
        query = f"SELECT country_a, country_b, direction FROM event_dyads WHERE event_id = '{an_id('event', name)}'"
        assert rows(con, query) == [("CHL", "NOR", direction)]


def test_the_balance_runs_from_quarrel_to_cooperation(con: duckdb.DuckDBPyConnection) -> None:
    query = (
        "SELECT year, cooperation, conflict, balance, a_to_b, b_to_a FROM dyad_years WHERE country_a = 'CHL'"
    )
    assert rows(con, query + " ORDER BY year") == [(2024, 2, 1, 0.3333, 1, 1), (2025, 1, 0, 1.0, 0, 1)]


def test_denied_and_planned_events_are_no_contacts(con: duckdb.DuckDBPyConnection) -> None:
    query = "SELECT country_a, first_on, last_on, last_conflict_on, event_count, longest_silence FROM dyad_contacts"
    silence = (date(2025, 5, 6) - date(2024, 9, 1)).days
    assert rows(con, query) == [("CHL", date(2024, 1, 10), date(2025, 5, 6), date(2024, 9, 1), 4, silence)]


def test_intensity_rolls_over_months_without_events(con: duckdb.DuckDBPyConnection) -> None:
    query = "SELECT month, mean_intensity, intensity_3_months, intensity_12_months FROM dyad_intensity ORDER BY month"
    assert rows(con, query) == [
        (date(2024, 1, 1), 2.0, 2.0, 2.0),
        (date(2024, 2, 1), 8.0, 5.0, 5.0),
        (date(2024, 9, 1), -4.0, -4.0, 2.0),
        (date(2025, 5, 1), 2.0, 2.0, -1.0),
    ]


def test_meetings_are_of_different_countries_or_sides(con: duckdb.DuckDBPyConnection) -> None:
    titled = (
        f"SELECT CASE WHEN actor_a = 'Ana' THEN title_a ELSE title_b END FROM meetings "
        f"WHERE event_id = '{an_id('event', 'talks')}'"
    )
    assert rows(con, titled) == [("Minister",)]
    assert rows(con, f"SELECT * FROM meetings WHERE event_id = '{an_id('event', 'at home')}'") == []
    assert rows(con, "SELECT * FROM meetings WHERE status NOT IN ('occurred', 'ongoing', 'planned')") == []


def test_edges_lead_from_actor_to_recipient(con: duckdb.DuckDBPyConnection) -> None:
    query = "SELECT source, target, direction, event_count, cooperation, conflict FROM network_edges"
    found = {row for row in rows(con, query) if "Eve" not in row[:2]}
    together = tuple(sorted(("Ana", "Bor"), key=lambda name: an_id("actor", name)))
    assert found == {
        ("Ana", "Bor", "towards", 2, 2, 0),
        ("Bor", "Ana", "towards", 1, 0, 1),
        (*together, "together", 2, 2, 0),
    }


def test_plans_are_held_forgotten_ahead_or_undated(con: duckdb.DuckDBPyConnection) -> None:
    found = dict(rows(con, "SELECT event_id, outcome FROM planned_events"))
    wanted = {
        "visit planned": "held",
        "plan forgotten": "not reported",
        "plan ahead": "ahead",
        "plan some day": "undated",
    }
    assert found == {an_id("event", name): outcome for name, outcome in wanted.items()}
    held = rows(con, "SELECT held_event_id, held_on FROM planned_events WHERE outcome = 'held'")
    assert held == [(an_id("event", "visit held"), date(2025, 5, 6))]
