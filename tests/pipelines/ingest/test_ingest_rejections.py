"""The nasty folder: whatever is dropped in has a ledger row with its reason, and nothing stops the rest."""

from __future__ import annotations

import bz2
import gzip
import hashlib
import lzma
import os
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest
from ingested import Ingested, ingest_all, zstandard

from pipelines.ingest.reasons import explain, sentences
from pipelines.ingest.stage import Limits, discover

Read = Callable[..., Ingested]
NOISE = Random(7).randbytes(5000)
# Random words compress badly, as news text does: cut in the middle, the archive ends in the middle of the
# text.
WORDS = " ".join("".join(Random(n).choices("abcdefghij", k=7)) for n in range(3000)).encode()


def reason_of(result: Ingested) -> str:
    row = result.only()
    assert row["outcome"] == "rejected"
    assert row["document_id"] is None
    assert len(row["detail"]) > 10
    return str(row["reason"])


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.txt", b"", "empty"),
        ("a.txt", b" \n\t \r\n", "empty"),
        ("a.txt", "\ufeff".encode("utf-16"), "empty"),
        ("a.html", b"", "empty"),
        ("a.jsonl", b"\n\n", "empty"),
        ("a.json", b"[]", "empty"),
        ("a.csv", b"text,url\n", "empty"),
        ("a.csv", b"", "empty"),
        ("a.txt.gz", gzip.compress(b"", mtime=0), "empty"),
        ("a.txt", NOISE, "binary"),
        ("a.html", NOISE, "binary"),
        ("a.txt", b"%PDF-1.7\n1 0 obj << /Type /Catalog >> endobj", "binary"),
        ("a.txt", b"\x00" * 999, "binary"),
        ("a.txt", b"\xff\xfe" + NOISE, "binary"),
        ("a.txt.gz", gzip.compress(WORDS, mtime=0)[:9000], "truncated"),
        ("a.txt.gz", b"", "empty"),
        ("a.txt.gz", gzip.compress(WORDS, mtime=0)[:9000] + NOISE, "corrupt-compression"),
        ("a.jsonl.gz", gzip.compress(b"", mtime=0)[:5], "truncated"),
        ("a.docx", b"PK", "unsupported-format"),
        ("report.pdf", b"Text that only claims to be one.", "unsupported-format"),
        ("minutes", NOISE, "binary"),
        ("minutes", b"", "empty"),
        ("a.txt.gz.gz", gzip.compress(gzip.compress(b"Text.", mtime=0), mtime=0), "nested-archive"),
        ("a.warc", b"", "empty"),
        ("a.warc", b"No archive at all.\n", "broken-warc"),
        ("a.rss", b"", "empty"),
        ("a.rss", b"<rss><channel></channel></rss>", "empty"),
        ("a.xml", b"<?xml version='1.0'?><urlset><url/></urlset>", "not-a-feed"),
        ("a.zip", NOISE, "binary"),
        ("a.zip", b"PK\x03\x04" + NOISE, "corrupt-archive"),
        ("a.txt.bz2", bz2.compress(WORDS)[:900], "truncated"),
        ("a.txt.bz2", b"BZh9" + NOISE, "corrupt-compression"),
        ("a.txt.xz", lzma.compress(WORDS)[:900], "truncated"),
        ("a.txt.xz", lzma.compress(WORDS)[:900] + NOISE, "corrupt-compression"),
        ("a.txt.zst", zstandard(WORDS)[:900], "truncated"),
        ("a.txt.zst", zstandard(WORDS)[:4] + NOISE, "corrupt-compression"),
        ("a.json", b'{"text": "abc', "broken-json"),
        ("a.json", b"[" * 100_000, "broken-json"),
        ("a.json", b"[" + b"9" * 5000 + b"]", "broken-json"),
        ("a.json", b"17", "not-an-object"),
        ("a.json", b'{"message": "No text here."}', "no-text-field"),
        ("a.json", b'{"text": "  "}', "empty"),
        ("a.json", b'{"text": null, "title": "T"}', "empty"),
        ("a.csv", b"id,colour\n1,red\n", "no-text-field"),
        ("a.tsv", b"id\tcolour\n1\tred\n", "no-text-field"),
        ("a.parquet", b"", "corrupt-parquet"),
        ("a.parquet", b"PAR1" + NOISE + b"PAR1", "corrupt-parquet"),
    ],
)
def test_unusable_files_are_refused_with_their_reason(
    read: Read, name: str, content: bytes, reason: str
) -> None:
    result = read({name: content})
    assert reason_of(result) == reason
    assert result.only()["bytes"] == len(content)
    assert result.only()["sha256"] == hashlib.sha256(content).hexdigest()
    assert result.kept["inbox/" + name, 0] == content


