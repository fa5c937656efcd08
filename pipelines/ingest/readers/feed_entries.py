"""From a feed's elements to its entries: which element holds what, in bounded memory.

What belongs here: the structure of feeds (names in ``data/feeds.toml``). What does not: parsing XML, and
entries as records (``feed``).
"""

from __future__ import annotations

import html
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from pipelines.ingest.records import Rejection

_FILE = Path(__file__).parents[1] / "data" / "feeds.toml"
_ROOTS = frozenset({"rss", "feed", "rdf"})
_DEEPEST = 500  # elements inside each other
_MOST_VALUES = 1000  # elements of one entry
_LONGEST_TITLE = 1000  # characters
_LONGEST_TAG = 1_000_000  # characters; the parser reads an unfinished tag again and again
_ADDRESS = ("http://", "https://")


@dataclass(slots=True)
class Entry:
    """One entry: values by element, HTML as its source, and the title of the feed that it stands in."""

    values: dict[str, str] = field(default_factory=dict)
    feed_title: str | None = None

    def first(self, wanted: str) -> str | None:
        """The first value that is not blank among the elements known for the field."""
        return next((self.values[name] for name in self._present(wanted)), None)

    def address(self) -> str | None:
        """The entry's address on the web; an identifier that is none does not count."""
        values = (self.values[name].strip() for name in self._present("url"))
        return next((value for value in values if value.lower().startswith(_ADDRESS)), None)

    def _present(self, wanted: str) -> Iterator[str]:
        return (name for name in _names(wanted) if self.values.get(name, "").strip())


class Entries:
    """Takes a parser's events and gives the entries that are complete.

    Raises Rejection for a file that is no feed, is nested too deeply, or has an entry beyond ``limit``.
    """

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._path: list[str] = []
        self._prefix = ""
        self._entry: Entry | None = None
        self._depth = 0  # of the entry's element
        self._feed_title: str | None = None
        self._text: list[str] = []
        self._inner: int | None = None  # depth of an element whose content is markup, while inside
        self._done: list[Entry] = []
        self._waiting = self._silent = 0

    def take(self) -> list[Entry]:
        """The entries that were completed since this was last asked."""
        done, self._done = self._done, []
        self._waiting = 0 if done else self._waiting
        return done

    def count(self, size: int) -> None:
        """So many characters were read since; raises Rejection where they still make up no entry."""
        self._waiting += size
        self._silent += size
        if self._silent > _LONGEST_TAG:
            raise Rejection("broken-feed", finding="a tag or comment in it is far too long")
        if self._waiting > self._limit:
            raise Rejection("too-large", limit=self._limit)

    def start(self, written: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        self._silent = 0
        name = self._local(written)
        self._path.append(name)
        if len(self._path) > _DEEPEST:
            raise Rejection("broken-feed", finding="it is nested too deeply")
        if self._inner is None and self._is_inside_text():
            # HTML that nobody escaped
            self._inner = len(self._path) - 1
            self._text = [html.escape("".join(self._text), quote=False)]
        if self._inner is not None:
            self._text.append(_tag(written, attributes))
            return
        self._text = []
        if self._entry is None and name in _names("entries"):
            self._entry, self._depth = Entry(feed_title=self._feed_title), len(self._path)
        elif self._entry is not None and len(self._path) == self._depth + 1:
            self._begin_value(self._entry, name, attributes)

    def _is_inside_text(self) -> bool:
        """Whether the element that begins stands right inside one that holds an entry's text."""
        is_grandchild = self._entry is not None and len(self._path) == self._depth + 2
        return is_grandchild and self._path[-2] in _names("text")

    def _begin_value(self, entry: Entry, name: str, attributes: dict[str, str]) -> None:
        kind = attributes.get("type", "").lower()
        if name in _names("text") and "xhtml" in kind:
            self._inner = len(self._path)
        if name == "link" and attributes.get("href") and attributes.get("rel", "alternate") == "alternate":
            entry.values.setdefault("link", attributes["href"])
        if name == "guid" and attributes.get("ispermalink", attributes.get("isPermaLink")) == "false":
            entry.values.setdefault("guid", "")

    def data(self, text: str) -> None:
        """Text, or a part of one."""
        self._silent = 0
        self._text.append(html.escape(text, quote=False) if self._inner is not None else text)

    def end(self, written: str) -> None:
        """An element ends."""
        name, depth = self._path[-1], len(self._path)
        self._path.pop()
        if self._inner is not None and depth > self._inner:
            self._text.append(f"</{self._local(written)}>")
            return
        self._inner = None
        text, self._text = "".join(self._text), []
        if self._entry is not None:
            self._end_inside(self._entry, name, depth, text)
        elif name == "title" and self._path and self._path[-1] in _names("feed"):
            self._feed_title = self._feed_title or text[:_LONGEST_TITLE].strip() or None

    def _end_inside(self, entry: Entry, name: str, depth: int, text: str) -> None:
        if depth == self._depth:
            self._done.append(entry)
            self._entry = None
            return
        key = "/".join([*self._path[self._depth :], name])
        if text.strip() and key in _wanted() and len(entry.values) < _MOST_VALUES:
            entry.values.setdefault(key, text)

    def _local(self, written: str) -> str:
        """The name in small letters, without the prefix that the whole feed goes by."""
        name = written.lower()
        if not self._path and not self._prefix:
            self._prefix = name.rpartition(":")[0] + ":" if ":" in name else ":"
            if name.rpartition(":")[2] not in _ROOTS:
                raise Rejection("not-a-feed", root=written)
        return name.removeprefix(self._prefix)


def _tag(written: str, attributes: dict[str, str]) -> str:
    given = "".join(f' {name}="{html.escape(value)}"' for name, value in attributes.items())
    return f"<{written.rpartition(':')[2].lower()}{given}>"


@cache
def _names(of: str) -> tuple[str, ...]:
    return tuple(_declared()[of]["names"])


@cache
def _wanted() -> frozenset[str]:
    return frozenset(name for table in _declared().values() for name in table["names"])


@cache
def _declared() -> dict[str, dict[str, list[str]]]:
    with _FILE.open("rb") as stream:
        return tomllib.load(stream)
