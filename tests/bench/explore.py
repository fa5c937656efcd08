"""How fast the pages of `communique explore` answer on a register of a million mentions.

    python -m tests.bench.explore make data/demo data/million     # the demo's register, many times over
    python -m tests.bench.explore measure data/million            # server time of every sort of page

The copies have ids, days and countries of their own; each 200th copy has the same actors and places, so that
actors, places and pairs of countries are met again as they are in news. The marts are built as a run builds them.
"""

from __future__ import annotations

import statistics
import sys
import time
from pathlib import Path

import duckdb
from starlette.testclient import TestClient

from assets.cli.explore import find_again
from warehouse.explore.app import application
from warehouse.explore.store import Store
from warehouse.published import mart_sql
from warehouse.tables import Table, published
from warehouse.tables.ddl import comments, create, literal, quoted

MENTIONS = 1_000_000
_WORLDS = 200
_DAYS = 3_650
_SHARED_IDS = (
    "actor_id",
    "actor1_id",
    "actor2_id",
    "person_id",
    "predecessor_id",
    "successor_id",
    "place_id",
)
_REGISTER = "memory.main"  # where a mart reads what is not published
_AS_THEY_ARE = ("ingest", "operations")  # stages whose tables are about the work, not about events


def make(source: Path, target: Path, mentions: int = MENTIONS) -> None:
    """Write a published file with so many mentions to the home ``target`` from that of the home ``source``."""
    (target / "batches").mkdir(parents=True, exist_ok=True)
    file = target / "communique.duckdb"
    file.unlink(missing_ok=True)
    with duckdb.connect(str(file)) as con:
        con.execute("SET TimeZone = 'UTC'")
        con.execute(f"ATTACH {literal(str(source / file.name))} AS small (READ_ONLY)")
        copies = max(1, round(mentions / _number(con, "SELECT count(*) FROM small.event_mentions")))
        con.execute(f"CREATE TEMP TABLE copies AS SELECT range AS copy FROM range({copies})")
        con.execute(
            "CREATE TEMP TABLE codes AS SELECT code, row_number() OVER (ORDER BY code) - 1 AS number FROM "
            "(SELECT DISTINCT country AS code FROM small.participants WHERE country IS NOT NULL)"
        )
        con.execute("CREATE TEMP MACRO code(n) AS (SELECT code FROM codes WHERE number = n)")
        con.execute(
            "CREATE TEMP TABLE moved AS SELECT a.code, w.range AS world, b.code AS other FROM codes AS a, "
            f"range({_WORLDS}) AS w, codes AS b WHERE b.number = (a.number + w.range) % (SELECT count(*) FROM codes)"
        )
        for table in published():
            _fill(con, table)
            print(table.name, flush=True)  # noqa: T201 - a bench is run by hand
        con.execute("CHECKPOINT")


def measure(home: Path, rounds: int) -> None:
    """Print the server's milliseconds for every sort of page: best, median and worst, and CPU of the best round.

    Every round is by a new application, so that nothing is kept from the one before.
    """
    published = home / "communique.duckdb"
    addresses = _addresses(published)
    taken: dict[str, list[tuple[float, float]]] = {}
    for _ in range(rounds):
        app = application(published, find_again)
        pages = TestClient(app, base_url="http://127.0.0.1")
        pages.get("/quality")
        for name, address in addresses.items():
            begin = time.process_time()
            answer = pages.get(address)
            spent = (time.process_time() - begin) * 1000
            if answer.status_code != 200:
                sys.exit(f"{address} answers {answer.status_code}")
            taken.setdefault(name, []).append((float(answer.headers["server-timing"].split("=")[1]), spent))
        app.state.store.close()
    print(f"{'page':<28} {'best':>7} {'median':>7} {'worst':>7} {'cpu':>7}  ms")  # noqa: T201
    for name, times in taken.items():
        walls = sorted(wall for wall, _ in times)
        cpu = min(spent for _, spent in times)
        print(f"{name:<28} {walls[0]:7.0f} {statistics.median(walls):7.0f} {walls[-1]:7.0f} {cpu:7.0f}")  # noqa: T201


