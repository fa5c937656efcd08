"""The closing table of a run, and a look at events, both from the published file."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table

from warehouse import reader
from warehouse.home import Home

_COUNTS = """
SELECT
    (SELECT count(*) FROM documents), (SELECT count(*) FROM event_mentions),
    (SELECT count(*) FROM events), (SELECT count(*) FROM agreements)
"""
_LEDGER = "SELECT outcome, count(*) FROM inputs WHERE ? IS NULL OR batch = ? GROUP BY outcome"
_USABLE = "SELECT count(*) FROM inputs WHERE batch = ? AND outcome <> 'rejected'"
_EVENTS = """
SELECT event_start AS day, event_type AS type, status, actor1_name AS who, actor2_name AS whom,
    place_name AS place, document_count AS texts, mentions.sentence
FROM events JOIN event_mentions AS mentions ON mentions.mention_id = events.lead_mention_id
ORDER BY day DESC NULLS LAST, events.event_id
LIMIT ?
"""


def print_summary(home: Home, batch: str | None, headline: str | None) -> None:
    """Counts of a batch's inputs, or of all inputs, and of the register; where the warehouse is."""
    with reader.connect(home.published) as con:
        ledger = dict(con.execute(_LEDGER, [batch, batch]).fetchall())
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
    """The latest events with the sentence that tells each best."""
    with reader.connect(home.published) as con:
        found = con.execute(_EVENTS, [limit])
        names = [column[0] for column in found.description or []]
        rows = found.fetchall()
    table = Table(*names)
    for row in rows:
        table.add_row(*("" if value is None else str(value) for value in row))
    Console().print(table, markup=False)


def usable_inputs(home: Home, batch: str) -> int:
    """How many inputs of a batch are not rejected."""
    with reader.connect(home.published) as con:
        row = con.execute(
            "SELECT count(*) FROM inputs WHERE batch = ? AND outcome <> 'rejected'", [batch]
        ).fetchone()
    return int(row[0]) if row else 0
