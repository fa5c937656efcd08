"""Measure the whole run and its stages on generated news, beside what a user would pick instead; one table per question.

Run with ``make bench``. Whatever is compared runs in turns, so that a busy moment of the machine meets both: between whole
runs spaCy reads its share of the articles, one in so many as there are rounds, or of a --sample of them. Ratios count,
seconds are those of this machine at this moment. With --save the figures go to docs/performance/, from which
``make bench-page`` makes docs/performance.md.
"""

from __future__ import annotations

import argparse
import statistics
from collections.abc import Callable, Sequence
from pathlib import Path

from rich.console import Console
from rich.table import Table

from pipelines.extract.sentences import split_sentences
from tests.bench import figures, whole
from tests.bench.beside import Found, cleaning, copies
from tests.bench.corpus import corpus, pages
from tests.bench.resolving import resolving
from tests.bench.scale import SCRATCH

Answer = tuple[Table, dict[str, list[figures.Row]]]
_PER_ARTICLE = ("learn", "clean", "extract")  # stages that go through the sentences one by one


def main() -> None:
    """Answer the questions one after the other."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--documents", type=int, default=1_000)
    parser.add_argument("--mentions", type=int, default=10_000, help="for the resolve step")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--sample", type=int, help="articles that spaCy reads in all rounds together; all")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--only", choices=QUESTIONS, nargs="+", default=list(QUESTIONS))
    parser.add_argument("--save", action="store_true", help="put the figures into docs/performance/")
    parser.add_argument("--scratch", type=Path, default=SCRATCH, help="folder for the news and the home")
    chosen = parser.parse_args()
    console = Console(width=110)
    for question in chosen.only:
        for table, rows in QUESTIONS[question](chosen):
            console.print(table)
            for name, saved in rows.items() if chosen.save else ():
                figures.save(name, saved)


def _whole(chosen: argparse.Namespace) -> list[Answer]:
    """The run's stages, and the whole run beside spaCy alone."""
    chosen.scratch.mkdir(parents=True, exist_ok=True)
    inbox, home = corpus(chosen.scratch, chosen.documents), chosen.scratch / "home"
    ours, theirs, read = [], [], 0
    apart = max(1, chosen.documents // (chosen.sample or chosen.documents))
    for turn in range(chosen.rounds):
        ours.append(whole.run(inbox, home, chosen.workers))
        share = range(turn * apart, chosen.documents, chosen.rounds * apart)
        theirs.append(whole.spacy(share, chosen.workers))
        read += len(share)
    about = {"documents": chosen.documents, "workers": chosen.workers}
    return [_stages(about, ours), _beside_spacy(about, ours, theirs, read)]


def _stages(about: dict[str, int], runs: Sequence[whole.Taken]) -> Answer:
    documents = about["documents"]
    sentences = sum(len(split_sentences(page.story.body)) for page in pages(documents))
    table = _table(
        f"a run over {documents:,} documents, {about['workers']} workers: median of {len(runs)}",
        *("part", "wall, s", "CPU, s", "share of CPU", "documents a wall second", "sentences a wall second"),
    )
    total = statistics.median(one.cpu for one in runs)
    rows: list[figures.Row] = []
    for number, part in enumerate(runs[0].parts):
        wall = statistics.median(one.parts[number].wall for one in runs)
        cpu = statistics.median(one.parts[number].cpu for one in runs)
        rate, read = (
            f"{documents / wall:,.0f}",
            f"{sentences / wall:,.0f}" if part.name in _PER_ARTICLE else "",
        )
        table.add_row(part.name, f"{wall:.1f}", f"{cpu:.1f}", f"{cpu / total:.0%}", rate, read)
        rows.append(about | {"part": part.name, "wall": wall, "cpu": cpu})
    return table, {"stages": rows}


def _beside_spacy(
    about: dict[str, int], ours: Sequence[whole.Taken], theirs: Sequence[whole.Taken], read: int
) -> Answer:
    """Our mean run beside what spaCy would take for as many articles as we, having ``read`` so many in all rounds."""
    documents = about["documents"]
    table = _table(
        f"the whole run beside spaCy's full pipeline alone, {documents:,} documents, {about['workers']} processes",
        *("what", "wall, s", "CPU, s", "documents a CPU second", "documents a wall second", "peak PSS, MB"),
    )
    our, their = _altogether(ours, 1 / len(ours)), _altogether(theirs, documents / read)
    for name, taken in (("whole run", our), ("spaCy, full pipeline", their)):
        table.add_row(
            name,
            f"{taken.wall:.1f}",
            f"{taken.cpu:.1f}",
            f"{documents / taken.cpu:.1f}",
            f"{documents / taken.wall:.1f}",
            f"{taken.peak:,.0f}",
        )
    cpu_ratio, wall_ratio = their.cpu / our.cpu, their.wall / our.wall
    table.caption = f"times as many documents as spaCy: {cpu_ratio:.2f} by CPU, {wall_ratio:.2f} by wall"
    row = about | {"rounds": len(ours), "read": read, "cpu_ratio": cpu_ratio, "wall_ratio": wall_ratio}
    for who, taken in (("our", our), ("spacy", their)):
        row |= {f"{who}_wall": taken.wall, f"{who}_cpu": taken.cpu, f"{who}_peak": taken.peak}
    return table, {"spacy": [row]}


def _altogether(taken: Sequence[whole.Taken], share: float) -> whole.Taken:
    """Such a share of what all took, with the largest peak."""
    wall, cpu = (sum(getattr(one, what) for one in taken) * share for what in ("wall", "cpu"))
    return whole.Taken(wall, cpu, max(one.peak for one in taken))


def _cleaning(chosen: argparse.Namespace) -> list[Answer]:
    found = cleaning(min(chosen.documents, 1_000), chosen.rounds)
    return [(_of_tools("cleaning the same pages, one process", found), {"cleaning": _rows_of_tools(found)})]


def _copies(chosen: argparse.Namespace) -> list[Answer]:
    found = copies(chosen.documents, chosen.rounds)
    return [
        (_of_tools("pairs of near-copies (Jaccard .8 or more)", found), {"copies": _rows_of_tools(found)})
    ]


def _of_tools(title: str, found: Sequence[Found]) -> Table:
    table = _table(
        f"{title}, {found[0].documents:,} documents",
        *("tool", "documents a CPU second", "precision", "recall", "F1"),
    )
    for one in found:
        rate, shares = f"{one.documents / one.cpu:,.0f}", (one.precision, one.recall, one.f1)
        table.add_row(one.tool, rate, *(f"{share:.4f}" for share in shares))
    return table


def _rows_of_tools(found: Sequence[Found]) -> list[figures.Row]:
    return [
        {
            "documents": one.documents,
            "tool": one.tool,
            "cpu": one.cpu,
            "precision": one.precision,
            "recall": one.recall,
        }
        for one in found
    ]


def _resolving(chosen: argparse.Namespace) -> list[Answer]:
    found = resolving(chosen.mentions, chosen.rounds)
    table = _table(
        f"resolving {chosen.mentions:,} mentions", "way", "CPU, s", "mentions a CPU second", "events"
    )
    for one in found:
        table.add_row(one.way, f"{one.cpu:.2f}", f"{one.mentions / one.cpu:,.0f}", f"{one.events:,}")
    rows: list[figures.Row] = [
        {"mentions": one.mentions, "way": one.way, "cpu": one.cpu, "events": one.events} for one in found
    ]
    return [(table, {"resolving": rows})]


def _table(title: str, *columns: str) -> Table:
    table = Table(title=title)
    for number, column in enumerate(columns):
        table.add_column(column, justify="right" if number else "left")
    return table


QUESTIONS: dict[str, Callable[[argparse.Namespace], list[Answer]]] = {
    "whole": _whole,
    "cleaning": _cleaning,
    "copies": _copies,
    "resolving": _resolving,
}

if __name__ == "__main__":
    main()
