"""From a JSON object or a table row to the fields of a document, by known names.

What belongs here: which key means what, and values as plain text. What does not: reading dates, cleaning
titles: a field is passed on as it was written, and nothing is invented where no known key is present.
"""

from __future__ import annotations

import math
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Literal

_FILE = Path(__file__).parent / "data" / "fields.toml"
_SEPARATORS = str.maketrans("", "", " _-")
_OTHER_LINE_ENDS = "\r\v\f\x1c\x1d\x1e\x85\u2028\u2029"
_LINE_ENDS = re.compile(rf"\r\n|[{_OTHER_LINE_ENDS}]")
_SURROGATES = re.compile("[\ud800-\udfff]")
_HTML_START = re.compile(
    r"\s{0,1000}(?:<\?xml[^<>]{0,200}>\s{0,100})?<(?:!doctype\s+html|html)\b", re.IGNORECASE
)

_LONG = ("text", "html")
_BESIDE = ("url", "title", "author", "publisher", "published")

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


def read_fields(row: Mapping[str, object]) -> Fields | None:
    """The document in a JSON object or table row; None where no key is known to hold text.

    The text is blank where the keys for it are there but hold nothing.
    """
    values = dict(_flattened(row))
    if not values.keys() & _text_keys():
        return None
    beside = {field: _beside(_first(field, values)) for field in _BESIDE}
    text = _first("text", values)
    if text is not None:
        return Fields(text, content_of(text), **beside)
    html = _first("html", values)
    return Fields(html or "", "html" if html else "text", **beside)


def has_text_field(names: list[str]) -> bool:
    """Whether one of a table's column names is known to hold text."""
    return bool(_text_keys() & {_key(name) for name in names})


def count_known(names: list[str]) -> int:
    """How many of the names are known for any field."""
    known = {alias for aliases in _aliases().values() for alias in aliases}
    return sum(_key(name) in known for name in names)


def is_known(name: str) -> bool:
    """Whether a column of that name, or a part of a nested column, is read at all."""
    key = _key(name)
    return any(
        alias == key or alias.startswith(f"{key}.") for aliases in _aliases().values() for alias in aliases
    )


def content_of(text: str) -> Content:
    """Whether a text is the HTML source of a page rather than plain text."""
    return "html" if _HTML_START.match(text) else "text"


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


@cache
def _aliases() -> dict[str, tuple[str, ...]]:
    with _FILE.open("rb") as stream:
        declared = tomllib.load(stream)
    return {field: tuple(_key(name) for name in entry["names"]) for field, entry in declared.items()}


def _text_keys() -> set[str]:
    return {*_aliases()["text"], *_aliases()["html"]}


def _beside(value: str | None) -> str | None:
    return value.strip() if value is not None else None


def _key(name: str) -> str:
    return name.strip().lower().translate(_SEPARATORS)


def _flattened(row: Mapping[str, object]) -> Iterator[tuple[str, object]]:
    """Keys in plain form, one level of nesting as ``outer.inner``; of equal keys the first counts."""
    seen: set[str] = set()
    for name, value in row.items():
        inner = value.items() if isinstance(value, Mapping) else ()
        for key, item in (
            (_key(name), value),
            *((f"{_key(name)}.{_key(str(sub))}", it) for sub, it in inner),
        ):
            if key not in seen:
                seen.add(key)
                yield key, item


def _first(field: str, values: Mapping[str, object]) -> str | None:
    """The first value that is not blank among the keys known for the field."""
    for alias in _aliases()[field]:
        value = values.get(alias)
        written = None if value is None else _as_written(field, value)
        if written is not None and written.strip():
            return normalise(written)
    return None


def _as_written(field: str, value: object) -> str | None:
    """A value as text; None for what cannot stand for the field (numbers are only ever dates)."""
    if isinstance(value, str):
        return value
    if isinstance(value, list | tuple):
        separator = "\n\n" if field in _LONG else "; "
        return separator.join(part for part in value if isinstance(part, str))
    if field == "published" and isinstance(value, date):
        return value.isoformat()
    if field == "published" and isinstance(value, int | float) and math.isfinite(value):
        return str(value)
    return None
