"""Makers of archives and feeds for the ingest tests."""

from __future__ import annotations

import gzip
import io
import zipfile

PAGE = "<html><head><title>{0}</title></head><body><p>{0}: the harbour talks of Aldmoor went on.</p></body></html>"


def warc_record(
    kind: str,
    block: bytes,
    uri: str = "https://aldmoor.example/",
    media: str = "application/http; msgtype=response",
) -> bytes:
    head = f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Date: 2022-02-03T04:05:06Z\r\nWARC-Target-URI: {uri}\r\n"
    return (
        f"{head}Content-Type: {media}\r\nContent-Length: {len(block)}\r\n\r\n".encode() + block + b"\r\n\r\n"
    )


def answer(
    body: bytes, media: str = "text/html; charset=utf-8", status: str = "200 OK", extra: str = ""
) -> bytes:
    return f"HTTP/1.1 {status}\r\nContent-Type: {media}\r\n{extra}\r\n".encode() + body


def page(name: str, extra: str = "") -> bytes:
    """The record of a page whose text has the name in it."""
    return warc_record(
        "response", answer(PAGE.format(name).encode(), extra=extra), f"https://aldmoor.example/{name}"
    )


def packed(*records: bytes) -> bytes:
    """A web archive as crawlers pack it: every record by itself."""
    return b"".join(gzip.compress(record, mtime=0) for record in records)


def zipped(members: dict[str, bytes | str], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(zipfile.ZipInfo(name), content, method)
    return buffer.getvalue()


def rss(*items: str, prolog: str = "") -> str:
    inner = "".join(f"<item>{item}</item>" for item in items)
    return f"<?xml version='1.0'?>{prolog}<rss version='2.0'><channel><title>The Quay</title>{inner}</channel></rss>"
