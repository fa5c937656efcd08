"""Breaking every declared rule in turn, in rows that keep all of them, and seeing which rules say so.

``python tests/checks/mutations.py --write`` writes what came of it to ``docs/quality-rules.md``.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import drift_world
import duckdb
import pyarrow as pa
from valid_rows import DAY, Row, made_id, valid_row, world

from checks import drift
from checks.audit import audit_batch, audit_register
from checks.expectations import Expected, expected_of
from checks.relations import check_relations, rules_of
from checks.result import CheckResult
from checks.rules import Over, RelationRule
from checks.schema import check_schema
from checks.suite import check_rows
from warehouse.home import open_home
from warehouse.overlay import Overlay
from warehouse.tables import TABLES, Table
from warehouse.tables.arrow import rows_to_arrow, stored_schema
from warehouse.tables.ddl import literal, quoted

PAGE = Path(__file__).parents[2] / "docs" / "quality-rules.md"
GONE = literal(made_id("nowhere"))
EARLIER = date(2023, 1, 1)
OVERS: tuple[Over, ...] = ("batch", "register", "published")


@dataclass(frozen=True, slots=True)
class Case:
    """One rule, what was done to break it, and whether it said so with its severity, having been silent before.

    ``others`` are further rules that the same change broke.
    """

    table: str
    kind: str
    rule: str
    column: str | None
    severity: str
    reason: str
    done: str
    caught: bool
    others: tuple[str, ...] = ()


ROW_RULES: dict[tuple[str, str], Row] = {
    ("inputs", "rejected_has_a_reason"): {"outcome": "rejected"},
    ("inputs", "accepted_has_a_document"): {"document_id": None},
    ("documents", "body_is_not_blank"): {"body": "   "},
    ("documents", "published_is_a_plausible_day"): {"published_on": date(2999, 1, 1)},
    ("documents", "language_is_known"): {"language": None},
    ("story_pairs", "texts_are_in_order"): {"first_text": 3},
    ("event_mentions", "sentence_length_fits_its_offsets"): {"sentence": "Ana met Bo"},
    ("event_mentions", "trigger_lies_in_its_sentence"): {"trigger_end": 12},
    ("event_mentions", "dates_are_in_order"): {"event_start": DAY, "event_end": EARLIER},
    ("event_mentions", "no_made_up_year"): {"event_edtf": "XXXX-01-02", "event_start": DAY, "event_end": DAY},
    ("participants", "text_length_fits_its_offsets"): {"text_end": 4},
    ("events", "dates_are_in_order"): {"event_start": DAY, "event_end": EARLIER},
    ("events", "stories_do_not_exceed_documents"): {"story_count": 2},
    ("event_evidence", "only_the_first_report_stands_alone"): {"rule": "copy"},
    ("offices", "span_is_in_order"): {"first_on": DAY, "last_on": EARLIER},
    ("offices", "nobody_succeeds_themselves"): {"successor_id": made_id("actor_id")},
    ("agreements", "period_is_in_order"): {"period_start": DAY, "period_end": EARLIER},
    ("agreement_history", "dates_are_in_order"): {"status_start": DAY, "status_end": EARLIER},
    ("dyad_months", "classes_add_up"): {"event_count": 1},
    ("dyad_years", "sides_add_up"): {"event_count": 2},
    ("dyad_contacts", "first_is_not_after_last"): {"last_on": EARLIER},
    ("dyad_intensity", "longer_windows_hold_more"): {"event_count": 2},
    ("network_edges", "sides_add_up"): {"event_count": 2},
    ("batch_profiles", "inputs_add_up"): {"inputs": 2},
}
_ANOTHER_LINE = "INSERT INTO {0} BY NAME SELECT * REPLACE (7 AS line, 9 AS documents) FROM {0}"
_ASIDE_AND_THERE = "UPDATE {} SET document_id = (SELECT min(document_id) FROM {})"
RELATIONS: dict[tuple[str, str], str] = {
    ("site_lines", "no_line_is_in_more_documents_than_its_site_has"): _ANOTHER_LINE.format("site_lines"),
    ("shared_lines", "no_line_is_in_more_documents_than_its_site_has"): _ANOTHER_LINE.format("shared_lines"),
    ("raw_documents", "accepted_inputs_have_raw_text"): "DELETE FROM raw_documents",
    ("raw_documents", "raw_text_was_accepted"): "UPDATE inputs SET outcome = 'duplicate'",
    ("documents", "every_raw_text_is_accounted_for"): "DELETE FROM documents",
    ("documents", "document_comes_from_a_raw_text"): "DELETE FROM raw_documents",
    ("document_signatures", "every_document_has_a_signature"): "DELETE FROM document_signatures",
    ("cleaning_rejections", "not_both_cleaned_and_rejected"): _ASIDE_AND_THERE.format("cleaning_rejections", "documents"),
    ("event_mentions", "sentence_is_in_the_body"): "UPDATE event_mentions SET sentence = 'Ana met Bob'",
    ("event_mentions", "trigger_is_in_the_body"): "UPDATE event_mentions SET trigger = 'mat'",
    ("participants", "text_is_in_the_body"): "UPDATE participants SET text_start = 1, text_end = 4",
    ("agreement_mentions", "text_is_in_the_body"): "UPDATE agreement_mentions SET text_start = 1, text_end = 4",
    ("quarantined_texts", "what_is_set_aside_is_nowhere_else"): _ASIDE_AND_THERE.format(
        "quarantined_texts", "raw_documents"
    ),
    ("quarantined_documents", "what_is_set_aside_is_nowhere_else"): _ASIDE_AND_THERE.format(
        "quarantined_documents", "documents"
    ),
    ("event_evidence", "evidence_is_for_the_event_of_its_mention"): f"UPDATE event_evidence SET event_id = {GONE}",
    ("mention_events", "every_mention_has_an_event"): "DELETE FROM mention_events",
    ("participant_actors", "every_participant_has_an_actor"): "DELETE FROM participant_actors",
    ("document_stories", "every_document_has_a_story"): "DELETE FROM document_stories",
    ("document_stories", "a_story_has_one_lead"): "UPDATE document_stories SET is_story_lead = false",
    ("events", "events_count_their_mentions"): "UPDATE events SET mention_count = 2",
    ("inputs", "ledger_accounts_for_every_document"): "UPDATE inputs SET outcome = 'duplicate' WHERE outcome = 'accepted'",
    ("inputs", "ledger_leads_to_documents"): f"UPDATE inputs SET document_id = {GONE} WHERE outcome = 'accepted'",
}  # fmt: skip


def all_cases() -> list[Case]:
    """Every rule of every table, broken once."""
    cases = [*_schemas(), *_missing_files(), *_rows(), *_relations(), *_drift()]
    order = {name: number for number, name in enumerate(TABLES)}
    return sorted(cases, key=lambda case: order[case.table])


def _schemas() -> Iterator[Case]:
    """Each column left out, and each given another type, in turn."""
    for table in TABLES.values():
        schema = stored_schema(table)
        changed = [pa.schema([field for field in schema if field.name != name]) for name in schema.names]
        changed += [
            schema.set(place, pa.field(field.name, pa.binary())) for place, field in enumerate(schema)
        ]
        results = [check_schema(table, one) for one in [schema, *changed]]
        caught = results[0].success and all(result.blocks for result in results[1:])
        yield _case(results[1], f"each of {len(schema)} columns left out, and given another type", caught)


def _missing_files() -> Iterator[Case]:
    with TemporaryDirectory() as folder:
        overlay = Overlay(open_home(Path(folder)), "run")
        for table in TABLES.values():
            if table.stage not in ("publish", "operations"):
                audit = audit_batch(overlay, [table], "b") if table.scope == "batch" else None
                (result,) = audit if audit is not None else audit_register(overlay, [table])
                yield _case(result, "no file written", result.blocks)


def _rows() -> Iterator[Case]:
    """The rules that Great Expectations evaluates: a sound row of each table, and such as each break one rule."""
    for table in TABLES.values():
        expected = expected_of(table)
        broken = [(number, change) for number, one in enumerate(expected) for change in _breaches(table, one)]
        sound = valid_row(table)
        rows = [sound, *(sound | change for _, change in broken)]
        results = check_rows(table, [rows_to_arrow(table, rows)])
        for number, result in enumerate(results):
            places = [place for place, (of, _) in enumerate(broken, start=1) if of == number]
            others = [_name(one) for one in results if one is not result and set(places) & set(one.positions)]
            caught = not result.success and 0 not in result.positions and set(places) <= set(result.positions)
            done = " and ".join(
                f"{name} = {_shown(value)}"
                for place in places
                for name, value in broken[place - 1][1].items()
            )
            yield _case(result, done, caught and result.severity == expected[number].severity, others)


def _breaches(table: Table, expected: Expected) -> list[Row]:
    """Changes that each break a rule; both ends of a range."""
    if expected.reported_column is None:
        return [ROW_RULES[table.name, expected.name]]
    column = table.column(expected.column)
    if expected.name == "not_null":
        return [{column.name: None}]
    if expected.name == "range":
        beyond = [
            bound + step for bound, step in ((column.minimum, -1), (column.maximum, 1)) if bound is not None
        ]
        return [{column.name: int(value)} for value in beyond]
    wrong = "no such word!"
    assert wrong not in column.allowed
    assert not column.pattern or not re.fullmatch(column.pattern, wrong)
    return [{column.name: wrong}]


def _relations() -> Iterator[Case]:
    """The rules in SQL: a change to the tables that all keep them, taken back after each."""
    for over in OVERS:
        with world(over) as con:
            rules = [
                rule
                for table in TABLES.values()
                for rule in rules_of(table, over, TABLES)
                if _is_judged(rule)
            ]
            before = {
                id(rule): result for rule, result in zip(rules, check_relations(con, rules), strict=True)
            }
            for rule in rules:
                done = _change(rule)
                con.execute("BEGIN")
                con.execute(done)
                results = check_relations(con, [one for one in rules if one.table == rule.table])
                con.execute("ROLLBACK")
                (result,) = (one for one in results if one.expectation == rule.name)
                others = [_name(one) for one in results if one is not result and not one.success]
                caught = before[id(rule)].success and not result.success and result.error is None
                where = " (in the published file)" if over == "published" else ""
                yield _case(result, done + where, caught and result.severity == rule.severity, others)


def _is_judged(rule: RelationRule) -> bool:
    """Whether a table is judged over this: a batch's by itself, others over the register, all when published."""
    table = TABLES[rule.table]
    if rule.over == "published":
        return table.published
    in_lake = table.stage not in ("publish", "operations")
    return in_lake and (table.scope == "batch") == (rule.over == "batch")


