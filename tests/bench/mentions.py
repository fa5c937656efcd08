"""Mentions to measure on, as many as wanted: what extract and the stages before it would leave in a home's lake.

The made-up world is SQL (``mentions.sql``), its words are data (``mentions_vocabulary.toml``), and the rows of each table
follow from it (``mentions_rows.sql``). Near-copies are signed by the real signer. Nothing is drawn from the clock
or from chance: the same number of mentions is always the same mentions.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from pipelines.extract.who.lexicon import lexicon
from pipelines.signatures import sign
from warehouse.home import Home
from warehouse.lake import TableWriter, relative_path
from warehouse.tables import table
from warehouse.tables.arrow import stored_schema

MENTIONS_EACH = 4  # mentions of an article
ARTICLES_EACH = 2_500  # articles of a batch
_HERE = Path(__file__).parent
_MADE_BY_SQL = ("inputs", "documents", "event_mentions", "participants", "agreement_mentions")


def fill(home: Home, mentions: int) -> list[str]:
    """Put so many mentions, with all that belongs to them, into the home's lake; the names of the batches."""
    articles = mentions // MENTIONS_EACH
    with duckdb.connect() as con:
        con.execute(f"SET temp_directory = '{home.staging / '.spill'}'")
        _imagine(con, articles)
        return [_write(con, home, number) for number in range(-(-articles // ARTICLES_EACH))]


def _imagine(con: duckdb.DuckDBPyConnection, articles: int) -> None:
    con.execute("SET TimeZone = 'UTC'")
    vocabulary = tomllib.loads((_HERE / "mentions_vocabulary.toml").read_text("utf-8"))
    for name, values in vocabulary.items():
        con.execute(f"SET VARIABLE {name} = $values", {"values": _listed(name, values)})
    con.register("country_list", pa.Table.from_pylist(list(_countries())))
    con.execute("CREATE TABLE countries AS SELECT * FROM country_list")
    bounds = {"documents": articles, "batch": ARTICLES_EACH}
    for file in ("mentions.sql", "mentions_rows.sql"):
        script = (_HERE / file).read_text("utf-8")
        for name, value in bounds.items():
            script = script.replace(f"${name}", str(value))  # a view takes no parameters
        con.execute(script)
    for name in _MADE_BY_SQL:
        con.execute(f"CREATE TABLE made_{name} AS SELECT * FROM {name} ORDER BY number")


def _listed(name: str, values: list[Any]) -> list[Any]:
    """A list of the vocabulary as DuckDB takes it; acts as often as they are to be met."""
    if name == "acts":
        names = ("type", "cameo", "quad", "intensity", "verb")
        return [dict(zip(names, act[:-1], strict=True)) for act in values for _ in range(act[-1])]
    if name == "agreements":
        return [{"kind": kind, "title": title} for kind, title in values]
    return values


def _countries() -> Iterator[dict[str, Any]]:
    """Countries by how often they are met: no order that means anything, but always the same."""
    names = sorted(lexicon().country_names.items(), key=lambda one: one[1][::-1])
    for number, (code, name) in enumerate(names):
        yield {"number": number, "country": code, "name": name}


def _write(con: duckdb.DuckDBPyConnection, home: Home, number: int) -> str:
    batch = f"batch-{number:04d}"
    for name in _MADE_BY_SQL:
        schema = stored_schema(table(name))
        columns = ", ".join(
            f'"{field.name}"' if field.name in _columns(con, name) else f'NULL AS "{field.name}"'
            for field in schema
        )
        rows = con.execute(f"SELECT {columns} FROM made_{name} WHERE number = ?", [number]).to_arrow_table()
        _put(home, name, batch, rows.cast(schema))
        if name == "documents":
            _put(home, "document_signatures", batch, sign(rows))
    _put(home, "cleaning_rejections", batch, stored_schema(table("cleaning_rejections")).empty_table())
    return batch


def _columns(con: duckdb.DuckDBPyConnection, name: str) -> list[str]:
    return con.table(f"made_{name}").columns


def _put(home: Home, name: str, batch: str, rows: pa.Table) -> None:
    with TableWriter(table(name), home.lake / relative_path(name, batch)) as writer:
        writer.append(rows)
        writer.finish(f"generated {batch}", "1")
