"""Zip archives: members are records like files, and those that mean harm have a reason."""

from __future__ import annotations

import gzip
import io
import stat
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from archived import packed, page, rss, zipped
from ingested import Ingested

from pipelines.ids import stable_id

Read = Callable[..., Ingested]


def outcomes(result: Ingested) -> dict[str, str | None]:
    return {row["source_uri"].partition("//")[2]: row["reason"] for row in result.inputs}


def test_members_of_every_format_are_records_under_the_archives_name(read: Read) -> None:
    members: dict[str, bytes | str] = {
        "a.txt": "Talks began.",
        "deep/er/b.jsonl": '{"text": "One."}\n{"text": \n',
        "c.txt.gz": gzip.compress(b"Talks went on."),
        "d.warc.gz": packed(page("d")),
        "e.rss": rss("<description>Talks ended.</description>"),
        "f": "id,title,text\n1,T,Nobody signed.\n",
        "deep/": "",
        "__MACOSX/._a.txt": "x",
    }
    result = read({"a.zip": zipped(members)})
    assert [(row["source_uri"], row["record"], row["format"], row["reason"]) for row in result.inputs] == [
        ("inbox/a.zip//a.txt", 0, "txt", None),
        ("inbox/a.zip//deep/er/b.jsonl", 0, "jsonl", None),
        ("inbox/a.zip//deep/er/b.jsonl", 1, "jsonl", "broken-json"),
        ("inbox/a.zip//c.txt.gz", 0, "txt", None),
        ("inbox/a.zip//d.warc.gz", 0, "warc", None),
        ("inbox/a.zip//e.rss", 0, "feed", None),
        ("inbox/a.zip//f", 0, "csv", None),
    ]
    assert result.kept == {("inbox/a.zip//deep/er/b.jsonl", 1): b'{"text": \n'}
    assert result.inputs[0]["input_id"] == stable_id("b", "inbox/a.zip//a.txt", 0)


def test_members_that_mean_harm_are_refused_by_their_reason(read: Read, tmp_path: Path) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in (
            "../out.txt",
            "/etc/out.txt",
            "C:/out.txt",
            "a/../../out.txt",
            "..\\out.txt",
            "bell\x07.txt",
        ):
            archive.writestr(zipfile.ZipInfo(name), "Text.")
        link = zipfile.ZipInfo("link.txt")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")
        archive.writestr("inner.zip", zipped({"a.txt": "Text."}))
        archive.writestr("by-bzip2.txt", "Text.", zipfile.ZIP_BZIP2)
        archive.writestr("logo.png", b"\x89PNG")
        archive.writestr("good.txt", "Good.")
    assert outcomes(read({"a.zip": buffer.getvalue()})) == {
        "../out.txt": "unsafe-name",
        "etc/out.txt": "unsafe-name",
        "C:/out.txt": "unsafe-name",
        "a/../../out.txt": "unsafe-name",
        "..\\out.txt": "unsafe-name",
        "bell%07.txt": "bad-name",
        "link.txt": "archive-link",
        "inner.zip": "nested-archive",
        "by-bzip2.txt": "archive-method",
        "logo.png": "unsupported-format",
        "good.txt": None,
    }
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == [tmp_path / "inbox" / "a.zip"]


def test_an_encrypted_member_is_refused(read: Read) -> None:
    data = bytearray(zipped({"a.txt": "Text."}))
    data[data.index(b"PK\x01\x02") + 8] |= 1
    assert outcomes(read({"a.zip": bytes(data)})) == {"a.txt": "encrypted"}


def test_members_of_one_name_are_told_apart(read: Read) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive, pytest.warns(UserWarning, match="Duplicate name"):
        archive.writestr("a.txt", "One.")
        archive.writestr("a.txt", "Two.")
    result = read({"a.zip": buffer.getvalue()})
    assert [document["text"] for document in result.documents] == ["One.", "Two."]
    assert outcomes(result).keys() == {"a.txt", "a.txt~2"}


def test_one_bomb_costs_itself_and_many_small_ones_the_rest(read: Read) -> None:
    limits = {"expansion_floor_bytes": 300_000, "max_expansion": 20}
    one = read({"a.zip": zipped({"a.txt": b"A" * 400_000, "b.txt": "Fine."})}, **limits)
    assert outcomes(one) == {"a.txt": "expansion-bound", "b.txt": "expansion-bound"} or outcomes(one) == {
        "a.txt": "expansion-bound",
        "b.txt": None,
    }
    many = read({"a.zip": zipped({f"{n}.txt": bytes([65 + n]) * 90_000 for n in range(9)})}, **limits)
    assert [row["reason"] for row in many.inputs] == [None] * 3 + ["expansion-bound"] * 6


def test_a_damaged_member_costs_itself(read: Read) -> None:
    data = bytearray(zipped({"a.txt": "Talks began.", "b.txt": "Talks ended."}, zipfile.ZIP_STORED))
    data[data.index(b"began")] ^= 1
    assert outcomes(read({"a.zip": bytes(data)})) == {"a.txt": "corrupt-compression", "b.txt": None}


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (zipped({}), "empty"),
        (zipped({"a.txt": "Text."})[:-30], "corrupt-archive"),
        (zipped({"[Content_Types].xml": "<x/>", "word/document.xml": "<x/>"}), "binary"),
    ],
)
def test_an_archive_that_is_none_is_refused_as_one(read: Read, data: bytes, reason: str) -> None:
    assert read({"a.zip": data}).only()["reason"] == reason


def test_a_list_of_members_longer_than_the_memory_for_it_is_not_read(read: Read) -> None:
    archive = zipped({f"{number}.txt": "" for number in range(100)})
    assert read({"a.zip": archive}, max_listing_bytes=1000).only()["reason"] == "archive-listing"