def _change(rule: RelationRule) -> str:
    table = quoted(rule.table)
    if rule.name == "unique_key":
        return f"INSERT INTO {table} SELECT * FROM {table}"
    if rule.name == "not_empty":
        return f"DELETE FROM {table}"
    if (rule.table, rule.name) in RELATIONS:
        return RELATIONS[rule.table, rule.name]
    (column,) = (
        column
        for column in TABLES[rule.table].columns
        if column.references and rule.name == f"{column.name}_is_in_{column.references.partition('.')[0]}"
    )
    return f"UPDATE {table} SET {quoted(column.name)} = {GONE if column.type == 'string' else '-1'}"


def _drift() -> Iterator[Case]:
    for rule in (*drift.RULES, drift.MIX):
        with duckdb.connect() as con:
            drift_world.prepare(con)
            for number in range(6):
                usual = drift_world.add(con, number)
            before = {result.expectation: result for result in drift.audit_drift(con, [usual])}
            strange = drift_world.add(con, 7, **drift_world.STRANGE.get(rule.name, {}))
            if rule is drift.MIX:
                drift_world.mix(con, 7, drift_world.STRANGE_MIX)
            results = drift.audit_drift(con, [strange])
            (result,) = (one for one in results if one.expectation == rule.name)
            others = [_name(one) for one in results if one is not result and not one.success]
            caught = before[rule.name].success and not result.success and result.severity == "warning"
            yield _case(result, f"after six usual batches one where it is {result.observed}", caught, others)


