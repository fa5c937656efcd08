"""Web archives: what is taken of them, and what is said of the rest."""

from __future__ import annotations

import gzip
import tracemalloc
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from archived import PAGE, answer, packed, page, warc_record
from hypothesis import given, settings
from hypothesis import strategies as st
from ingested import Ingested, ingest_all

from pipelines.ingest.readers.http_answer import Answer, read_answer
from pipelines.ingest.records import Rejection
from pipelines.ingest.stage import discover

Read = Callable[..., Ingested]


def reasons(result: Ingested) -> list[str | None]:
    return [row["reason"] for row in result.inputs]


@pytest.mark.parametrize("name", ["crawl.warc", "crawl.warc.gz", "crawl", "crawl.txt"])
def test_a_page_comes_with_its_address_and_the_time_it_was_fetched(read: Read, name: str) -> None:
    (document,) = read({name: packed(page("a")) if name.endswith("gz") else page("a")}).documents
    assert document["text"] == PAGE.format("a")
    assert (document["content"], document["format"]) == ("html", "warc")
    assert (document["url"], document["captured"]) == ("https://aldmoor.example/a", "2022-02-03T04:05:06Z")
    assert document["published"] is None


def test_every_record_has_a_row_and_pictures_stay_where_they_are(read: Read) -> None:
    archive = packed(
        warc_record("warcinfo", b"software: none", media="application/warc-fields"),
        warc_record("request", b"GET / HTTP/1.1\r\n\r\n", media="application/http; msgtype=request"),
        page("a"),
        warc_record("response", answer(b"\x89PNG" * 50, "image/png")),
        warc_record("response", answer(b"<html>gone", status="404 Not Found")),
        warc_record("response", b"no answer at all"),
        warc_record("revisit", answer(b"")),
        warc_record("conversion", b"The text of a page.", media="text/plain"),
        warc_record("resource", b"\x00\x01", media="image/gif"),
    )
    result = read({"a.warc.gz": archive})
    assert reasons(result) == [
        "warc-bookkeeping",
        "warc-bookkeeping",
        None,
        "not-a-page",
        "http-status",
        "broken-http",
        "warc-bookkeeping",
        None,
        "not-a-page",
    ]
    assert [row["record"] for row in result.inputs] == list(range(9))
    assert result.kept == {}


def test_equal_refusals_say_it_in_equal_words(read: Read) -> None:
    picture = warc_record("response", answer(b"x" * 9, "image/png"))
    assert len({row["detail"] for row in read({"a.warc": picture * 20}).inputs}) == 1


@pytest.mark.parametrize("keep", [0.3, 0.6, 0.9])
@pytest.mark.parametrize("pack", [False, True])
def test_what_stands_before_a_cut_is_kept_and_the_cut_has_a_row(read: Read, keep: float, pack: bool) -> None:
    last = page("last")
    before, cut = [page("a"), page("b")], last[: int(len(last) * keep)]
    data = packed(*before) + gzip.compress(last)[: int(len(gzip.compress(last)) * keep)] if pack else b""
    result = read({"a.warc": data or b"".join(before) + cut})
    assert [row["outcome"] for row in result.inputs] == ["accepted", "accepted", "rejected"]
    assert result.inputs[-1]["reason"] == ("truncated" if pack else "truncated-warc")


def test_damage_between_records_costs_no_record(read: Read) -> None:
    damaged = page("b").replace(b"Content-Length: ", b"Content-Length: minus ")
    result = read({"a.warc": page("a") + damaged + b"noise\r\n" * 5 + page("c")})
    assert reasons(result) == [None, "broken-warc", None]


@pytest.mark.parametrize(
    ("extra", "pack"),
    [
        ("Content-Encoding: gzip\r\n", gzip.compress),
        ("Content-Encoding: deflate\r\n", zlib.compress),
        ("Content-Encoding: gzip\r\n", bytes),
        ("Content-Encoding: br\r\n", bytes),
        ("Transfer-Encoding: chunked\r\n", bytes),
        ("Transfer-Encoding: chunked\r\n", lambda body: b"%x\r\n%s\r\n0\r\n\r\n" % (len(body), body)),
        ("Transfer-Encoding: chunked\r\n", lambda body: b"5;x\r\n%s\r\nffff\r\n%s" % (body[:5], body[5:])),
    ],
)
def test_packing_is_undone_where_it_is_as_the_header_says(
    read: Read, extra: str, pack: Callable[[bytes], bytes]
) -> None:
    body = PAGE.format("a").encode()
    (document,) = read({"a.warc": warc_record("response", answer(pack(body), extra=extra))}).documents
    assert document["text"] == PAGE.format("a")


def test_a_page_that_unpacks_without_end_is_refused(read: Read) -> None:
    bomb = answer(gzip.compress(b"<p>" * 2_000_000), extra="Content-Encoding: gzip\r\n")
    result = read({"a.warc": warc_record("response", bomb) + page("b")}, max_record_bytes=1_000_000)
    assert reasons(result) == ["too-large", None]


def test_the_servers_charset_counts_and_then_the_pages_own(read: Read) -> None:
    said = warc_record(
        "response", answer("<html>Мир и труд".encode("cp1251"), "text/html; charset=windows-1251")
    )
    written = '<html><meta charset="koi8-r">Мир и дом'
    silent = warc_record("response", answer(written.encode("koi8_r"), "text/html"))
    assert [document["text"] for document in read({"a.warc": said + silent}).documents] == [
        "<html>Мир и труд",
        written,
    ]


def test_a_long_archive_is_read_in_the_memory_of_one_record(folder: Path) -> None:
    picture = warc_record("response", answer(b"x" * 3_000_000, "image/png"))
    with (folder / "a.warc").open("wb") as file:
        for _ in range(20):
            file.write(picture)
        file.write(page("a"))
    tracemalloc.start()
    try:
        result = ingest_all(discover([folder]))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert reasons(result) == ["not-a-page"] * 20 + [None]
    assert peak < 5_000_000


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=200), st.sampled_from(["gzip", "deflate", "br", "zstd", "gzip, br"]), st.booleans())
def test_no_answer_is_too_strange(body: bytes, packing: str, chunked: bool) -> None:
    extra = f"Content-Encoding: {packing}\r\n" + ("Transfer-Encoding: chunked\r\n" if chunked else "")
    whole = answer(body, extra=extra)
    found = Answer.of(whole)
    try:
        assert isinstance(read_answer(found, whole[found.body_start :], 10_000), bytes)
    except Rejection as why:
        assert why.reason in ("broken-http", "too-large")
