"""Measure how well near-copies are found, and what adding a batch costs when 5, 10 and 20 are there already.

Run with ``make bench-stories``. The truth is counted without MinHash: the exact Jaccard similarity of every two
texts that could reach the bound. Seconds are CPU seconds of this process and only compare with one another.
"""

from __future__ import annotations

import argparse
import random
import re
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from itertools import combinations, product
from math import ceil
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
from rich.console import Console
from rich.table import Table

from pipelines.resolve.stories import SAME_STORY, find_stories
from pipelines.signatures import SHINGLE, sign
from tests.bench.copies import Copy, collection
from warehouse.tables import table
from warehouse.tables.arrow import empty

Pairs = set[tuple[str, str]]
SHOWN = (1, 2, 5, 10, 15, 20)  # batches


def as_documents(copies: Sequence[Copy], batch: str = "b") -> pa.Table:
    """The columns of ``documents`` that stories are made from."""
    return pa.table(
        {
            "document_id": [copy.document_id for copy in copies],
            "batch": [batch] * len(copies),
            "body": [copy.body for copy in copies],
            "published_on": pa.array([copy.published_on for copy in copies], pa.date32()),
            "words": [len(copy.body.split()) for copy in copies],
        }
    )


def tell_stories(con: duckdb.DuckDBPyConnection, documents: pa.Table) -> None:
    """The stories of documents that nobody has seen before, as temporary tables on the connection."""
    con.register("documents", documents)
    con.register("document_signatures", sign(documents))
    con.register("earlier_story_pairs", empty(table("story_pairs")))
    find_stories(con)


def seconds(work: Callable[[], object]) -> float:
    """CPU seconds that the work takes."""
    before = time.process_time()
    work()
    return time.process_time() - before


def true_pairs(copies: Iterable[Copy], bound: float) -> Pairs:
    """Every two documents whose sets of four-word runs have at least this Jaccard similarity.

    Two sets that similar share one of their rarest members, so only those that do are compared; none is missed.
    """
    sets = {copy.document_id: _runs(copy.body) for copy in copies}
    often = Counter(run for one in sets.values() for run in one)
    found: Pairs = set()
    holders: dict[int, list[str]] = defaultdict(list)
    for name, one in sets.items():
        rarest = sorted(one, key=lambda run: (often[run], run))[: len(one) - ceil(bound * len(one)) + 1]
        for other in {holder for run in rarest for holder in holders[run]}:
            if _jaccard(one, sets[other]) >= bound:
                found.add(_pair(name, other))
        for run in rarest:
            holders[run].append(name)
    return found


def _runs(body: str) -> frozenset[int]:
    words = re.findall(r"\w+", body.casefold())
    return frozenset(hash(tuple(words[at : at + SHINGLE])) for at in range(max(1, len(words) - SHINGLE + 1)))


def _jaccard(one: frozenset[int], other: frozenset[int]) -> float:
    if min(len(one), len(other)) < SAME_STORY * max(len(one), len(other)):
        return 0.0
    common = len(one & other)
    return common / (len(one) + len(other) - common)


def _pair(one: str, other: str) -> tuple[str, str]:
    return (one, other) if one < other else (other, one)


def paired(con: duckdb.DuckDBPyConnection) -> Pairs:
    """The documents that were found to be near-copies of each other, before stories are closed over them."""
    by_text: dict[int, list[str]] = defaultdict(list)
    for name, text in con.execute("SELECT document_id, text_hash FROM signed_documents").fetchall():
        by_text[text].append(name)
    found = {_pair(*both) for same in by_text.values() for both in combinations(same, 2)}
    query = "SELECT first_text, second_text FROM story_pairs WHERE similarity >= ?"
    for first, second in con.execute(query, [SAME_STORY]).fetchall():
        found |= {_pair(*both) for both in product(by_text[first], by_text[second])}
    return found


def in_one_story(con: duckdb.DuckDBPyConnection) -> Pairs:
    """Every two documents of one story."""
    stories: dict[str, list[str]] = defaultdict(list)
    for name, story in con.execute("SELECT document_id, story_id FROM document_stories").fetchall():
        stories[story].append(name)
    return {_pair(*both) for members in stories.values() for both in combinations(members, 2)}