def _case(result: CheckResult, done: str, caught: bool, others: Any = ()) -> Case:
    said = (
        result.table,
        result.kind,
        result.expectation,
        result.column,
        result.severity,
        result.reason or "",
    )
    return Case(*said, done, caught, tuple(others))


def _name(result: CheckResult) -> str:
    return f"{result.column}: {result.expectation}" if result.column else result.expectation


def _shown(value: object) -> str:
    return "NULL" if value is None else str(value)


def page(cases: list[Case]) -> str:
    """What came of it, for people."""
    caught = sum(case.caught for case in cases)
    lines = [
        "# Every rule, broken once",
        "",
        "Generated by `python tests/checks/mutations.py --write`; do not edit. Rows that keep every rule are changed so",
        "that one rule breaks; *caught* says that it was silent before and spoke after, under its own name and severity.",
        "What else the same change broke is in the last column.",
        "",
        f"**{caught} of {len(cases)} rules caught what was planted for them.**",
        "",
        "| kind | rules | caught | critical | warnings |",
        "|---|---|---|---|---|",
    ]
    for kind in ("schema", "rows", "relations", "drift"):
        some = [case for case in cases if case.kind == kind]
        critical = sum(case.severity == "critical" for case in some)
        lines.append(
            f"| {kind} | {len(some)} | {sum(c.caught for c in some)} | {critical} | {len(some) - critical} |"
        )
    for name in TABLES:
        lines += [
            "",
            f"## {name}",
            "",
            "| rule | severity | why | what was done | caught | also |",
            "|---|---|---|---|---|---|",
        ]
        for case in cases:
            if case.table == name:
                rule = f"`{case.column}`: {case.rule}" if case.column else case.rule
                cells = (
                    rule,
                    case.severity,
                    case.reason,
                    case.done,
                    "yes" if case.caught else "**no**",
                    "; ".join(case.others),
                )
                lines.append("| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    found = all_cases()
    if "--write" in sys.argv:
        PAGE.write_text(page(found), encoding="utf-8")
    sys.stdout.write(f"{sum(case.caught for case in found)} of {len(found)} rules caught\n")
    for missed in (case for case in found if not case.caught):
        sys.stdout.write(f"missed: {missed}\n")
