"""Which articles are near-copies of each other: stories.

Kept signatures name candidate pairs by their bands (SQL), an exact Jaccard similarity of word shingles decides, and
whatever hangs together is one story. Pairs that an earlier run compared are not compared again: a verdict
depends on the two texts alone. Nothing here depends on the order in which documents came.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path

import duckdb
import pyarrow as pa

from pipelines.signatures import Hashes, shingles, sign, similarity
from warehouse.tables import table
from warehouse.tables.arrow import stored_schema

SAME_STORY = 0.8
"""Near-copies share at least this much of their shingles (Jaccard similarity)."""

_LARGEST_BUCKET = 50  # texts that share a band and are all compared with each other
_NEIGHBOURS = 5  # in a larger bucket: how many of the next texts by length each is compared with
_PAIRS_AT_A_TIME = 20_000  # bounds how many texts' shingles are in memory
_SQL = Path(__file__).parent / "sql" / "stories"
_PAIRS = stored_schema(table("story_pairs"))

Pair = tuple[int, int]
"""Two text hashes, the smaller first."""


def find_stories(con: duckdb.DuckDBPyConnection) -> None:
    """Make the temporary tables ``story_pairs`` and ``document_stories`` on the connection.

    ``con`` must see ``documents`` and ``document_signatures`` over all batches, each document once, and
    ``earlier_story_pairs``: what an earlier run compared, or nothing.
    """
    _sign_the_rest(con)
    bounds = {"largest_bucket": _LARGEST_BUCKET, "neighbours": _NEIGHBOURS, "same_story": SAME_STORY}
    _run(con, "01_candidates", bounds)
    con.execute(
        "CREATE OR REPLACE TEMP TABLE story_pairs AS "
        "SELECT * FROM earlier_story_pairs SEMI JOIN candidate_pairs USING (first_text, second_text)"
    )
    _compare_new_pairs(con)
    con.register("text_groups", _groups(_near_copies(con)))
    _run(con, "02_stories", {})


def grouped(pairs: Iterable[Pair]) -> dict[int, int]:
    """For each text in a pair the smallest of all the texts that hang together with it."""
    parent: dict[int, int] = {}
    for first, second in pairs:
        one, other = _root(parent, first), _root(parent, second)
        parent[max(one, other)] = min(one, other)
    return {text: _root(parent, text) for text in parent}


def _root(parent: dict[int, int], text: int) -> int:
    while (above := parent.setdefault(text, text)) != text:
        parent[text] = parent[above]
        text = above
    return text


def _run(con: duckdb.DuckDBPyConnection, name: str, values: dict[str, float]) -> None:
    for statement in con.extract_statements((_SQL / f"{name}.sql").read_text("utf-8")):
        con.execute(statement, {key: values[key] for key in statement.named_parameters})


def _sign_the_rest(con: duckdb.DuckDBPyConnection) -> None:
    """``signed_documents``: what was kept, and signatures of documents that came before any were kept."""
    unsigned = con.sql(
        "SELECT document_id, batch, body FROM documents ANTI JOIN document_signatures USING (document_id)"
    ).to_arrow_table()
    con.register("signed_now", sign(unsigned))
    con.execute(
        "CREATE OR REPLACE TEMP VIEW signed_documents AS "
        "SELECT * FROM document_signatures UNION ALL BY NAME SELECT * FROM signed_now"
    )


def _compare_new_pairs(con: duckdb.DuckDBPyConnection) -> None:
    """Add the candidates that nobody compared before to ``story_pairs``, with their similarity."""
    new = con.execute(
        "SELECT first_text, second_text FROM candidate_pairs "
        "ANTI JOIN story_pairs USING (first_text, second_text) ORDER BY ALL"
    ).fetchall()
    remaining = iter(new)
    while pairs := list(islice(remaining, _PAIRS_AT_A_TIME)):
        con.register("compared", _compared(con, pairs))
        con.execute("INSERT INTO story_pairs SELECT * FROM compared")


def _compared(con: duckdb.DuckDBPyConnection, pairs: Sequence[Pair]) -> pa.Table:
    sets = _shingles_of(con, {text for pair in pairs for text in pair})
    firsts, seconds = zip(*pairs, strict=True)
    similarities = [similarity(sets[first], sets[second]) for first, second in pairs]
    return pa.table([firsts, seconds, similarities], schema=_PAIRS)


def _shingles_of(con: duckdb.DuckDBPyConnection, texts: set[int]) -> dict[int, Hashes]:
    """The shingles of each text, from the body of one of its documents."""
    con.register("wanted_texts", pa.table({"text_hash": pa.array(sorted(texts), pa.int64())}))
    bodies = con.execute(
        "SELECT t.text_hash, d.body FROM wanted_texts "
        "INNER JOIN story_texts AS t USING (text_hash) INNER JOIN documents AS d USING (document_id)"
    )
    return {text: shingles(body) for text, body in _rows(bodies)}


def _rows(con: duckdb.DuckDBPyConnection) -> Iterator[tuple[int, str]]:
    while rows := con.fetchmany(1_000):
        yield from rows


def _near_copies(con: duckdb.DuckDBPyConnection) -> list[Pair]:
    query = "SELECT first_text, second_text FROM story_pairs WHERE similarity >= ?"
    return con.execute(query, [SAME_STORY]).fetchall()


def _groups(pairs: Iterable[Pair]) -> pa.Table:
    groups = grouped(pairs)
    columns = {"text_hash": list(groups), "group_hash": list(groups.values())}
    return pa.table({name: pa.array(values, pa.int64()) for name, values in columns.items()})
