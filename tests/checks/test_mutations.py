"""Every rule that is declared catches what is planted for it, under its own name and severity."""

from __future__ import annotations

import mutations
import pytest
from valid_rows import valid_row, world

from checks.expectations import expected_of
from checks.relations import check_relations, rules_of
from checks.rules import RULES, Over
from checks.suite import check_rows
from warehouse.tables import TABLES
from warehouse.tables.arrow import rows_to_arrow


@pytest.fixture(scope="module")
def cases() -> list[mutations.Case]:
    return mutations.all_cases()


def test_every_rule_catches_what_is_planted_for_it(cases: list[mutations.Case]) -> None:
    assert [case for case in cases if not case.caught] == []


def test_no_declared_rule_is_left_out(cases: list[mutations.Case]) -> None:
    broken = {(case.table, case.column, case.rule) for case in cases}
    of_rows = {
        (table.name, expected.reported_column, expected.name)
        for table in TABLES.values()
        for expected in expected_of(table)
    }
    assert of_rows <= broken
    assert {(rule.table, None, rule.name) for rule in RULES} <= broken
    assert {
        (table.name, None, f"{column.name}_is_in_{column.references.partition('.')[0]}")
        for table in TABLES.values()
        for column in table.stored
        if column.references
    } <= broken
    assert {(table.name, None, "unique_key") for table in TABLES.values() if table.key} <= broken


def test_every_rule_says_why_it_exists(cases: list[mutations.Case]) -> None:
    assert [case for case in cases if len(case.reason.split()) < 3] == []


def test_the_page_about_rules_is_what_the_rules_are(cases: list[mutations.Case]) -> None:
    assert mutations.PAGE.read_text(encoding="utf-8") == mutations.page(cases), "run `make docs`"


@pytest.mark.parametrize("over", mutations.OVERS)
def test_the_world_that_rules_are_broken_in_keeps_all_of_them(over: Over) -> None:
    with world(over) as con:
        for table in TABLES.values():
            for rule in rules_of(table, over, TABLES):
                if mutations._is_judged(rule):
                    (result,) = check_relations(con, [rule])
                    assert result.success, result.sentence()


def test_its_rows_keep_every_rule_of_their_own() -> None:
    table = TABLES["event_mentions"]
    assert all(result.success for result in check_rows(table, [rows_to_arrow(table, [valid_row(table)])]))
