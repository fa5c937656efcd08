"""Which format a file is: by its content where that is clear, else by its name."""

from __future__ import annotations

import bz2
import gzip
import lzma
from collections.abc import Callable

import pytest
from archived import page, rss
from ingested import Ingested, zstandard

from pipelines.ingest.formats import recognise

Read = Callable[..., Ingested]
LINES = b'{"id": 1, "text": "Talks began."}\n{"id": 2, "text": "They ended."}\n'
TABLE = b"id,title,text\n1,T,Talks began.\n"
HTML = b"<!DOCTYPE html>\n<html><body><p>Talks.</p></body></html>"


@pytest.mark.parametrize(
    ("name", "head", "form"),
    [
        ("notes", b"Talks began on Friday.", "txt"),
        ("notes.2024", b"Talks began on Friday.", "txt"),
        ("index.php", HTML, "html"),
        ("dump", LINES, "jsonl"),
        ("dump.txt", LINES, "jsonl"),
        ("dump.csv", LINES, "jsonl"),
        ("dump.json", LINES, "json"),
        ("dump", b'[\n {"text": "A."}]', "json"),
        ("dump.txt", TABLE, "csv"),
        ("dump.json", TABLE, "csv"),
        ("dump.tsv", TABLE, "tsv"),
        ("dump.dat", TABLE.decode().encode("utf-16"), "csv"),
        ("page.json", HTML, "html"),
        ("page.txt", HTML, "txt"),
        ("page.xml", b"<?xml version='1.0'?>\n" + HTML, "html"),
        ("a.html", page("a"), "warc"),
        ("a.html", rss().encode(), "feed"),
        ("a.txt", b"<!-- <p> -->\n<feed xmlns='x'>", "feed"),
        ("a.txt", b"News, Politics, Text of the day\n", "txt"),
        ("a.txt", b"[Updated] Talks began.", "txt"),
        ("a.txt", b"{sic} the minister said: nothing.", "txt"),
        ("a.docx", LINES, "jsonl"),
    ],
)
def test_a_clear_content_counts_more_than_a_name(name: str, head: bytes, form: str) -> None:
    assert recognise(name, head) == form


def test_a_users_own_names_tell_a_table_too() -> None:
    assert recognise("dump", b"Nr,Datum,Inhalt\n", (("text", "Inhalt"), ("published", "Datum"))) == "csv"


PACKERS: dict[str, Callable[[bytes], bytes]] = {
    ".gz": gzip.compress,
    ".bz2": bz2.compress,
    ".xz": lzma.compress,
    ".zst": zstandard,
}


@pytest.mark.parametrize("ending", PACKERS)
@pytest.mark.parametrize("name", ["a.jsonl{0}", "a{0}", "a.jsonl", "a", "a.txt"])
def test_compressed_files_are_read_whatever_they_are_called(read: Read, ending: str, name: str) -> None:
    data = PACKERS[ending](LINES[:40]) + PACKERS[ending](LINES[40:])
    result = read({name.format(ending): data})
    assert [document["text"] for document in result.documents] == ["Talks began.", "They ended."]


def test_a_name_may_claim_a_compression_that_is_not_there(read: Read) -> None:
    assert [d["text"] for d in read({"a.txt.gz": "Talks began."}).documents] == ["Talks began."]


@pytest.mark.parametrize("ending", PACKERS)
def test_a_bomb_of_every_kind_is_refused_before_it_expands(read: Read, ending: str) -> None:
    bomb = PACKERS[ending](b"A" * 20_000_000)
    result = read({"a.txt" + ending: bomb}, expansion_floor_bytes=1_000_000)
    assert result.only()["reason"] == "expansion-bound"


def test_what_a_file_expands_to_is_bounded_whatever_its_size(read: Read) -> None:
    result = read({"a.txt.gz": gzip.compress(b"A" * 50_000)}, max_file_bytes=10_000)
    assert result.only()["reason"] == "file-too-large"


@pytest.mark.parametrize(
    ("field", "reasons"),
    [
        (b"x" * 3_000_000, ["too-large"]),
        (b'"' + b"word word\n" * 300_000 + b'"', ["broken-row", "broken-row"]),  # and the line that closes it
    ],
)
def test_a_field_longer_than_an_article_costs_its_row(read: Read, field: bytes, reasons: list[str]) -> None:
    data = b"title,text\nA,One.\nB," + field + b"\nC,Three.\n"
    result = read({"a.csv": data}, max_record_bytes=1_000_000)
    assert [row["reason"] for row in result.inputs] == [None, *reasons, None]
