"""From a JSON object or a table row to the fields of a document, by known names.

What belongs here: values as plain text. What does not: which name means what (``naming``), reading dates,
cleaning titles: a field is passed on as it was written, and nothing is invented where no known key is
present.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from pipelines.ingest.naming import Given, Names, declared, names_with, nothings, plain, wrappers

_OTHER_LINE_ENDS = "\r\v\f\x1c\x1d\x1e\x85\u2028\u2029"
_LINE_ENDS = re.compile(rf"\r\n|[{_OTHER_LINE_ENDS}]")
_SURROGATES = re.compile("[\ud800-\udfff]")
_HTML_START = re.compile(
    r"\s{0,1000}(?:<\?xml[^<>]{0,200}>\s{0,100})?<(?:!doctype\s+html|html)\b", re.IGNORECASE
)
_HTML_PART = re.compile(
    r"\s{0,1000}<(p|div|article|section|main|body|h[1-6]|figure|ul|ol|table|blockquote|span|strong|em|b|i)\b"
    r"[^<>]{0,2000}>",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"https?://[^\s/]", re.IGNORECASE)
_LIST = re.compile(r"\[\s*['\"].*['\"]\s*,?\s*\]", re.DOTALL)
_LIST_ITEM = re.compile(r"'([^']*)'|\"([^\"]*)\"")
_LONGEST_LIST = 2000  # characters of a list of names that a table's cell holds as Python or JSON wrote it

_LONG = ("text", "html", "summary")
_SINGLE = ("url", "published")

Content = Literal["text", "html"]


@dataclass(frozen=True, slots=True)
class Fields:
    """A document as it came: its text or HTML source, and what was given beside it."""

    text: str
    content: Content = "text"
    url: str | None = None
    title: str | None = None
    author: str | None = None
    publisher: str | None = None
    published: str | None = None


def read_fields(row: Mapping[str, object], given: Given = ()) -> Fields | None:
    """The document in a JSON object or table row; None where no key is known to hold text.

    ``given`` names are a user's own, and come before those that are known. The text is blank where the keys
    for it are there but hold nothing.
    """
    names = names_with(given)
    values = dict(_flattened(row))
    text, content = _read_text(names, values)
    if text is None:
        return None
    beside = {field: _beside(_first(field, names, values)) for field in ("title", "author", "published")}
    url, publisher = _read_origin(names, values)
    return Fields(text, content, url=url, publisher=publisher, **beside)


def _read_text(names: Names, values: Mapping[str, object]) -> tuple[str | None, Content]:
    """Text or HTML source, and which it is; None where no name for either is there."""
    if not values.keys() & names.text_keys:
        summary = _first("summary", names, values)
        return summary, content_of(summary or "")
    text = _first("text", names, values)
    if text is not None:
        return text, content_of(text)
    html = _first("html", names, values)
    return html or "", "html" if html else "text"


def _read_origin(names: Names, values: Mapping[str, object]) -> tuple[str | None, str | None]:
    """Address and publisher: an address where a name is expected is an address all the same."""
    url = _beside(_first("url", names, values))
    publisher = _beside(_first("publisher", names, values))
    if url is None or not _ADDRESS.match(url):
        maybe = (
            _written(values.get(name), "url") for name in declared("url", "maybe") if name in names.known
        )
        sure = next((value.strip() for value in maybe if value and _ADDRESS.match(value.strip())), None)
        url = sure or url
    if publisher is not None and _ADDRESS.match(publisher):
        url, publisher = url or publisher, None
    return url, publisher


def content_of(text: str) -> Content:
    """Whether a text is the HTML source of a page, or of a part of one, rather than plain text."""
    if _HTML_START.match(text):
        return "html"
    part = _HTML_PART.match(text)
    return "html" if part and f"</{part[1].lower()}>" in text[:200_000].lower() else "text"


def normalise(text: str) -> str:
    r"""Text that every later stage and database can hold.

    Line ends of every kind become ``\n``; a byte order mark at the start and NULs are dropped; lone
    surrogates become U+FFFD.
    """
    text = text.removeprefix("\ufeff").replace("\x00", "")
    text = without_surrogates(text)
    # Most texts have none of these, and looking is far cheaper than replacing.
    return _LINE_ENDS.sub("\n", text) if any(end in text for end in _OTHER_LINE_ENDS) else text


def without_surrogates(text: str) -> str:
    """The text with lone surrogates, which no file or database takes, as U+FFFD: of the same length."""
    return text if text.isascii() else _SURROGATES.sub("\ufffd", text)


def _beside(value: str | None) -> str | None:
    return value.strip() if value is not None else None


def _flattened(row: Mapping[str, object]) -> Iterator[tuple[str, object]]:
    """Keys in plain form, one level of nesting as ``outer.inner``; of equal keys the first counts.

    What stands in an object around the document comes last, as if it stood outside.
    """
    seen: set[str] = set()
    around = {name for name in row if str(name).strip().lower() in wrappers()}
    # `_source` is only ever an object around the document, and must not be taken for a key `source`.
    outer = {name: value for name, value in row.items() if name not in around or str(name)[:1] != "_"}
    for level in (outer, *(row[name] for name in row if name in around)):
        for name, value in level.items() if isinstance(level, Mapping) else ():
            for key, item in _with_inner(plain(str(name)), value):
                if key not in seen:
                    seen.add(key)
                    yield key, item


def _with_inner(key: str, value: object) -> Iterator[tuple[str, object]]:
    yield key, value
    if isinstance(value, Mapping):
        yield from ((f"{key}.{plain(str(name))}", item) for name, item in value.items())


def _first(field: str, names: Names, values: Mapping[str, object]) -> str | None:
    """The first value that is not blank among the keys known for the field."""
    for alias in names.by_field[field]:
        written = _written(values.get(alias), field)
        if written is not None:
            return written
    return None


def _written(value: object, field: str) -> str | None:
    """A value as text that later stages can hold; None where it is blank or cannot stand for the field."""
    written = None if value is None else _as_written(field, value)
    if written is None or not written.strip() or written.strip().lower() in nothings():
        return None
    return normalise(written)


def _as_written(field: str, value: object) -> str | None:
    """A value as text; None for what cannot stand for the field (numbers are only ever dates)."""
    if isinstance(value, str):
        return _unlisted(field, value)
    if isinstance(value, Mapping):
        keyed = {plain(str(name)): inner for name, inner in value.items()}
        keys = declared("inside") if field in _LONG else declared("inside") + declared("inside", "maybe")
        inside = (keyed[name] for name in keys if name in keyed)
        return next((text for each in inside if (text := _as_written_flat(field, each))), None)
    if isinstance(value, list | tuple):
        parts = [part for each in value if (part := _as_item(field, each))]
        if field in _SINGLE:
            return next(iter(parts), None)
        return ("\n\n" if field in _LONG else "; ").join(parts)
    return _as_written_flat(field, value)


def _as_item(field: str, value: object) -> str | None:
    """An element of a list as text: a text, or an object that holds one."""
    if isinstance(value, Mapping):
        return _as_written(field, value)
    return value if isinstance(value, str) else None


def _as_written_flat(field: str, value: object) -> str | None:
    if isinstance(value, str):
        return value
    if field == "published" and isinstance(value, date):
        return value.isoformat()
    if field == "published" and isinstance(value, int | float) and math.isfinite(value):
        return str(value)
    return None


def _unlisted(field: str, value: str) -> str:
    """The text; a list that a table's cell holds as Python or JSON wrote it, as a list is written here."""
    if field in _LONG or len(value) > _LONGEST_LIST or not _LIST.fullmatch(value.strip()):
        return value
    items = [single or double for single, double in _LIST_ITEM.findall(value)]
    return items[0] if field in _SINGLE else "; ".join(items)
