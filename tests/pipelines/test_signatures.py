"""Signatures: shingles, their exact similarity, and the rows that the clean stage keeps."""

from __future__ import annotations

import re

import numpy as np
import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from pipelines.signatures import BAND_DIGITS, BANDS, shingles, sign, similarity
from warehouse.tables import table
from warehouse.tables.arrow import stored_schema

BODIES = st.lists(st.sampled_from(["Lima", "met", "the", "ÉTAT", "2024", "—", "a.b"]), max_size=30).map(
    " ".join
)


def signed(*bodies: str) -> list[dict[str, object]]:
    columns = {"document_id": [f"{n:020x}" for n in range(len(bodies))], "batch": ["b"] * len(bodies)}
    found = sign(pa.table(columns | {"body": pa.array(bodies, pa.string())}))
    assert found.schema.equals(stored_schema(table("document_signatures")))
    return found.to_pylist()


def plain_jaccard(first: str, second: str) -> float:
    one, other = ({tuple(run) for run in runs(body)} for body in (first, second))
    return len(one & other) / len(one | other)


def runs(body: str) -> list[list[str]]:
    words = re.findall(r"\w+", body.casefold())
    return [words[at : at + 4] for at in range(max(1, len(words) - 3))]


@given(BODIES, BODIES)
def test_similarity_is_the_jaccard_of_four_word_runs(first: str, second: str) -> None:
    assert similarity(shingles(first), shingles(second)) == plain_jaccard(first, second)


@given(BODIES)
def test_shingles_are_sorted_and_each_there_once(body: str) -> None:
    found = shingles(body)
    assert len(found) >= 1
    assert np.all(found[1:] > found[:-1])


def test_the_same_words_have_the_same_signature_whatever_case_and_punctuation() -> None:
    one, other, third = signed(
        "Peru met Chile in Lima.", "PERU met Chile: in Lima", "Peru met Chile in Quito"
    )
    assert {one["text_hash"]} == {other["text_hash"]} != {third["text_hash"]}
    assert one["bands"] == other["bands"]


def test_signatures_are_the_same_on_any_machine_and_in_any_company() -> None:
    (alone,) = signed("Kenya and Uganda opened a bridge over the river on Monday")
    _, among, _ = signed("Other words", "Kenya and Uganda opened a bridge over the river on Monday", "More")
    assert (alone["text_hash"], alone["bands"]) == (among["text_hash"], among["bands"])
    assert (alone["shingles"], alone["text_hash"]) == (8, 844659923419088966)


def test_bands_have_the_declared_length() -> None:
    (row,) = signed("Some words of a text")
    assert re.fullmatch(str(table("document_signatures").column("bands").pattern), str(row["bands"]))
    assert len(str(row["bands"])) == BANDS * BAND_DIGITS


def test_no_documents_have_no_signatures() -> None:
    assert signed() == []
