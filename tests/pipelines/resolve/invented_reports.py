"""The invented reports as tables to resolve, and how well a grouping of their mentions answers to the truth."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from pipelines.ids import stable_id
from pipelines.resolve.stage import resolve
from pipelines.signatures import sign
from warehouse.tables import table
from warehouse.tables.arrow import empty, rows_to_arrow

_LABEL = re.compile(r"\[(?P<event>\S+) (?P<type>[A-Z]+)\] ")
Tables = Mapping[str, pa.Table]


@dataclass(frozen=True, slots=True)
class Passage:
    """Where a report tells of an invented event: code points into its body."""

    start: int
    end: int
    event: str
    type: str


@dataclass(frozen=True, slots=True)
class Report:
    """One outlet's text."""

    outlet: str
    day: date
    body: str
    passages: tuple[Passage, ...]

    @property
    def document_id(self) -> str:
        return stable_id("document", self.outlet, self.day.isoformat(), self.body)

    def row(self) -> dict[str, Any]:
        return dict.fromkeys(column.name for column in table("documents").stored) | {
            "document_id": self.document_id, "batch": "b", "source_uri": self.outlet, "body": self.body,
            "published_on": self.day, "published_edtf": self.day.isoformat(), "published_method": "field",
            "words": len(self.body.split()), "boilerplate_share": 0.0, "cleaner_version": "1", "language": "en",
            "site": f"{self.outlet}.example",
        }  # fmt: skip


def read_reports() -> list[Report]:
    """Every report of the file beside this module."""
    text = (Path(__file__).parent / "invented_reports.txt").read_text("utf-8")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    starts = [number for number, line in enumerate(lines) if line.startswith("== ")]
    ends = [*starts[1:], len(lines)]
    return [_report(lines[start], lines[start + 1 : end]) for start, end in zip(starts, ends, strict=True)]


def _report(head: str, lines: Sequence[str]) -> Report:
    _, outlet, day = head.split()
    body, passages = "", []
    for line in lines:
        label = _LABEL.match(line)
        sentence = line[label.end() :] if label else line
        if label:
            passages.append(Passage(len(body), len(body) + len(sentence), label["event"], label["type"]))
        body += f"{sentence}\n\n"
    return Report(outlet, date.fromisoformat(day), body.rstrip("\n"), tuple(passages))


def extracted(reports: Sequence[Report]) -> dict[str, pa.Table]:
    """What the resolve stage reads of the reports, with the real extractor."""
    from pipelines.extract.stage import extract_chunk

    documents = rows_to_arrow(table("documents"), [report.row() for report in reports])
    return {
        "documents": documents,
        "document_signatures": sign(documents),
        **extract_chunk(documents, version="1"),
    }


def resolved(tables: Tables, documents: Iterable[str]) -> dict[str, pa.Table]:
    """The resolve stage over some of the documents, in the order given."""
    con = duckdb.connect()
    order = pa.table({"document_id": list(documents)})
    con.register("wanted", order.append_column("place", pa.array(range(order.num_rows))))
    for name, rows in tables.items():
        con.register(f"all_{name}", rows)
        chosen = f"SELECT r.* FROM all_{name} AS r JOIN wanted AS w USING (document_id) ORDER BY w.place"
        con.register(name, con.sql(chosen).to_arrow_table().cast(rows.schema))
    con.register("earlier_story_pairs", empty(table("story_pairs")))
    return resolve(con)


def truth(reports: Sequence[Report], tables: Tables) -> dict[str, str]:
    """The invented event that each mention answers to; mentions of anything else are left out."""
    passages = {report.document_id: report.passages for report in reports}
    names = ("mention_id", "document_id", "event_type", "trigger_start")
    answers = {}
    for mention in tables["event_mentions"].select(names).to_pylist():
        for passage in passages[mention["document_id"]]:
            if (
                passage.start <= mention["trigger_start"] < passage.end
                and mention["event_type"] == passage.type
            ):
                answers[mention["mention_id"]] = passage.event
    return answers


def grouping(result: Tables) -> dict[str, str]:
    """The event of each mention, as resolved."""
    links = result["mention_events"]
    return dict(zip(links["mention_id"].to_pylist(), links["event_id"].to_pylist(), strict=True))


def b_cubed(true: Mapping[str, str], found: Mapping[str, str]) -> tuple[float, float, float]:
    """Precision, recall and F1 of a grouping: for each mention, how much of its group belongs with it."""
    groups = Counter(found[mention] for mention in true)
    events = Counter(true.values())
    both = Counter((true[mention], found[mention]) for mention in true)
    precision = sum(both[true[m], found[m]] / groups[found[m]] for m in true) / len(true)
    recall = sum(both[true[m], found[m]] / events[true[m]] for m in true) / len(true)
    return precision, recall, 2 * precision * recall / (precision + recall)


def told(tables: Tables, mention: str) -> dict[str, Any]:
    """A mention's row, to show what went wrong."""
    rows = tables["event_mentions"]
    (row,) = rows.filter(pc.equal(rows["mention_id"], mention)).to_pylist()
    return dict(row)