def _addresses(published: Path) -> dict[str, str]:
    """A page of every sort, about what the register has most of."""
    store = Store(published)
    with store.session(60) as session:

        def first(sql: str) -> str:
            return str(next(iter((session.row(sql) or {"": ""}).values())))

        event = first("SELECT event_id FROM events ORDER BY mention_count DESC, event_id LIMIT 1")
        actor = first("SELECT actor_id FROM actors ORDER BY mention_count DESC, actor_id LIMIT 1")
        agreement = first(
            "SELECT agreement_id FROM agreements ORDER BY mention_count DESC, agreement_id LIMIT 1"
        )
        article = first(f"SELECT document_id FROM event_mentions WHERE event_id = '{event}' LIMIT 1")
        land = first(
            "SELECT country FROM country_months GROUP BY 1 ORDER BY sum(event_count) DESC, 1 LIMIT 1"
        )
    store.close()
    return {
        "overview": "/",
        "overview, kept": "/?",
        "overview of a country": f"/?country={land}",
        "overview of words": "/?q=agreement",
        "overview of a year": "/?since=2022-01-01&until=2022-12-31",
        "events": "/events",
        "events of a country": f"/events?country={land}",
        "events by words": "/events?q=trade+minister",
        "events of an actor": f"/events?actor={actor}",
        "event": f"/event/{event}",
        "article": f"/article/{article}",
        "actor": f"/actor/{actor}",
        "agreement": f"/agreement/{agreement}",
        "actors": "/actors",
        "agreements": "/agreements",
    }


def _fill(con: duckdb.DuckDBPyConnection, table: Table) -> None:
    if table.relation == "view":
        con.execute(f"CREATE VIEW {quoted(table.name)} AS {mart_sql(table)}")
        return
    con.execute(create(table))
    if table.stage == "publish" and _REGISTER not in mart_sql(table):
        order = ", ".join(map(quoted, dict.fromkeys((*table.sort, *table.key))))
        names = ", ".join(quoted(column.name) for column in table.columns)
        con.execute(
            f"INSERT INTO {quoted(table.name)} SELECT {names} FROM ({mart_sql(table)}) ORDER BY {order}"
        )
    elif table.name not in _tables(con, "small"):
        pass  # a table that the small register's version did not have
    elif table.stage in _AS_THEY_ARE or table.stage == "publish":
        con.execute(f"INSERT INTO {quoted(table.name)} BY NAME SELECT * FROM small.{quoted(table.name)}")
    else:
        values, joins = _copied(table)
        worlds = all(
            name not in {c.name for c in table.columns}
            for name in ("mention_id", "document_id", "event_id", "agreement_id")
        )
        which = f" WHERE copy < {_WORLDS}" if worlds else ""
        con.execute(
            f"INSERT INTO {quoted(table.name)} SELECT {', '.join(values)} "
            f"FROM small.{quoted(table.name)} AS t CROSS JOIN copies{joins}{which}"
        )
    for comment in comments(table):
        con.execute(comment)


def _copied(table: Table) -> tuple[list[str], str]:
    """What stands in each column of a copy, and the joins that this needs."""
    values, joins = [], ""
    for column in table.columns:
        name = f"t.{quoted(column.name)}"
        if column.name in _SHARED_IDS or column.name.endswith("_actor_id"):
            values.append(f"md5({name} || '/' || copy % {_WORLDS})[:20]")
        elif column.name.endswith("_id") and column.name != "geonames_id":
            values.append(f"md5({name} || '/' || copy)[:20]")
        elif column.type == "date":
            values.append(f"CAST({name} + CAST(copy * 37 % {_DAYS} AS INTEGER) AS DATE)")
        elif column.type == "string" and (
            column.name == "country"
            or column.name.endswith("_country")
            or column.name in ("actor1_country", "actor2_country")
        ):
            alias = f"moved_{len(values)}"
            joins += (
                f" LEFT JOIN moved AS {alias} ON {alias}.code = {name} AND {alias}.world = copy % {_WORLDS}"
            )
            values.append(f"{alias}.other")
        elif column.name == "longitude":
            values.append(f"({name} + 180 + copy % {_WORLDS} * 1.7) % 360 - 180")
        else:
            values.append(name)
    return values, joins


def _tables(con: duckdb.DuckDBPyConnection, database: str) -> set[str]:
    sql = "SELECT table_name FROM duckdb_tables() WHERE database_name = ?"
    return {name for (name,) in con.execute(sql, [database]).fetchall()}


def _number(con: duckdb.DuckDBPyConnection, sql: str) -> int:
    row = con.sql(sql).fetchone()
    return int(row[0]) if row else 0


if __name__ == "__main__":
    if sys.argv[1:2] == ["make"]:
        make(Path(sys.argv[2]), Path(sys.argv[3]))
    elif sys.argv[1:2] == ["measure"]:
        measure(Path(sys.argv[2]), int(sys.argv[3]) if len(sys.argv) > 3 else 7)
    else:
        sys.exit(__doc__)
