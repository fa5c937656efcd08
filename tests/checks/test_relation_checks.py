"""Keys, references and offsets are checked over whole tables, counting code points."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from checks.relations import check_relations, rules_of
from checks.result import CheckResult
from warehouse.tables import table

BODY = "A \U0001f469‍\U0001f33e farmer in Łódź met Zoë ‐ e\u0301migré."


@pytest.fixture
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        connection.execute("CREATE TABLE documents (document_id VARCHAR, body VARCHAR)")
        connection.execute("INSERT INTO documents VALUES ('d', ?)", [BODY])
        connection.execute(
            "CREATE TABLE participants (mention_id VARCHAR, document_id VARCHAR, role VARCHAR, position INTEGER, "
            "text VARCHAR, text_start INTEGER, text_end INTEGER)"
        )
        connection.execute("CREATE TABLE event_mentions (mention_id VARCHAR)")
        connection.execute("INSERT INTO event_mentions VALUES ('m')")
        yield connection


def judge(con: duckdb.DuckDBPyConnection) -> dict[str, CheckResult]:
    rules = rules_of(table("participants"), "batch", {"documents", "event_mentions"})
    return {result.expectation: result for result in check_relations(con, rules, "b")}


def add(con: duckdb.DuckDBPyConnection, position: int, text: str, start: int, mention: str = "m") -> None:
    values = [mention, "d", "actor", position, text, start, start + len(text)]
    con.execute("INSERT INTO participants VALUES (?, ?, ?, ?, ?, ?, ?)", values)


def test_every_slice_of_a_hard_text_is_found_where_python_finds_it(con: duckdb.DuckDBPyConnection) -> None:
    for start in range(len(BODY)):
        add(con, start, BODY[start : start + 5], start)
    assert all(result.success for result in judge(con).values())


def test_an_offset_that_is_off_by_one_is_named(con: duckdb.DuckDBPyConnection) -> None:
    add(con, 0, "Zoë", BODY.index("Zoë") + 1)
    result = judge(con)["text_is_in_the_body"]
    assert (result.success, result.unexpected_count) == (False, 1)
    assert result.examples[0].startswith("mention_id=m, role=actor, position=0")


def test_rows_that_do_not_lead_back_to_their_text_are_told_by_their_place_in_the_file(
    con: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    for position, shift in enumerate((0, 1, 0, 2)):
        add(con, position, "Zoë", BODY.index("Zoë") + shift)
    file = tmp_path / "participants.parquet"
    con.sql("FROM participants ORDER BY position DESC").write_parquet(str(file))
    rules = rules_of(table("participants"), "batch", {"documents", "event_mentions"})
    found = {result.expectation: result for result in check_relations(con, rules, "b", file)}
    assert found["text_is_in_the_body"].positions == (0, 2)
    assert found["text_is_in_the_body"].rows == 4
    assert found["unique_key"].positions == ()


def test_a_key_that_comes_twice_and_a_mention_that_is_not_there_are_named(
    con: duckdb.DuckDBPyConnection,
) -> None:
    add(con, 0, "A", 0)
    add(con, 0, "A", 0)
    add(con, 1, "A", 0, mention="gone")
    results = judge(con)
    assert results["unique_key"].examples == ("mention_id=m, role=actor, position=0, rows=2",)
    assert results["mention_id_is_in_event_mentions"].unexpected_count == 1


def test_a_rule_over_a_missing_table_is_not_evaluated_and_blocks(con: duckdb.DuckDBPyConnection) -> None:
    con.execute("DROP TABLE documents")
    result = judge(con)["text_is_in_the_body"]
    assert result.blocks
    assert result.error is not None


def test_evidence_for_another_event_than_the_mentions_is_named_and_so_is_evidence_that_is_missing(
    con: duckdb.DuckDBPyConnection,
) -> None:
    con.execute(
        "CREATE TABLE mention_events AS SELECT * FROM (VALUES ('m', 'e'), ('n', 'e')) AS t(mention_id, event_id)"
    )
    con.execute("CREATE TABLE event_evidence AS SELECT * FROM mention_events")
    rules = [
        rule
        for rule in rules_of(table("event_evidence"), "register", set())
        if rule.name.startswith("evidence")
    ]
    assert [result.success for result in check_relations(con, rules)] == [True]
    con.execute("UPDATE event_evidence SET event_id = 'other' WHERE mention_id = 'm'")
    con.execute("DELETE FROM event_evidence WHERE mention_id = 'n'")
    (result,) = check_relations(con, rules)
    assert result.blocks
    assert result.examples == (
        "mention_id=m, told=e, explained=other",
        "mention_id=n, told=e, explained=None",
    )


def test_the_published_evidence_is_held_against_the_published_mentions() -> None:
    with duckdb.connect() as con:
        con.execute("CREATE TABLE event_mentions AS SELECT 'm' AS mention_id, 'e' AS event_id")
        con.execute("CREATE TABLE event_evidence AS SELECT 'm' AS mention_id, 'other' AS event_id")
        rules = [
            rule
            for rule in rules_of(table("event_evidence"), "published", set())
            if rule.name.startswith("evidence")
        ]
        assert [result.unexpected_count for result in check_relations(con, rules)] == [1]
