"""The bundle for Superset is what its sources make of it, and asks only for columns and metrics that there are."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any

import duckdb
import pytest
import yaml

from warehouse.superset.bundle import FOLDER, files, write_zip
from warehouse.tables import table
from warehouse.tables.ddl import create, remark

MADE = {path: yaml.safe_load(text) for path, text in files().items()}
CHARTS = [content for path, content in MADE.items() if path.startswith("charts/")]
DATASETS = {content["uuid"]: content for path, content in MADE.items() if path.startswith("datasets/")}


def test_the_files_are_up_to_date() -> None:
    there = {str(path.relative_to(FOLDER)): path.read_text("utf-8") for path in FOLDER.rglob("*.yaml")}
    assert there == files(), "run: make docs"


def test_every_column_and_metric_is_described() -> None:
    for dataset in DATASETS.values():
        declared = table(dataset["table_name"])
        assert {c["column_name"]: c["description"] for c in dataset["columns"]} == {
            column.name: remark(column) for column in declared.columns
        }
        assert all(metric["description"] for metric in dataset["metrics"])


def asked(value: Any) -> list[str]:
    return [value] if isinstance(value, str) else list(value or [])


@pytest.mark.parametrize("chart", CHARTS, ids=lambda chart: chart["slice_name"])
def test_a_chart_asks_for_what_its_dataset_has(chart: dict[str, Any]) -> None:
    dataset, params = DATASETS[chart["dataset_uuid"]], chart["params"]
    metrics = {metric["metric_name"] for metric in dataset["metrics"]}
    columns = {column["column_name"] for column in dataset["columns"]}
    assert {*asked(params.get("metrics")), *asked(params.get("metric"))} <= metrics
    assert {
        *asked(params.get("groupby")),
        *asked(params.get("x_axis")),
        *asked(params.get("all_columns")),
    } <= columns


@pytest.mark.parametrize("dataset", DATASETS.values(), ids=lambda dataset: dataset["table_name"])
def test_every_metric_can_be_computed(dataset: dict[str, Any]) -> None:
    with duckdb.connect() as con:
        con.execute(create(table(dataset["table_name"])))
        for metric in dataset["metrics"]:
            con.sql(f'SELECT {metric["expression"]} FROM "{dataset["table_name"]}"').fetchall()


def test_every_chart_stands_on_the_dashboard_once_in_rows_of_twelve() -> None:
    position = next(content for path, content in MADE.items() if path.startswith("dashboards/"))["position"]
    placed = {key: part for key, part in position.items() if key.startswith("CHART-")}
    assert sorted(part["meta"]["uuid"] for part in placed.values()) == sorted(
        chart["uuid"] for chart in CHARTS
    )
    for key, part in position.items():
        if key.startswith("ROW-"):
            assert sum(placed[child]["meta"]["width"] for child in part["children"]) == 12


def test_over_postgresql_the_schema_is_that_of_the_publication(tmp_path: Path) -> None:
    write_zip(tmp_path / "bundle.zip", files("postgresql://bo@db.example.org/news"))
    with zipfile.ZipFile(tmp_path / "bundle.zip") as bundle:
        dataset = yaml.safe_load(bundle.read("communique/datasets/communique/events.yaml"))
        database = yaml.safe_load(bundle.read("communique/databases/communique.yaml"))
    assert (dataset["schema"], database["sqlalchemy_uri"]) == (
        "communique",
        "postgresql://bo@db.example.org/news",
    )
