"""Invented reports, read by the real extractor: which of them tell of one event, in whatever order they come."""

from __future__ import annotations

from collections import Counter
from random import Random

import pyarrow as pa
import pytest
from invented_reports import Report, b_cubed, extracted, grouping, read_reports, resolved, truth

Grouping = dict[str, str]


@pytest.fixture(scope="module")
def reports() -> list[Report]:
    return sorted(read_reports(), key=lambda report: (report.day, report.outlet))


@pytest.fixture(scope="module")
def tables(reports: list[Report]) -> dict[str, pa.Table]:
    return extracted(reports)


@pytest.fixture(scope="module")
def at_once(reports: list[Report], tables: dict[str, pa.Table]) -> dict[str, pa.Table]:
    return resolved(tables, [report.document_id for report in reports])


def test_there_are_enough_reports_and_lookalikes_and_the_extractor_reads_them(reports, tables) -> None:
    outlets = Counter(event for report in reports for event in {passage.event for passage in report.passages})
    assert len(reports) >= 75
    assert sum(count >= 2 for count in outlets.values()) >= 15
    assert len(outlets) - 15 >= 15
    assert len(set(truth(reports, tables).values())) >= 0.95 * len(outlets)
    assert len(truth(reports, tables)) >= 0.9 * sum(len(report.passages) for report in reports)


def test_mentions_are_grouped_as_the_truth_has_it(reports, tables, at_once) -> None:
    precision, recall, f1 = b_cubed(truth(reports, tables), grouping(at_once))
    assert precision >= 0.95
    assert recall >= 0.85
    assert f1 >= 0.9


def test_the_order_of_documents_changes_nothing(reports, tables, at_once) -> None:
    for seed in range(2):
        order = [report.document_id for report in reports]
        Random(seed).shuffle(order)
        assert resolved(tables, order) == at_once


def test_one_document_at_a_time_ends_in_the_same_events_and_keeps_their_ids(reports, tables) -> None:
    some = [report.document_id for report in reports if report.day.month == 5]
    alone = resolved(tables, some)
    before: Grouping = {}
    for count in range(1, len(some) + 1):
        now = grouping(resolved(tables, some[:count]))
        assert before.items() <= now.items()
        before = now
    assert before == grouping(alone)
    Random(3).shuffle(some)
    assert resolved(tables, some) == alone


def test_what_was_announced_is_linked_with_what_was_held(reports, tables, at_once) -> None:
    found, true = grouping(at_once), truth(reports, tables)
    events = {row["event_id"]: row["planned_event_id"] for row in at_once["events"].to_pylist()}
    plans = {found[mention] for mention, event in true.items() if event == "reykjavik-plan"}
    held = {found[mention] for mention, event in true.items() if event == "reykjavik-talks"}
    assert {events[event] for event in held} <= plans
    assert sum(plan is not None for plan in events.values()) == 1
