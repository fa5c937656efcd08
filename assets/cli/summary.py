"""The closing table of a run, and a look at events, both from the published file."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table
from rich.text import Text

from warehouse import reader
from warehouse.home import Home
from warehouse.tables.ddl import literal

_COUNTS = """
SELECT
    (SELECT count(*) FROM documents), (SELECT count(*) FROM event_mentions),
    (SELECT count(*) FROM events), (SELECT count(*) FROM agreements)
"""
_EVENTS = """
SELECT coalesce(CAST(e.event_start AS VARCHAR), e.event_edtf, 'undated') AS day, e.event_type, e.status,
    coalesce(e.actor1_name, '?'), e.actor2_name, e.place_name, m.sentence
FROM events AS e JOIN event_mentions AS m ON m.mention_id = e.lead_mention_id
ORDER BY e.event_start DESC NULLS LAST, e.event_id
"""


def ledger_of(home: Home, batch: str | None) -> dict[str, int]:
    """How many inputs of a batch, or of all, came to which outcome."""
    # DuckDB imports pandas, which takes seconds, as soon as a query has parameters: hence the literal.
    where = f"WHERE batch = {literal(batch)}" if batch is not None else ""
    with reader.connect(home.published) as con:
        return dict(con.sql(f"SELECT outcome, count(*) FROM inputs {where} GROUP BY outcome").fetchall())  # noqa: S608


def print_summary(home: Home, batch: str | None, headline: str | None) -> None:
    """Counts of a batch's inputs, or of all inputs, and of the register; where the warehouse is."""
    ledger = ledger_of(home, batch)
    with reader.connect(home.published) as con:
        counts = con.execute(_COUNTS).fetchone() or (0, 0, 0, 0)
    console = Console()
    if headline:
        console.print(headline)
    table = Table(show_header=False)
    of_batch = f" of batch {batch}" if batch else ""
    for outcome in ("accepted", "duplicate", "rejected"):
        table.add_row(f"inputs {outcome}{of_batch}", f"{ledger.get(outcome, 0):,}")
    table.add_section()
    for name, count in zip(("documents", "mentions", "events", "agreements"), counts, strict=True):
        table.add_row(f"{name} in the register", f"{count:,}")
    console.print(table)
    console.print(f"warehouse: {home.published}", soft_wrap=True, highlight=False, markup=False)


def print_events(home: Home, limit: int) -> None:
    """The latest events, each with the sentence that tells it best."""
    with reader.connect(home.published) as con:
        rows = con.execute(f"{_EVENTS} LIMIT {limit}").fetchall()
    console = Console()
    for day, kind, status, first, second, place, sentence in rows:
        whom = f" → {second}" if second else ""
        where = f", {place}" if place else ""
        console.print(Text(f"\n{day}  {kind} ({status})  {first}{whom}{where}", style="bold"))
        console.print(Text(f"  “{' '.join(sentence.split())}”"))
