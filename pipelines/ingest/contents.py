"""What a file's first bytes say about its format.

What belongs here: certain signs only, for a name is believed where the content says nothing clear. What does
not: reading the content (``readers``).
"""

from __future__ import annotations

import csv
import re
from functools import cache
from pathlib import Path

from pipelines.ingest.encodings import refuse_controls, refuse_known_binary, wide_encoding
from pipelines.ingest.naming import Given, count_known, has_text_field

_FILE = Path(__file__).parent / "data" / "contents.csv"
_LOOKED_AT = 1 << 16  # bytes
_MARKUP = re.compile(r"\s{0,1000}<[?!a-zA-Z]")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_ELEMENT = re.compile(r"<(?:[A-Za-z][\w.-]{0,40}:)?([A-Za-z][\w.-]{0,40})[\s/>]")
_XML = re.compile(r"\s{0,1000}<\?xml\b", re.IGNORECASE)
_FEED_ROOTS = frozenset({"rss", "feed", "rdf"})
_OBJECT = re.compile(r'\s{0,1000}\{\s{0,1000}"[^"\n]{1,200}"\s{0,10}:')
_OBJECT_LINE = re.compile(r"[^\n]*\}\s*\n\s*\{")
_LIST = re.compile(r'\s{0,1000}\[\s{0,1000}\{\s{0,1000}"[^"\n]{1,200}"\s{0,10}:')
_COLUMN = re.compile(r"\"?[A-Za-z_][\w .-]{0,40}\"?")
_DELIMITERS = (",", ";", "\t", "|")
_FEWEST_COLUMNS = 3  # "News, Politics" may well be the first line of a text


def packing_of(head: bytes) -> tuple[str, str] | None:
    """``compression`` or ``archive`` and its name, where the bytes begin like one."""
    found = _signature(head)
    return found if found is not None and found[0] != "format" else None


def kind_of(head: bytes, given: Given = ()) -> str | None:
    """The format that the bytes surely begin; None for plain text and for what is not known.

    ``given`` are the user's own names of fields, which tell a table.
    """
    found = _signature(head)
    if found is not None:
        return found[1] if found[0] == "format" else None
    sample = head[:_LOOKED_AT]
    text = sample.decode(wide_encoding(sample) or "utf-8", "replace").removeprefix("\ufeff")
    if _MARKUP.match(text):
        return _markup(text)
    if _OBJECT.match(text):
        return "jsonl" if _OBJECT_LINE.match(text.lstrip()) else "json"
    if _LIST.match(text):
        return "json"
    return "csv" if _is_table(text, given) else None


def refuse_no_text(head: bytes) -> None:
    """Raises Rejection (``binary``) for bytes that no text begins with."""
    if wide_encoding(head) is None:
        refuse_known_binary(head)
        refuse_controls(head)


def _markup(text: str) -> str | None:
    """HTML, a feed, or other XML, which the reader of feeds has a reason for."""
    root = _ELEMENT.search(_COMMENT.sub("", text))
    name = root.group(1).lower() if root else ""
    if name in _FEED_ROOTS:
        return "feed"
    if name == "html" or text.lstrip()[:14].lower() == "<!doctype html":
        return "html"
    return "feed" if _XML.match(text) else None


def _is_table(text: str, given: Given) -> bool:
    """Whether the first line is a header of columns that are known, one of them for text."""
    line = text.split("\n", 1)[0].strip()
    for delimiter in _DELIMITERS:
        names = line.split(delimiter)
        if len(names) < _FEWEST_COLUMNS or not all(_COLUMN.fullmatch(name) for name in names):
            continue
        plain = [name.strip('"') for name in names]
        if has_text_field(plain, given) and count_known(plain, given) >= _FEWEST_COLUMNS - 1:
            return True
    return False


def _signature(head: bytes) -> tuple[str, str] | None:
    return next((found for begin, found in _signatures() if head.startswith(begin)), None)


@cache
def _signatures() -> tuple[tuple[bytes, tuple[str, str]], ...]:
    with _FILE.open(encoding="utf-8", newline="") as stream:
        rows = csv.DictReader(line for line in stream if not line.startswith("#"))
        return tuple((bytes.fromhex(row["hex"]), (row["kind"], row["name"])) for row in rows)
