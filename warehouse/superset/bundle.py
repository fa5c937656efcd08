"""Making the bundle: databases, datasets, charts and the dashboard, as Superset imports them.

``python -m warehouse.superset.bundle`` writes the files of this folder; with ``--zip FILE`` it writes a bundle to import,
over the published file (``--file``) or the database (``--uri``) that is named.
"""

from __future__ import annotations

import argparse
import tomllib
import zipfile
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

import yaml  # type: ignore[import-untyped]

from warehouse.superset.layout import position
from warehouse.tables import Column, Table, table
from warehouse.tables.ddl import remark

FOLDER = Path(__file__).parent
VERSION = "1.0.0"
# Where nothing else is said: the demo's file, closed and locked, as reader.sqlalchemy_url writes it.
URI = (
    "duckdb:///data/demo/communique.duckdb?access_mode=READ_ONLY&enable_external_access=false"
    "&autoinstall_known_extensions=false&autoload_known_extensions=false&lock_configuration=true"
)
_TYPES = {
    "string": "VARCHAR",
    "integer": "INTEGER",
    "bigint": "BIGINT",
    "double": "FLOAT",
    "date": "DATE",
    "timestamp": "TIMESTAMP",
    "boolean": "BOOLEAN",
}
_TIMES = ("date", "timestamp")


def files(uri: str = URI) -> dict[str, str]:
    """The bundle's files by path: over DuckDB's schema ``main``, or over ``communique`` in PostgreSQL."""
    wanted = tomllib.loads((FOLDER / "dashboard.toml").read_text("utf-8"))
    schema = "main" if uri.startswith("duckdb") else "communique"
    made: dict[str, dict[str, Any]] = {
        "metadata.yaml": {"version": VERSION, "type": "assets", "timestamp": "2026-01-01T00:00:00+00:00"},
        "databases/communique.yaml": _database(uri),
    }
    for dataset in wanted["dataset"]:
        made[f"datasets/communique/{dataset['table']}.yaml"] = _dataset(dataset, schema)
    for chart in wanted["chart"]:
        made[f"charts/{_file_name(chart['name'])}.yaml"] = _chart(chart)
    made[f"dashboards/{_file_name(wanted['title'])}.yaml"] = _dashboard(wanted)
    return {
        path: yaml.safe_dump(content, sort_keys=False, allow_unicode=True, width=120)
        for path, content in made.items()
    }


def identity(kind: str, name: str) -> str:
    """The UUID under which Superset knows a thing: always the same, so that importing again replaces it."""
    return str(uuid5(NAMESPACE_URL, f"communique/superset/{kind}/{name}"))


def _database(uri: str) -> dict[str, Any]:
    return {
        "database_name": "Communique",
        "sqlalchemy_uri": uri,
        "cache_timeout": None,
        "expose_in_sqllab": True,
        "allow_run_async": False,
        "allow_ctas": False,
        "allow_cvas": False,
        "allow_dml": False,
        "allow_file_upload": False,
        # A connection that stays open would go on reading the file that was published when it was opened.
        "extra": {"engine_params": {}, "allows_virtual_table_explore": True, "disable_data_preview": False},
        "uuid": identity("database", "communique"),
        "version": VERSION,
    }


def _dataset(wanted: dict[str, Any], schema: str) -> dict[str, Any]:
    declared = table(wanted["table"])
    return {
        "table_name": declared.name,
        "main_dttm_col": wanted.get("time"),
        "description": f"{declared.description} One row: {declared.row}.",
        "catalog": None,
        "schema": schema,
        "sql": None,
        "params": None,
        "template_params": None,
        "filter_select_enabled": True,
        "fetch_values_predicate": None,
        "extra": None,
        "uuid": identity("dataset", declared.name),
        "metrics": [_metric(*metric) for metric in wanted["metrics"]],
        "columns": [_column(declared, column) for column in declared.columns],
        "version": VERSION,
        "database_uuid": identity("database", "communique"),
    }


def _metric(name: str, expression: str, description: str, number_format: str) -> dict[str, Any]:
    return {
        "metric_name": name,
        "verbose_name": name[:1].upper() + name[1:],
        "metric_type": None,
        "expression": expression,
        "description": description,
        "d3format": number_format,
        "extra": {},
        "warning_text": None,
    }


def _column(declared: Table, column: Column) -> dict[str, Any]:
    return {
        "column_name": column.name,
        "verbose_name": None,
        "is_dttm": column.type in _TIMES,
        "is_active": True,
        "type": _TYPES[column.type],
        "groupby": column.type not in ("double",),
        "filterable": True,
        "expression": None,
        "description": remark(column),
        "python_date_format": None,
        "extra": {},
    }


def _chart(wanted: dict[str, Any]) -> dict[str, Any]:
    return {
        "slice_name": wanted["name"],
        "description": wanted["about"],
        "viz_type": wanted["viz"],
        "params": {"viz_type": wanted["viz"], "adhoc_filters": [], "extra_form_data": {}, **wanted["params"]},
        "cache_timeout": None,
        "uuid": identity("chart", wanted["name"]),
        "version": VERSION,
        "dataset_uuid": identity("dataset", wanted["dataset"]),
    }


def _dashboard(wanted: dict[str, Any]) -> dict[str, Any]:
    return {
        "dashboard_title": wanted["title"],
        "description": wanted["about"],
        "css": "",
        "slug": wanted["slug"],
        "published": True,
        "uuid": identity("dashboard", wanted["title"]),
        "position": position(
            wanted, {chart["name"]: identity("chart", chart["name"]) for chart in wanted["chart"]}
        ),
        "metadata": {
            "color_scheme": "supersetColors",
            "label_colors": wanted["label_colors"],
            "refresh_frequency": 0,
            "cross_filters_enabled": True,
        },
        "version": VERSION,
    }


def _file_name(name: str) -> str:
    return "_".join("".join(letter if letter.isalnum() else " " for letter in name).split())


def write(folder: Path, made: dict[str, str]) -> None:
    """Write the files below the folder; what an earlier version wrote and this one does not is removed."""
    for old in folder.rglob("*.yaml"):
        if str(old.relative_to(folder)) not in made:
            old.unlink()
    for path, text in made.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")


def write_zip(target: Path, made: dict[str, str]) -> None:
    """Write the files as a bundle that Superset's own page imports, too."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as bundle:
        for path, text in made.items():
            bundle.writestr(f"communique/{path}", text)


def main() -> None:
    """Write the folder's files, or a bundle for one database."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--zip", type=Path, help="write a bundle here")
    parser.add_argument("--uri", default=URI, help="SQLAlchemy address of the database")
    parser.add_argument("--file", type=Path, help="the published file to read, instead of an address")
    chosen = parser.parse_args()
    if chosen.zip is None:
        write(FOLDER, files())
        return
    if chosen.file is not None:
        from warehouse.reader import sqlalchemy_url

        chosen.uri = sqlalchemy_url(chosen.file)
    write_zip(chosen.zip, files(chosen.uri))


if __name__ == "__main__":
    main()
