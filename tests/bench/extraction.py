"""Measure extraction, cleaning and stories alone beside spaCy's whole pipeline; ratios of one run, never seconds.

Run with ``make bench-extract``. Everything runs on one core, one thing after the other, in turns: each round measures
spaCy's whole pipeline and our steps on the same articles, so that a busy moment of the machine meets both. What is
printed is the median of the rounds' ratios; the seconds are those of this machine at this moment.
"""

from __future__ import annotations

import os

os.environ.setdefault("OMP_NUM_THREADS", "1")  # before numpy is imported: one core for everybody

import argparse
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence

import duckdb
import spacy
from rich.console import Console
from rich.table import Table
from spacy.language import Language

from pipelines.clean.model import RawDocument
from pipelines.clean.stage import clean_document
from pipelines.extract.extractor import DEFAULT_MODEL, Extractor
from pipelines.extract.model import Article
from tests.bench.copies import Copy
from tests.bench.news import mixed, political
from tests.bench.stories import as_documents, tell_stories

SPACY = "spaCy, full pipeline alone"
Steps = dict[str, Callable[[Sequence[Article]], object]]


def seconds(work: Callable[[], object]) -> float:
    """CPU seconds of this process that the work takes: steadier than wall time on a busy machine."""
    before = time.process_time()
    work()
    return time.process_time() - before


def extraction(articles: Sequence[Article]) -> object:
    """Our extraction, parse included."""
    return list(Extractor.load().extract(articles))


def spacy_full(nlp: Language) -> Callable[[Sequence[Article]], object]:
    """The whole spaCy pipeline alone, as it comes."""
    return lambda articles: list(nlp.pipe(article.text for article in articles))


def cleaning(articles: Sequence[Article]) -> object:
    """Our cleaning of plain text."""
    return [
        clean_document(
            RawDocument(article.id, article.text, "text", None, None, None, article.date, None, None)
        )
        for article in articles
    ]


def stories(articles: Sequence[Article]) -> object:
    """Our near-duplicate grouping, signatures included."""
    copies = [Copy(article.id, article.text, None, 0, "") for article in articles]
    with duckdb.connect() as con:
        return tell_stories(con, as_documents(copies))


def rounds(steps: Steps, articles: Sequence[Article], times: int) -> list[dict[str, float]]:
    """CPU seconds of every step, a round at a time."""
    return [{name: seconds(lambda: step(articles)) for name, step in steps.items()} for _ in range(times)]  # noqa: B023


def rows(measured: Sequence[dict[str, float]], count: int) -> Iterator[tuple[str, str, str, str]]:
    """Step, documents a second, median share of spaCy's time, and the range of the shares."""
    for step in measured[0]:
        shares = sorted(100 * one[step] / one[SPACY] for one in measured)
        took = statistics.median(one[step] for one in measured)
        yield (
            step,
            f"{count / took:,.0f}",
            f"{statistics.median(shares):.0f} %",
            f"{shares[0]:.0f}-{shares[-1]:.0f}",
        )


def memory_of_a_worker(count: int) -> float:
    """Peak memory in MB of a fresh process that does nothing but extract.

    To be asked while this process is small: a child's peak begins with its parent's size.
    """
    code = (
        "import resource; from pipelines.extract.extractor import Extractor; from tests.bench.news import political;"
        f"list(Extractor.load().extract(political({count})));"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)"
    )
    return float(
        subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout
    )


def main() -> None:
    """Print one table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=200)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--only-extract", action="store_true", help="leave cleaning and stories out")
    options = parser.parse_args()
    count = options.documents
    memory = memory_of_a_worker(count)
    steps: Steps = {SPACY: spacy_full(spacy.load(DEFAULT_MODEL)), "extract": extraction}
    if not options.only_extract:
        steps |= {"clean": cleaning, "stories": stories}
    for step in steps.values():
        step(political(3))  # models and lexicons loaded before the clock starts
    table = Table(title=f"{count} documents, {options.rounds} rounds, one core, CPU time")
    for column in ("news", "step", "documents a second", "share of spaCy's time", "range"):
        table.add_column(column, justify="left" if column in ("news", "step") else "right")
    for kind, articles in {"political news": political(count), "mixed, 10 % political": mixed(count)}.items():
        for row in rows(rounds(steps, articles, options.rounds), count):
            table.add_row(kind, *row)
    console = Console()
    console.print(table)
    console.print(f"peak memory of a worker that extracts: {memory:,.0f} MB")


if __name__ == "__main__":
    main()