def test_details_are_one_bounded_line_whatever_the_input_says() -> None:
    sentence = explain("no-text-field", fields="evil\n\x1b[31m" + "x" * 5000)
    assert sentence.isprintable()
    assert len(sentence) < 500


def test_every_reason_is_a_word_that_the_ledger_takes() -> None:
    from warehouse.tables import table

    pattern = table("inputs").column("reason").pattern
    assert pattern
    import re

    assert all(re.fullmatch(pattern, reason) for reason in sentences())


def test_a_text_longer_than_an_article_is_refused_in_bounded_memory(read: Read, folder: Path) -> None:
    (folder / "line.txt").write_bytes(b"spam and eggs " * 3_600_000)
    tracemalloc.start()
    try:
        result = ingest_all(discover([folder]))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert reason_of(result) == "too-large"
    assert result.only()["bytes"] == 14 * 3_600_000
    # the bytes that the test itself collects for comparison come on top
    assert peak < 50_400_000 * 2 + 3 * Limits().max_record_bytes
    assert len(result.kept["inbox/line.txt", 0]) == 50_400_000


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        ("a.jsonl", b'{"text": "One."}\n{"text": "', b'"}\n{"text": "Three."}\n'),
        ("a.csv", b"text\nOne.\n", b"\nThree.\n"),
        ("a.csv.gz", b"text\nOne.\n", b"\nThree.\n"),
    ],
)
def test_a_line_longer_than_an_article_costs_that_line_only(
    read: Read, name: str, before: bytes, after: bytes
) -> None:
    whole = before + b"x" * 700_000 + after
    content = gzip.compress(whole, mtime=0) if name.endswith(".gz") else whole
    result = read({name: content}, max_record_bytes=100_000)
    assert [row["reason"] for row in result.inputs] == [None, "too-large", None]
    long = whole.splitlines(keepends=True)[-2]
    assert result.inputs[1]["bytes"] == len(long)
    assert result.inputs[1]["sha256"] == hashlib.sha256(long).hexdigest()
    assert result.kept["inbox/" + name, 1] == long[:100_000]


@pytest.mark.parametrize("name", ["a.txt.gz", "a.jsonl.gz", "a.csv.gz", "a.parquet.gz"])
def test_a_gzip_bomb_is_refused_before_it_expands(read: Read, name: str) -> None:
    bomb = gzip.compress(b"A" * 30_000_000, mtime=0)
    result = read({name: bomb}, expansion_floor_bytes=1_000_000, max_record_bytes=25_000_000)
    assert reason_of(result) == "expansion-bound"
    assert result.only()["bytes"] == len(bomb)


def test_a_truncated_archive_of_lines_gives_what_was_whole(read: Read) -> None:
    lines = b"".join(b'{"text": "%s"}\n' % WORDS[start : start + 400] for start in range(0, 20_000, 400))
    result = read({"a.jsonl.gz": gzip.compress(lines, mtime=0)[:7000]})
    *good, last = result.inputs
    assert len(good) > 5
    assert {row["outcome"] for row in good} == {"accepted"}
    assert (last["outcome"], last["reason"], last["record"]) == ("rejected", "truncated", len(good))


def test_a_file_beyond_the_file_limit_is_refused_unread(read: Read) -> None:
    assert reason_of(read({"a.jsonl": b'{"text": "A."}\n' * 10}, max_file_bytes=100)) == "file-too-large"


