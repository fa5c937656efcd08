"""A small published register to look at: ordinary events, one whose every text is hostile, and many to leaf through."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import duckdb

from warehouse.published import mart_sql
from warehouse.tables import Column, published, table
from warehouse.tables.ddl import create, quoted

SCRIPT = "<script>document.title = 'taken over'</script>"
FORMULA = '=HYPERLINK("http://evil.example","x")'
QUOTES = 'O\'Neill "Bob" %_\\ é'
FILLERS = 60


def an_id(*parts: object) -> str:
    return sha256(repr(parts).encode()).hexdigest()[:20]


VISIT, PLAN, HELD, RAID, HOSTILE = (
    an_id("event", name) for name in ("visit", "plan", "held", "raid", "hostile")
)
ARTICLE, EVIL_ARTICLE = an_id("article", "visit"), an_id("article", "evil")
ANA, EVIL, NORWAY, CHILE = (an_id("actor", name) for name in ("Ana Berg", "evil", "NOR", "CHL"))
PACT, OSLO = an_id("agreement", "pact"), "3143244"

BODY = "OSLO, 6 May 2024 - Minister Ana Berg of Norway met envoys of Chile in Oslo on 5 May 2024.\nMore is to follow."
EVIL_BODY = f'{SCRIPT} Norway\'s "friend" & <b>Chile</b> quarrelled in <img src=x onerror=alert(1)>.'


def write(target: Path) -> Path:
    """Write the register to a file and return it."""
    target.unlink(missing_ok=True)
    with duckdb.connect(str(target)) as con:
        con.execute("SET TimeZone = 'UTC'")
        for declared in published():
            if declared.relation == "table":
                con.execute(create(declared))
        con.begin()
        _fill(con)
        con.commit()
        for declared in published():
            if declared.relation == "view":
                con.execute(f"CREATE VIEW {declared.name} AS {mart_sql(declared)}")
            elif declared.stage == "publish" and "memory.main" not in mart_sql(declared):
                names = ", ".join(quoted(column.name) for column in declared.columns)
                con.execute(f"INSERT INTO {declared.name} SELECT {names} FROM ({mart_sql(declared)})")
    return target


def add(con: duckdb.DuckDBPyConnection, name: str, /, **values: Any) -> None:
    """A row with the values, NULL where that is allowed, something harmless elsewhere."""
    columns = table(name).columns
    assert set(values) <= {column.name for column in columns}, set(values) - {c.name for c in columns}
    row = [values.get(column.name, _harmless(column)) for column in columns]
    con.execute(f"INSERT INTO {name} VALUES ({', '.join('?' * len(row))})", row)


def _harmless(column: Column) -> Any:
    if not column.required:
        return None
    if column.allowed:
        return column.allowed[0]
    plain = {"string": "x", "boolean": True, "double": 0.5, "timestamp": datetime(2024, 5, 7, tzinfo=UTC)}
    return plain.get(column.type, column.minimum or 1)


def _fill(con: duckdb.DuckDBPyConnection) -> None:
    _articles(con)
    _actors(con)
    _visit(con)
    _plan(con)
    _hostile(con)
    _many(con)
    _agreement(con)
    _work(con)


def _articles(con: duckdb.DuckDBPyConnection) -> None:
    shared = {"published_edtf": "2024-05-06", "published_on": date(2024, 5, 6), "language": "en", "words": 20}
    add(con, "documents", document_id=ARTICLE, title="Envoys meet in Oslo", body=BODY, site="fjord.example",
        publisher="Fjord Post", url="https://fjord.example/oslo?a=1&b=2", **shared)  # fmt: skip
    add(con, "documents", document_id=EVIL_ARTICLE, title=SCRIPT, body=EVIL_BODY, publisher=FORMULA,
        author=QUOTES, url="javascript:alert(document.domain)", site="evil.example", **shared)  # fmt: skip


def _actors(con: duckdb.DuckDBPyConnection) -> None:
    people = (
        (ANA, "Ana Berg", "person", "NOR"),
        (EVIL, SCRIPT, "person", "CHL"),
        (NORWAY, "Norway", "country", "NOR"),
        (CHILE, "Chile", "country", "CHL"),
    )
    for actor, name, kind, land in people:
        add(con, "actors", actor_id=actor, name=name, kind=kind, country=land, mention_count=3,
            first_on=date(2024, 5, 5), last_on=date(2024, 5, 6))  # fmt: skip
        add(con, "actor_names", actor_id=actor, name=name, rule="canonical", mention_count=3)
    add(con, "actor_names", actor_id=ANA, name=QUOTES, rule="initial", mention_count=1)
    add(con, "offices", person_id=ANA, person="Ana Berg", office_id=an_id("office"), title="Minister of Trade",
        organisation=FORMULA, country="NOR", first_on=date(2024, 5, 5), last_on=date(2024, 5, 5),
        successor_id=EVIL, mention_count=2)  # fmt: skip
    add(con, "places", place_id=OSLO, name="Oslo", country="NOR", latitude=59.91, longitude=10.75)


def _mention(con: duckdb.DuckDBPyConnection, event: str, document: str, name: str, words: tuple[str, str],
             parties: tuple[tuple[str, str, str, str], ...], **values: Any) -> str:  # fmt: skip
    """A mention whose sentence and trigger are words of the body; a party is role, actor, words, country."""
    body = BODY if document == ARTICLE else EVIL_BODY
    sentence, trigger = words
    start = body.index(sentence)
    at = body.index(trigger, start)
    mention = an_id("mention", name)
    add(con, "event_mentions", mention_id=mention, event_id=event, document_id=document, sentence=sentence,
        sentence_start=start, sentence_end=start + len(sentence), trigger=trigger, trigger_start=at,
        trigger_end=at + len(trigger), quad_name="verbal cooperation", **values)  # fmt: skip
    for position, (role, actor, text, land) in enumerate(parties):
        begin = body.index(text, start)
        add(con, "participants", mention_id=mention, document_id=document, role=role, position=position,
            actor_id=actor, text=text, text_start=begin, text_end=begin + len(text), name=text, country=land)  # fmt: skip
    return mention


def _event(con: duckdb.DuckDBPyConnection, event: str, lead: str, **values: Any) -> None:
    add(con, "events", event_id=event, lead_mention_id=lead, document_count=1, story_count=1, site_count=1,
        **{"mention_count": 1, "confidence": 0.8, **values})  # fmt: skip


def _visit(con: duckdb.DuckDBPyConnection) -> None:
    sentence = BODY.split("\n")[0]
    coded = {"event_type": "CONSULT", "quad_class": 1, "intensity": 2.5, "event_edtf": "2024-05-05",
             "event_start": date(2024, 5, 5), "event_end": date(2024, 5, 5)}  # fmt: skip
    where = {"place_id": OSLO, "place_name": "Oslo", "place_country": "NOR"}
    parties = (("actor", ANA, "Minister Ana Berg", "NOR"), ("recipient", CHILE, "envoys of Chile", "CHL"))
    read = {"date_method": "explicit", "place_method": "stated", "confidence": 0.8}
    first = _mention(con, VISIT, ARTICLE, "visit", (sentence, "met"), parties, **coded, **where, **read)
    further = (("actor", NORWAY, "Norway", "NOR"),)
    second = _mention(con, VISIT, EVIL_ARTICLE, "again", (EVIL_BODY, "quarrelled"), further, **coded)
    add(
        con,
        "event_evidence",
        event_id=VISIT,
        mention_id=first,
        rule="first report",
        why="first",
        confidence=1,
    )
    add(con, "event_evidence", event_id=VISIT, mention_id=second, joined_to_mention_id=first,
        rule="conflicting reports", why=f"other towns {SCRIPT}", confidence=0.6)  # fmt: skip
    _event(con, VISIT, first, **coded, **where, latitude=59.91, longitude=10.75, mention_count=2, actor_count=2,
           actor1_id=ANA, actor1_name="Ana Berg", actor1_country="NOR", actor2_id=CHILE, actor2_name="Chile",
           actor2_country="CHL", agreement_id=PACT)  # fmt: skip


def _plan(con: duckdb.DuckDBPyConnection) -> None:
    for event, status, day in ((PLAN, "planned", date(2024, 6, 1)), (HELD, "occurred", date(2024, 6, 2))):
        coded = {"event_type": "AGREE", "quad_class": 1, "status": status, "event_edtf": str(day),
                 "event_start": day, "event_end": day}  # fmt: skip
        parties = (("actor", NORWAY, "Norway", "NOR"), ("recipient", CHILE, "Chile", "CHL"))
        lead = _mention(con, event, ARTICLE, status, (BODY.split("\n")[0], "met"), parties, **coded)
        _event(con, event, lead, **coded, actor1_id=NORWAY, actor1_name="Norway", actor1_country="NOR",
               actor2_id=CHILE, actor2_name="Chile", actor2_country="CHL", actor_count=2,
               planned_event_id=PLAN if event == HELD else None)  # fmt: skip


def _hostile(con: duckdb.DuckDBPyConnection) -> None:
    parties = (("actor", EVIL, "<b>Chile</b>", "CHL"),)
    coded = {"event_type": "ASSAULT", "quad_class": 4, "mode": SCRIPT, "event_edtf": SCRIPT,
             "place_name": SCRIPT, "reported_by": SCRIPT}  # fmt: skip
    lead = _mention(con, HOSTILE, EVIL_ARTICLE, "hostile", (EVIL_BODY, "quarrelled"), parties, **coded)
    coded.pop("reported_by")
    _event(
        con, HOSTILE, lead, **coded, actor1_id=EVIL, actor1_name=FORMULA, actor1_country="CHL", actor_count=1
    )


def _many(con: duckdb.DuckDBPyConnection) -> None:
    for number in range(FILLERS):
        day = date(2023, 1, 1) + timedelta(days=number)
        coded = {
            "event_type": "PROTEST",
            "quad_class": 3,
            "event_edtf": str(day),
            "event_start": day,
            "event_end": day,
        }
        event = RAID if number == 0 else an_id("event", number)
        parties = (("actor", NORWAY, "Norway", "NOR"),)
        lead = _mention(
            con, event, ARTICLE, f"filler {number}", (BODY.split("\n")[0], "met"), parties, **coded
        )
        _event(
            con,
            event,
            lead,
            **coded,
            actor1_id=NORWAY,
            actor1_name="Norway",
            actor1_country="NOR",
            actor_count=1,
        )


def _agreement(con: duckdb.DuckDBPyConnection) -> None:
    mention = an_id("mention", "visit")
    add(con, "agreements", agreement_id=PACT, title=f"pact on fish {SCRIPT}", kind="pact", status="signed",
        signed_on=date(2024, 5, 5), signed_edtf="2024-05-05", party_countries="CHL;NOR", place_name=FORMULA,
        mention_count=1, document_count=1)  # fmt: skip
    add(con, "agreement_history", agreement_id=PACT, step=1, status="signed", status_edtf="2024-05-05",
        mention_id=mention, document_id=ARTICLE, mention_count=1)  # fmt: skip
    add(con, "mention_agreements", mention_id=mention, agreement_id=PACT)
    add(con, "agreement_parties", agreement_id=PACT, actor_id=NORWAY, country="NOR")


def _work(con: duckdb.DuckDBPyConnection) -> None:
    add(
        con,
        "runs",
        run_id="r1",
        batch="spring",
        outcome="published",
        finished_at=datetime(2024, 5, 7, 1, tzinfo=UTC),
    )
    checked = {"run_id": "r1", "table_name": "documents", "checked_at": datetime(2024, 5, 7, tzinfo=UTC)}
    add(con, "quality_results", **checked, expectation="words_are_counted", success=True)
    add(con, "quality_results", **checked, expectation="has_a_language", severity="warning", success=False,
        observed=SCRIPT, unexpected_count=2)  # fmt: skip
    add(con, "inputs", input_id=an_id("input"), outcome="rejected", reason="empty", detail=SCRIPT)
    add(
        con,
        "quarantine",
        quarantine_id=an_id("aside"),
        table_name="documents",
        value=SCRIPT,
        reason="No text",
    )
