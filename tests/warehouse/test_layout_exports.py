"""What is exported from the layouts is read by a loader written for the published files of those data sets."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path

import duckdb
import pandas as pd
import pytest
from layout_world import gdelt_id, small_world, stored_layouts

from warehouse.tables import TABLES, table


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small_world().publish(tmp_path_factory.mktemp("layouts") / "home")


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
