"""Which names of keys and columns stand for which field: the known ones, and those a user gives.

What belongs here: names. What does not: values (``fields``).
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

_FILE = Path(__file__).parent / "data" / "fields.toml"
_SEPARATORS = str.maketrans("", "", " _-:\u00a0\ufeff")

FIELDS = ("text", "html", "url", "title", "author", "publisher", "published")
Given = tuple[tuple[str, str], ...]
"""Names that a user gives: pairs of a field and the name of the key or column that holds it."""


class NamingError(ValueError):
    """Names cannot be used as given; the message is one line for people."""


@dataclass(frozen=True, slots=True)
class Names:
    """Plain names by field, in order of trust, and ``text_keys``: all that stand for the text itself."""

    by_field: Mapping[str, tuple[str, ...]]
    text_keys: frozenset[str]
    known: frozenset[str]


def plain(name: str) -> str:
    """The name without what makes no difference: capitals, blanks, hyphens, underscores, colons."""
    return name.strip().lower().translate(_SEPARATORS)


def parse_given(written: str) -> Given:
    """Names from ``text=Inhalt,date=Datum``; of a field given twice the first counts most.

    The left side is a field, by any name that is known for it. Raises NamingError.
    """
    pairs = []
    for part in written.split(","):
        if not part.strip():
            continue
        left, equals, right = part.partition("=")
        field = _field_of(left)
        if not equals or not right.strip() or field is None:
            raise NamingError(
                f"{part.strip()!r} names no field: write FIELD=NAME with one of {', '.join(FIELDS)}, "
                "for example text=Inhalt,published=Datum"
            )
        pairs.append((field, right.strip()))
    return tuple(pairs)


@lru_cache(maxsize=64)
def names_with(given: Given) -> Names:
    """All names, those a user gives first in their field and in no other."""
    claimed = {plain(name) for _, name in given}
    by_field = {}
    for field in (*FIELDS, "summary"):
        wanted = tuple(plain(name) for target, name in given if target == field)
        rest = tuple(name for name in declared(field) if name not in claimed)
        by_field[field] = tuple(dict.fromkeys((*wanted, *rest)))
    maybe = (name for name in declared("url", "maybe") if name not in claimed)
    known = frozenset(name for names in by_field.values() for name in names)
    return Names(by_field, frozenset(by_field["text"] + by_field["html"]), known | frozenset(maybe))


@cache
def declared(table: str, key: str = "names") -> tuple[str, ...]:
    """The plain names in a table of the data file."""
    return tuple(dict.fromkeys(plain(name) for name in _file()[table][key]))


@cache
def wrappers() -> frozenset[str]:
    """Names of objects that stand around a document; here the underscore of ``_source`` does count."""
    return frozenset(_file()["around"]["names"])


@cache
def nothings() -> frozenset[str]:
    """Values, in lower case, that tools write where they have none."""
    return frozenset(_file()["nothing"]["names"])


def has_text_field(names: Iterable[str], given: Given = ()) -> bool:
    """Whether one of a table's column names is known to hold text."""
    known = names_with(given)
    return bool((known.text_keys | set(known.by_field["summary"])) & {plain(name) for name in names})


def count_known(names: Iterable[str], given: Given = ()) -> int:
    """How many of the names are known for any field."""
    return sum(plain(name) in names_with(given).known for name in names)


def is_known(name: str, given: Given = ()) -> bool:
    """Whether a column of that name, or a part of a nested column, is read at all."""
    key = plain(name)
    known = names_with(given).known
    return (
        key in known or name.strip().lower() in wrappers() or any(one.startswith(f"{key}.") for one in known)
    )


def _field_of(name: str) -> str | None:
    key = plain(name)
    if key in FIELDS:
        return key
    return next((field for field in FIELDS if key in declared(field)), None)


@cache
def _file() -> dict[str, dict[str, list[str]]]:
    with _FILE.open("rb") as stream:
        return tomllib.load(stream)