def quality(count: int, console: Console) -> None:
    """Print precision and recall on so many documents."""
    copies = collection(count, seed=11)
    truth = true_pairs(copies, SAME_STORY)
    origins = {copy.document_id: copy.origin for copy in copies}
    with duckdb.connect() as con:
        documents = as_documents(copies)
        signing = seconds(lambda: sign(documents))
        both = seconds(lambda: tell_stories(con, documents))
        pairs, together = paired(con), in_one_story(con)
        compared = con.table("story_pairs").shape[0]
    shown = Table("what", "pairs", f"precision, truth: Jaccard ≥ {SAME_STORY}", "recall", "of one original")
    for what, found in (("found as near-copies", pairs), ("in one story", together)):
        right, one_origin = len(found & truth), sum(origins[a] == origins[b] for a, b in found)
        shown.add_row(
            what,
            f"{len(found):,}",
            f"{right / len(found):.4f}",
            f"{right / len(truth):.4f}",
            f"{one_origin / len(found):.4f}",
        )
    console.print(f"{count:,} documents, {len(truth):,} pairs of Jaccard ≥ {SAME_STORY} among them")
    console.print(shown)
    console.print(
        f"signatures {signing:.1f} s, both with stories {both:.1f} s, {compared:,} pairs of texts compared"
    )


def growth(batches: int, size: int, console: Console) -> None:
    """Print what each further batch costs, as Parquet files of a lake."""
    copies = _as_they_appear(collection(batches * size, seed=12), size)
    shown = Table(
        "batch", "documents before", "signing it, s", "stories, s", "pairs compared anew", "from nothing, s"
    )
    with tempfile.TemporaryDirectory() as folder:
        lake = Path(folder)
        pq.write_table(empty(table("story_pairs")), lake / "story_pairs.parquet")
        for number in range(1, batches + 1):
            part = as_documents(copies[(number - 1) * size : number * size], f"b{number}")
            signing = seconds(lambda part=part, number=number: _write(lake, part, number))
            anew, finding = _add(lake, lake / "story_pairs.parquet")
            if number in SHOWN:
                whole = f"{_add(lake, None)[1]:.2f}"
                before = f"{(number - 1) * size:,}"
                shown.add_row(str(number), before, f"{signing:.2f}", f"{finding:.2f}", f"{anew:,}", whole)
    console.print(f"adding batches of {size:,} documents one by one")
    console.print(shown)


def _as_they_appear(copies: Sequence[Copy], size: int) -> list[Copy]:
    """The copies of a text come within about two batches of it, as papers print what others printed the day before."""
    rng, spread = random.Random(13), 2 * size * (max(copy.origin for copy in copies) + 1) / len(copies)
    return sorted(copies, key=lambda copy: copy.origin + rng.uniform(0, spread))


def _write(lake: Path, documents: pa.Table, number: int) -> None:
    pq.write_table(documents, lake / f"documents.{number}.parquet", compression="zstd")
    pq.write_table(sign(documents), lake / f"signatures.{number}.parquet", compression="zstd")


def _add(lake: Path, earlier: Path | None) -> tuple[int, float]:
    """How many pairs had to be compared for the stories of everything in the lake, and what that cost."""
    with duckdb.connect() as con:
        for name, files in (("documents", "documents.*"), ("document_signatures", "signatures.*")):
            con.execute(f"CREATE VIEW {name} AS FROM read_parquet('{lake}/{files}.parquet')")
        known = pq.read_table(earlier) if earlier else empty(table("story_pairs"))
        con.register("earlier_story_pairs", known)
        took = seconds(lambda: find_stories(con))
        query = (
            "SELECT count(*) FROM story_pairs ANTI JOIN earlier_story_pairs USING (first_text, second_text)"
        )
        anew = con.execute(query).fetchall()[0][0]
        if earlier:
            pq.write_table(con.table("story_pairs").to_arrow_table(), earlier)
    return anew, took


def main() -> None:
    """Print both tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=20_000)
    parser.add_argument("--batches", type=int, default=20)
    parser.add_argument("--batch-size", type=int, default=1_000)
    chosen = parser.parse_args()
    console = Console()
    quality(chosen.documents, console)
    growth(chosen.batches, chosen.batch_size, console)


if __name__ == "__main__":
    main()
