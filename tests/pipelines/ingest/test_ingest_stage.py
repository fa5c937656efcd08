"""Identity, duplicates, counts and chunks of the ingest stage."""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest
from ingested import SEEN_AT, Ingested, ingest_all

from pipelines.ids import stable_id
from pipelines.ingest.stage import Limits, discover, document_id, ingest
from warehouse.tables import table
from warehouse.tables.arrow import stored_schema

Read = Callable[..., Ingested]
TEXT = "The harbour council of Aldmoor met on Friday.\nNobody was late.\n"


def test_a_text_becomes_a_document_and_a_ledger_row(read: Read) -> None:
    result = read({"a.txt": TEXT})
    row, (document,) = result.only(), result.documents
    assert row["outcome"] == "accepted"
    assert row["source_uri"] == "inbox/a.txt"
    assert row["bytes"] == len(TEXT)
    assert row["sha256"] == hashlib.sha256(TEXT.encode()).hexdigest()
    assert row["input_id"] == stable_id("b", "inbox/a.txt", 0)
    assert row["document_id"] == document["document_id"]
    assert document["text"] == TEXT
    assert (document["content"], document["encoding"]) == ("text", "utf-8")
    assert document["url"] is document["title"] is document["published"] is None


def test_chunks_have_the_declared_schemas_and_add_up(read: Read, folder: Path) -> None:
    read({f"{number}.txt": f"Report number {number}." for number in range(7)})
    chunks = list(ingest(discover([folder]), batch="b", seen_at=SEEN_AT, rows_per_chunk=3))
    assert [inputs.num_rows for inputs, _ in chunks] == [3, 3, 1]
    for inputs, documents in chunks:
        assert inputs.schema.equals(stored_schema(table("inputs")), check_metadata=True)
        assert documents.schema.equals(stored_schema(table("raw_documents")), check_metadata=True)


def test_a_chunk_is_given_out_when_it_holds_much_text(read: Read, folder: Path) -> None:
    read({f"{number}.txt": f"{number} " * 500 for number in range(4)})
    limits = Limits(chunk_bytes=1000)
    chunks = list(ingest(discover([folder]), batch="b", seen_at=SEEN_AT, limits=limits))
    assert [inputs.num_rows for inputs, _ in chunks] == [1, 1, 1, 1]


def test_the_same_text_under_other_names_encodings_and_compressions_is_a_duplicate(read: Read) -> None:
    text = "Präsident Müller traf am Montag in Wien ein – pünktlich.\n"
    result = read(
        {
            "a.txt": text,
            "b.txt": text.encode("utf-16"),
            "c.txt.gz": gzip.compress(text.encode()),
            "d.txt": b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode(),
            "e.txt": text.encode("cp1252"),
            "f.jsonl": '{"text": "Pr\\u00e4sident M\\u00fcller traf am Montag in Wien ein – pünktlich."}',
        }
    )
    assert len(result.documents) == 1
    assert [row["outcome"] for row in result.inputs] == ["accepted", *["duplicate"] * 5]
    assert {row["document_id"] for row in result.inputs} == {result.documents[0]["document_id"]}
    assert {row["reason"] for row in result.inputs[1:]} == {"same-content"}
    assert all("inbox/a.txt" in row["detail"] for row in result.inputs[1:])


def test_another_title_date_or_address_makes_another_document(read: Read) -> None:
    lines = ['{"text": "T."}', *(f'{{"text": "T.", "{key}": "x"}}' for key in ("title", "date", "url"))]
    result = read({"a.jsonl": "\n".join(lines)})
    assert len({document["document_id"] for document in result.documents}) == 4


def test_order_of_sources_does_not_change_rows(read: Read, folder: Path) -> None:
    read({f"{number}.txt": f"Report number {number % 3}." for number in range(6)})
    sources = discover([folder])
    expected = ingest_all(sources)
    for seed in range(5):
        shuffled = Random(seed).sample(sources, len(sources))
        again = ingest_all(shuffled)
        assert (again.inputs, again.documents) == (expected.inputs, expected.documents)


def test_ids_are_the_same_in_another_place(tmp_path: Path) -> None:
    for place in ("here", "there"):
        (tmp_path / place / "inbox").mkdir(parents=True)
        (tmp_path / place / "inbox" / "a.txt").write_text(TEXT)
    here, there = (ingest_all(discover([tmp_path / place / "inbox"])) for place in ("here", "there"))
    assert here.inputs == there.inputs
    assert here.documents == there.documents


def test_blank_space_around_a_text_is_no_difference() -> None:
    from pipelines.ingest.fields import Fields

    assert document_id(Fields("  Talks began. \n")) == document_id(Fields("Talks began."))
    assert document_id(Fields("Talks  began.")) != document_id(Fields("Talks began."))


def test_refused_bytes_are_handed_over_and_accepted_ones_are_not(read: Read) -> None:
    result = read({"a.txt": TEXT, "b.docx": b"not read", "c.jsonl": b'{"text": "Fine."}\n{"text": \n'})
    assert result.kept == {("inbox/b.docx", 0): b"not read", ("inbox/c.jsonl", 1): b'{"text": \n'}


def test_only_the_beginning_of_a_long_refused_file_is_handed_over(read: Read) -> None:
    result = read({"film.mp4": b"0123456789" * 10}, max_kept_bytes=25)
    assert result.kept == {("inbox/film.mp4", 0): b"0123456789012345678901234"}
    row = result.only()
    assert (row["bytes"], row["sha256"]) == (100, None)


@pytest.mark.parametrize("name", ["a.txt", "a.jsonl", "a.csv", "a.bin", "a.txt.gz", "empty.txt"])
def test_progress_over_a_source_adds_up_to_its_size(read: Read, name: str) -> None:
    content = {"a.jsonl": b'{"text": "One."}\n' * 9, "a.csv": b"text\nOne.\nTwo.\n", "empty.txt": b""}.get(
        name
    )
    content = gzip.compress(b"One.") if name.endswith(".gz") else content if content is not None else b"One."
    assert sum(read({name: content}).progress) == len(content)


def test_the_digest_of_a_compressed_text_is_that_of_the_file(read: Read) -> None:
    packed = gzip.compress(TEXT.encode())
    row = read({"a.txt.gz": packed}).only()
    assert (row["bytes"], row["sha256"]) == (len(packed), hashlib.sha256(packed).hexdigest())


def test_faults_of_the_keeper_are_not_taken_for_faults_of_the_input(folder: Path) -> None:
    (folder / "a.docx").write_bytes(b"x")

    def full_disk(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space left"):
        list(ingest(discover([folder]), batch="b", seen_at=SEEN_AT, keep=full_disk))


def test_a_fault_of_the_progress_display_is_not_taken_for_a_fault_of_the_input(folder: Path) -> None:
    (folder / "a.txt").write_text(TEXT)

    def broken_pipe(_: int) -> None:
        raise BrokenPipeError

    with pytest.raises(BrokenPipeError):
        list(ingest(discover([folder]), batch="b", seen_at=SEEN_AT, progress=broken_pipe))