def test_broken_json_lines_cost_themselves_only(read: Read) -> None:
    lines = ['{"text": "One."}', '{"text": "Two."', "", "17", "not json", '{"id": 4}', '{"text": "Three."}']
    result = read({"a.jsonl": "\n".join(lines)})
    assert result.outcomes() == {
        ("a.jsonl", 0): ("accepted", None),
        ("a.jsonl", 1): ("rejected", "broken-json"),
        ("a.jsonl", 3): ("rejected", "not-an-object"),
        ("a.jsonl", 4): ("rejected", "broken-json"),
        ("a.jsonl", 5): ("rejected", "no-text-field"),
        ("a.jsonl", 6): ("accepted", None),
    }


def test_a_file_that_the_system_will_not_open_is_refused(
    read: Read, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    really_open = os.open

    def no_entry(path: object, *rest: int) -> int:
        if str(path).endswith("secret.txt"):
            raise PermissionError(13, "Permission denied", str(path))
        return really_open(path, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(os, "open", no_entry)
    result = read({"open.txt": "Fine.", "secret.txt": "Hidden."})
    assert result.outcomes()[("secret.txt", 0)] == ("rejected", "unreadable")
    assert result.outcomes()[("open.txt", 0)] == ("accepted", None)
    assert result.kept == {}
    assert str(folder) not in str(result.inputs)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission_is_refused(read: Read, folder: Path) -> None:
    (folder / "secret.txt").write_text("Hidden.")
    (folder / "secret.txt").chmod(0)
    assert reason_of(ingest_all(discover([folder]))) == "unreadable"


def test_a_file_that_went_away_is_refused(folder: Path) -> None:
    (folder / "a.txt").write_text("Fleeting.")
    sources = discover([folder])
    (folder / "a.txt").unlink()
    assert reason_of(ingest_all(sources)) == "missing"


def test_a_pipe_in_a_files_place_does_not_hang(folder: Path) -> None:
    (folder / "a.txt").write_text("Text.")
    sources = discover([folder])
    (folder / "a.txt").unlink()
    os.mkfifo(folder / "a.txt")
    assert reason_of(ingest_all(sources)) == "not-a-file"


def test_the_nasty_folder(read: Read, folder: Path) -> None:
    (folder / "loop").symlink_to(folder)
    (folder / "self.txt").symlink_to("self.txt")
    (folder / "folder.txt").mkdir()
    os.mkfifo(folder / "pipe.txt")
    result = read(
        {
            "good.txt": "Envoys of both sides met in Tunis.",
            "empty.txt": b"",
            "noise.txt": NOISE,
            "cut.txt.gz": gzip.compress(WORDS, mtime=0)[:9000],
            "broken.jsonl": '{"text": "One."}\n{"text"\n{"text": "Two."}',
            "wide.txt": "Ministři jednali v Praze.".encode("utf-16"),
            "two\nlines.txt": "A name with a line break.",
            ".DS_Store": b"\x00\x00",
            "~$good.docx": b"lock",
        }
    )
    assert result.outcomes() == {
        ("broken.jsonl", 0): ("accepted", None),
        ("broken.jsonl", 1): ("rejected", "broken-json"),
        ("broken.jsonl", 2): ("accepted", None),
        ("cut.txt.gz", 0): ("rejected", "truncated"),
        ("empty.txt", 0): ("rejected", "empty"),
        ("good.txt", 0): ("accepted", None),
        ("loop", 0): ("rejected", "symlink-loop"),
        ("noise.txt", 0): ("rejected", "binary"),
        ("pipe.txt", 0): ("rejected", "not-a-file"),
        ("self.txt", 0): ("rejected", "symlink-loop"),
        ("two%0Alines.txt", 0): ("rejected", "bad-name"),
        ("wide.txt", 0): ("accepted", None),
    }
    assert result.kept["inbox/two%0Alines.txt", 0] == b"A name with a line break."
