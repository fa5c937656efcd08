"""What holds for any bytes in any file."""

from __future__ import annotations

import gzip
import io
import json
import tempfile
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from ingested import Ingested, ingest_all

from pipelines.ingest.readers import READERS
from pipelines.ingest.splitting import read_lines
from pipelines.ingest.stage import Limits, discover

ENDINGS = [f".{name}" for name in READERS] + [".jsonl.gz", ".txt.gz", ".csv.gz", ".doc", ""]
MARKS = [b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf", b"\xe9", b"\x00", b"<html>", b"PAR1", b"\\ud800"]
SYNTAX = [
    b"text",
    b'"',
    b",",
    b"\n",
    b"\r",
    b"\t",
    b"{",
    b"}",
    b"[",
    b"]",
    b":",
    b'{"text": "A."}',
    b"text,url\n",
]
PIECES = st.sampled_from([*MARKS, *SYNTAX])
CONTENT = st.binary(max_size=200) | st.lists(PIECES, max_size=30).map(b"".join)
FILES = st.lists(st.tuples(CONTENT, st.sampled_from(ENDINGS), st.booleans()), max_size=5)


def ingested(files: list[tuple[bytes, str, bool]], **limits: int) -> Ingested:
    with tempfile.TemporaryDirectory() as folder:
        for number, (content, ending, packed) in enumerate(files):
            data = gzip.compress(content) if packed else content
            (Path(folder) / f"{number}{ending}").write_bytes(data)
        return ingest_all(discover([Path(folder)]), Limits(**limits))


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(FILES, st.sampled_from([20, 20_000_000]))
def test_no_bytes_stop_the_ingest_and_every_record_is_counted_once(
    files: list[tuple[bytes, str, bool]], max_record_bytes: int
) -> None:
    result = ingested(files, max_record_bytes=max_record_bytes)
    rows = result.inputs
    assert (
        len({row["input_id"] for row in rows})
        == len({(r["source_uri"], r["record"]) for r in rows})
        == len(rows)
    )
    assert len({row["source_uri"] for row in rows}) == len(files)
    count = {
        word: sum(row["outcome"] == word for row in rows) for word in ("accepted", "duplicate", "rejected")
    }
    assert sum(count.values()) == len(rows)
    assert count["accepted"] == len(result.documents) == len({d["document_id"] for d in result.documents})
    known = {document["document_id"] for document in result.documents}
    for row in rows:
        if row["outcome"] == "rejected":
            assert row["reason"]
            assert row["document_id"] is None
            assert (row["source_uri"], row["record"]) in result.kept
        else:
            assert row["document_id"] in known


@settings(max_examples=50, deadline=None)
@given(st.lists(st.text(alphabet="ab \u00e9\u4e2d", min_size=1).filter(str.strip), min_size=1, max_size=8))
def test_every_text_is_accepted_or_a_duplicate(texts: list[str]) -> None:
    lines = "\n".join(json.dumps({"text": text}) for text in texts).encode()
    result = ingested([(lines, ".jsonl", False)])
    assert len(result.inputs) == len(texts)
    assert {document["text"].strip() for document in result.documents} == {text.strip() for text in texts}


class Dripping(io.RawIOBase):
    """A stream that gives a few bytes at a time."""

    def __init__(self, data: bytes, step: int) -> None:
        self._data = data
        self._step = step

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        count = min(self._step, len(self._data), len(buffer))
        buffer[:count], self._data = self._data[:count], self._data[count:]
        return count


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.text(alphabet="xy\u0a0a\u0d0a\u00e9", max_size=12), max_size=12),
    st.sampled_from(["utf-8", "utf-16-le", "utf-16-be", "utf-32-le"]),
    st.integers(1, 7),
)
def test_lines_keep_every_byte_however_the_stream_is_cut(lines: list[str], encoding: str, step: int) -> None:
    filler = ["long enough that more than one piece is read"] * 100
    lines = [*filler, *lines]
    mark = "\ufeff".encode(encoding)
    data = mark + "\n".join(lines).encode(encoding)
    read = list(read_lines(io.BufferedReader(Dripping(data, step)), 10_000))
    assert b"".join(line.raw or b"" for line in read) == data
    assert [line.number for line in read] == list(range(len(read)))
    assert [getattr(line, "text", None) for line in read] == "\n".join(lines).split("\n")[: len(read)]
    assert len(read) >= len(lines) - 1
