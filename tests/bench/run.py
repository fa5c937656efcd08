"""Measure the stages on generated news beside what a user would pick instead; ratios of one run, never seconds.

Run with ``make bench``. The seconds printed are those of this machine at this moment; only their ratios mean anything.
"""

from __future__ import annotations

import argparse
import resource
import time
from collections.abc import Callable, Sequence

import duckdb
import spacy
from rich.console import Console
from rich.table import Table

from pipelines.clean.model import RawDocument
from pipelines.clean.stage import clean_document
from pipelines.extract.extractor import DEFAULT_MODEL, Extractor
from pipelines.extract.model import Article
from tests.bench.copies import Copy
from tests.bench.news import mixed, political
from tests.bench.stories import as_documents, tell_stories


def seconds(work: Callable[[], object]) -> float:
    """CPU seconds of this process that the work takes: steadier than wall time on a busy machine."""
    before = time.process_time()
    work()
    return time.process_time() - before


def extraction(articles: Sequence[Article]) -> float:
    """Our extraction, parse included."""
    extractor = Extractor.load()
    return seconds(lambda: list(extractor.extract(articles)))


def spacy_full(articles: Sequence[Article]) -> float:
    """The whole spaCy pipeline alone, as it comes."""
    nlp = spacy.load(DEFAULT_MODEL)
    return seconds(lambda: list(nlp.pipe(article.text for article in articles)))


def cleaning(articles: Sequence[Article]) -> float:
    """Our cleaning of plain text."""
    raws = [
        RawDocument(article.id, article.text, "text", None, None, None, article.date, None, None)
        for article in articles
    ]
    return seconds(lambda: [clean_document(raw) for raw in raws])


def stories(articles: Sequence[Article]) -> float:
    """Our near-duplicate grouping, signatures included."""
    copies = [Copy(article.id, article.text, None, 0, "") for article in articles]
    with duckdb.connect() as con:
        return seconds(lambda: tell_stories(con, as_documents(copies)))


def main() -> None:
    """Print one table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=400)
    count = parser.parse_args().documents
    kinds = {"political news": political(count), "mixed news, 10 % political": mixed(count)}
    extraction(political(3))  # models and lexicons loaded before the clock starts
    table = Table(title=f"{count} documents, one process, CPU time")
    for column in ("news", "step", "documents a second", "share of spaCy's full pipeline"):
        table.add_column(column, justify="left" if column in ("news", "step") else "right")
    for kind, articles in kinds.items():
        baseline = spacy_full(articles)
        steps = {
            "spaCy, full pipeline alone": baseline,
            "clean": cleaning(articles),
            "extract": extraction(articles),
        }
        steps["stories"] = stories(articles)
        for step, took in steps.items():
            table.add_row(kind, step, f"{count / took:,.0f}", f"{100 * took / baseline:.0f} %")
    console = Console()
    console.print(table)
    console.print(
        f"peak memory of the process: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MB"
    )


if __name__ == "__main__":
    main()
