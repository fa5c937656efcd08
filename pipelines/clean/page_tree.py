"""The element tree of a page: parsed within bounds, its visible lines, and link lists taken out of it.

What the elements say about the article is in ``html``; which lines belong to the article in ``article``.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

from lxml import etree  # type: ignore[import-untyped]  # no stubs are published for it
from lxml import html as lxml_html

from pipelines.clean.knowledge import read_toml
from pipelines.clean.long_tags import without_long_tags

LINKS, LINK_SHARE = 4, 0.85  # so many links, with so much of the text in them, are a list of links
PARAGRAPH = 150  # characters of a paragraph that no list of links holds


@cache
def _kinds(name: str) -> frozenset[str]:
    return frozenset(read_toml("html.toml")[name])


def parse(source: str) -> lxml_html.HtmlElement | None:
    """Return the tree of ``source``, or None where the parser finds no element.

    Without ``huge_tree`` the parser gives up below a depth of a few hundred elements, which bounds recursion.
    """
    parser = lxml_html.HTMLParser(encoding="utf-8", huge_tree=False, no_network=True, remove_comments=True)
    try:
        return lxml_html.document_fromstring(
            without_long_tags(source).encode("utf-8", "replace"), parser=parser
        )
    except (etree.ParserError, etree.XMLSyntaxError):  # nothing but white space or comments
        return None


def visible_lines(tree: lxml_html.HtmlElement) -> Iterator[str]:
    """Yield the page's text, a line for every block, in document order."""
    parts: list[str] = []
    skipped = 0
    blocks, silent = _kinds("blocks"), _kinds("silent")
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        tag = element.tag if isinstance(element.tag, str) else ""
        starting = event == "start"
        if tag in silent:
            skipped += 1 if starting else -1
        if tag in blocks:
            line = " ".join("".join(parts).split())
            if line:
                yield line
            parts = []
        text = element.text if starting else element.tail
        if text and not skipped and (tag or not starting):
            parts.append(text)
    line = " ".join("".join(parts).split())
    if line:
        yield line


def count_elements(tree: lxml_html.HtmlElement) -> int:
    """Return how many elements the tree has."""
    return int(tree.xpath("count(//*)"))


def drop_link_lists(tree: lxml_html.HtmlElement) -> None:
    """Take menus and lists of links, and what nobody sees, out of ``tree``.

    Extractors ask many questions of every element, and most elements of a news page are such lists. What
    holds a paragraph stays, as do the elements that may hold the whole article.
    """
    etree.strip_elements(tree, *_kinds("silent"), with_tail=False)
    lists: set[Any] = set()
    open_: list[_Text] = [_Text()]
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        if event == "start":
            open_.append(_Text(_length(element.text)))
            continue
        inside = open_.pop()
        inside.close(element.tag)
        open_[-1].add(inside, _length(element.tail))
        if inside.is_link_list() and element.tag not in _kinds("whole"):
            lists.add(element)
    for element in lists:
        parent = element.getparent()
        if parent is not None and parent not in lists:
            element.drop_tree()


def _length(text: str | None) -> int:
    return len(text.strip()) if text else 0


class _Text:
    """How much text an element holds in characters, how much of it in links, and how many links."""

    __slots__ = ("holds_paragraph", "in_links", "length", "links")

    def __init__(self, length: int = 0) -> None:
        self.length = length
        self.in_links = 0
        self.links = 0
        self.holds_paragraph = False

    def close(self, tag: str) -> None:
        """Note what the element itself is, once all that it holds is added."""
        if tag == "a":
            self.in_links, self.links = self.length, self.links + 1
        elif tag == "p" and self.length > PARAGRAPH:
            self.holds_paragraph = True

    def add(self, inner: _Text, tail: int) -> None:
        """Add an element inside this one, and the text that follows it."""
        self.length += inner.length + tail
        self.in_links += inner.in_links
        self.links += inner.links
        self.holds_paragraph = self.holds_paragraph or inner.holds_paragraph

    def is_link_list(self) -> bool:
        """Say whether next to all of the text is in links, and there are several."""
        enough = self.links >= LINKS and self.in_links >= LINK_SHARE * self.length
        return enough and not self.holds_paragraph
