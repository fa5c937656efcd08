"""The whole graph, as a snapshot: keys, dependencies, groups, partitions and checks."""

from __future__ import annotations

from typing import Any

import dagster as dg
import pytest
from syrupy.assertion import SnapshotAssertion

from assets.definitions import build_defs
from warehouse.tables import TABLES


@pytest.fixture(scope="module")
def defs() -> dg.Definitions:
    return build_defs()


def names(keys: Any) -> list[str]:
    return sorted(key.to_user_string() for key in keys)


def test_the_graph_is_what_it_was(defs: dg.Definitions, snapshot: SnapshotAssertion) -> None:
    graph = defs.resolve_asset_graph()
    shown = {
        key.to_user_string(): {
            "after": names(graph.get(key).parent_keys),
            "checks": sorted(check.name for check in graph.get_check_keys_for_assets([key])),
            "group": graph.get(key).group_name,
            "kinds": sorted(graph.get(key).kinds),
            "partitioned": graph.get(key).partitions_def is not None,
            "pools": sorted(graph.get(key).pools or ()),
        }
        for key in sorted(graph.get_all_asset_keys())
    }
    assert shown == snapshot


def test_every_table_is_an_asset_that_explains_itself(defs: dg.Definitions) -> None:
    graph = defs.resolve_asset_graph()
    for table in TABLES.values():
        node = graph.get(dg.AssetKey(table.name))
        columns = node.metadata["dagster/column_schema"].columns
        assert [column.name for column in columns] == [column.name for column in table.columns]
        assert all(column.description for column in columns)
        assert node.owners
        assert node.code_version
        assert table.description in (node.description or "")


def test_jobs_are_there(defs: dg.Definitions) -> None:
    assert {job.name for job in defs.resolve_all_job_defs()} >= {"communique", "register", "recheck"}


def test_each_kind_of_occasion_starts_runs_in_one_way_and_does_so_from_the_start(
    defs: dg.Definitions,
) -> None:
    assert {sensor.name: sensor.default_status.value for sensor in defs.sensors or ()} == {
        "inbox": "RUNNING",
        "apart": "RUNNING",
    }
    assert {
        schedule.name: schedule.default_status.value
        for schedule in defs.schedules or ()
        if isinstance(schedule, dg.ScheduleDefinition)
    } == {"nightly": "RUNNING", "weekly": "RUNNING"}
    graph = defs.resolve_asset_graph()
    assert not [key for key in graph.get_all_asset_keys() if graph.get(key).automation_condition]
