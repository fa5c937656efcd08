"""What PostgreSQL cannot hold is replaced one for one, and nothing else is touched."""

from __future__ import annotations

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from warehouse.postgres.texts import clean, storable


def batch(*texts: bytes | None) -> pa.RecordBatch:
    """Texts as they may come out of a file, right or wrong: nobody has looked at their bytes."""
    raw = pa.array(texts, pa.binary())
    column = pa.Array.from_buffers(pa.string(), len(raw), raw.buffers(), raw.null_count)
    return pa.RecordBatch.from_arrays([pa.array(range(len(texts))), column], names=["n", "text"])


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        (b"a\0b", "a\ufffdb"),
        (b"\0\0", "\ufffd\ufffd"),
        (b"lone \xed\xa0\xbd half", "lone \ufffd half"),
        (b"pair \xed\xa0\xbd\xed\xb8\x80", "pair \ufffd\ufffd"),
        (b"stray \xff byte", "stray \ufffd byte"),
        ("sheep 🐑 \uffff".encode(), "sheep 🐑 \uffff"),
    ],
)
def test_what_cannot_be_held_is_replaced_one_for_one(raw: bytes, text: str) -> None:
    assert storable(batch(b"before", raw, None)).column(1).to_pylist() == ["before", text, None]


def test_a_batch_that_can_be_held_is_passed_on_untouched() -> None:
    fine = batch("Grüße".encode(), b"", None)
    assert storable(fine) is fine


@given(st.text(st.characters(exclude_categories=[]), max_size=20))
def test_a_text_keeps_its_length_and_can_be_written(text: str) -> None:
    cleaned = clean(text.encode("utf-8", "surrogatepass"))
    assert len(cleaned) == len(text)
    assert "\0" not in cleaned
    cleaned.encode("utf-8")


@given(st.binary(max_size=30))
def test_any_bytes_become_a_text_that_can_be_written(raw: bytes) -> None:
    assert "\0" not in clean(raw).encode("utf-8").decode("utf-8")
