"""What is learned of a site's lines depends on the texts alone, however they are divided into batches."""

from __future__ import annotations

from collections.abc import Sequence

import duckdb
import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.learn import count_lines, site_lines
from pipelines.share import share

LINES = ("Quay office", "Weather of the lake", "Ask the miller", "Bread and tools", "Old maps for sale")
TEXTS = st.lists(
    st.tuples(st.sampled_from(("mill.example", "quay.example")), st.sets(st.sampled_from(LINES), min_size=1)),
    min_size=1,
    max_size=8,
)
Text = tuple[str, set[str]]


def raw(texts: Sequence[Text], which: Sequence[int], batch: str) -> pa.Table:
    schema = pa.schema([(name, pa.string()) for name in ("document_id", "batch", "content", "text", "url")])
    rows = [
        {
            "document_id": str(number),
            "batch": batch,
            "content": "text",
            "text": "\n\n".join(sorted(texts[number][1])),
            "url": f"https://{texts[number][0]}/{number}",
        }
        for number in which
    ]
    return pa.Table.from_pylist(rows, schema=schema)


def shared(texts: Sequence[Text], batches: Sequence[Sequence[int]]) -> dict[str, pa.Table]:
    parts = [raw(texts, which, f"batch{index}") for index, which in enumerate(batches)]
    with duckdb.connect() as con:
        con.register("raw_documents", pa.concat_tables(parts))
        learnt = [site_lines([count_lines(part)], batch=f"batch{index}") for index, part in enumerate(parts)]
        con.register("site_lines", pa.concat_tables(learnt))
        return {name: rows.sort_by(rows.column_names[0]) for name, rows in share(con).items()}


def as_set(table: pa.Table) -> set[tuple[object, ...]]:
    return {tuple(row.values()) for row in table.to_pylist()}


@settings(max_examples=40, deadline=None)
@given(TEXTS, st.data())
def test_dividing_and_repeating_texts_changes_no_count(texts: list[Text], data: st.DataObject) -> None:
    everything = range(len(texts))
    first = data.draw(st.sets(st.sampled_from(everything)))
    more = data.draw(st.sets(st.sampled_from(everything)))
    divided = [sorted(first), sorted((set(everything) - first) | more)]
    whole = shared(texts, [list(everything)])["shared_lines"]
    assert as_set(shared(texts, divided)["shared_lines"]) == as_set(whole)
    assert as_set(shared(texts, divided[::-1])["shared_lines"]) == as_set(whole)


def test_counts_are_of_documents_of_one_site() -> None:
    texts: list[Text] = [
        ("mill.example", {"Ask the miller", "Old maps for sale"}),
        ("mill.example", {"Ask the miller"}),
        ("quay.example", {"Old maps for sale"}),
    ]
    found = shared(texts, [[0], [1, 2]])
    counts = sorted((row["site"], row["documents"]) for row in found["shared_lines"].to_pylist())
    assert counts == [("mill.example", 2), ("mill.example", 2)]  # the line, and the site's documents
    assert [(row["batch"], row["lines"]) for row in found["shared_line_digests"].to_pylist()] == [
        ("batch0", 1),
        ("batch1", 1),
    ]


def test_a_batch_of_another_site_leaves_the_digest_of_the_first_as_it_was() -> None:
    texts: list[Text] = [
        ("mill.example", {"Ask the miller"}),
        ("mill.example", {"Ask the miller"}),
        ("quay.example", {"Ask the miller"}),
        ("mill.example", {"Bread and tools", "Ask the miller"}),
    ]

    def first(batches: list[list[int]]) -> str:
        rows = shared(texts, batches)["shared_line_digests"].to_pylist()
        return next(str(row["digest"]) for row in rows if row["batch"] == "batch0")

    alone = first([[0, 1]])
    assert first([[0, 1], [2]]) == alone
    assert first([[0, 1], [3]]) != alone


def test_nothing_is_learned_from_no_texts() -> None:
    assert {name: rows.num_rows for name, rows in shared([], [[]]).items()} == {
        "shared_lines": 0,
        "shared_line_digests": 0,
    }


def test_a_site_that_grows_by_a_little_leaves_older_batches_as_they_are() -> None:
    def digest(documents: int) -> object:
        texts: list[Text] = [
            ("mill.example", {"Quay office", f"Story {'x' * at}"}) for at in range(documents)
        ]
        batches = [range(16), range(16, documents)]
        digests = shared(texts, batches)["shared_line_digests"].to_pylist()
        return next(row["digest"] for row in digests if row["batch"] == "batch0")

    assert digest(17) == digest(19)
    assert digest(17) != digest(20)


def test_small_counts_are_exact_and_large_ones_rounded_down() -> None:
    def count(documents: int) -> object:
        texts: list[Text] = [
            ("mill.example", {"Quay office", f"Story {'x' * at}"}) for at in range(documents)
        ]
        rows = shared(texts, [range(documents)])["shared_lines"].to_pylist()
        return {row["documents"] for row in rows}

    assert [count(n) for n in (2, 3, 7, 9, 10, 15, 21)] == [{2}, {3}, {7}, {8}, {10}, {14}, {20}]
