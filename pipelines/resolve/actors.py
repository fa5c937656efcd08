"""Persons and offices for the resolve stage: which spelling is whose, and which office a title names.

Comparing names is ``persons``, reading titles ``offices``; who took part in what, and who held what when, is SQL
(``sql/01_actors.sql``).
"""

from __future__ import annotations

import duckdb
import pyarrow as pa

from pipelines.extract.who.lexicon import lexicon
from pipelines.resolve.offices import is_rank, read_offices
from pipelines.resolve.persons import Identity, Spelling, identify

_NAMES = pa.schema(
    [
        ("country", pa.string()), ("name", pa.string()), ("person_country", pa.string()), ("person_key", pa.string()),
        ("sound", pa.string()), ("words", pa.int32()), ("has_initial", pa.bool_()),
        ("families", pa.list_(pa.string())), ("plain_families", pa.list_(pa.string())),
    ]
)  # fmt: skip
_SPELLINGS = """
    WITH named AS (
        SELECT p.country, p.name, o.office
        FROM participants AS p LEFT JOIN title_offices AS o USING (title) WHERE p.kind = 'person'
        UNION ALL
        SELECT reported_by_country, reported_by_name, NULL FROM event_mentions
        WHERE reported_by_kind = 'person' AND reported_by_name IS NOT NULL
    )
    SELECT country, name, list(DISTINCT office) FILTER (office IS NOT NULL) FROM named GROUP BY ALL
"""


def find_people(con: duckdb.DuckDBPyConnection) -> None:
    """Make the temporary tables ``title_offices``, ``person_names`` and ``country_names`` on the connection.

    ``con`` must see ``participants`` and ``event_mentions`` over all batches.
    """
    titles = con.sql("SELECT DISTINCT title FROM participants WHERE kind = 'person' AND title IS NOT NULL")
    _keep(con, "title_offices", read_offices(title for (title,) in titles.fetchall()))
    _keep(con, "person_names", _named(con))
    names = lexicon().country_names
    _keep(con, "country_names", pa.table({"country": list(names), "country_name": list(names.values())}))


def _named(con: duckdb.DuckDBPyConnection) -> pa.Table:
    spellings = [
        Spelling(country, name, frozenset(office for office in offices or () if not is_rank(office)))
        for country, name, offices in con.sql(_SPELLINGS).fetchall()
    ]
    return pa.Table.from_pylist([_row(*found) for found in identify(spellings).items()], schema=_NAMES)


def _row(spelling: Spelling, identity: Identity) -> dict[str, object]:
    values = identity._asdict()
    return {
        "country": spelling.country, "name": spelling.name, "person_country": values.pop("country"),
        "person_key": values.pop("key"), **values,
    }  # fmt: skip


def _keep(con: duckdb.DuckDBPyConnection, name: str, rows: pa.Table) -> None:
    con.register("found_rows", rows)
    con.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS SELECT * FROM found_rows")  # noqa: S608
    con.unregister("found_rows")
