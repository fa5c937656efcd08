"""HTML pages: the article's paragraphs by trafilatura, and what the head of the page says about it.

Metadata is read here rather than by trafilatura, whose date search looks at the clock.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import trafilatura
from lxml import html as lxml_html  # type: ignore[import-untyped]  # no stubs are published for it

from pipelines.clean.knowledge import read_toml
from pipelines.clean.lines import Line, normalise
from pipelines.clean.page_tree import count_elements, drop_link_lists, parse, visible_lines

__all__ = ["Page", "keep_extracted", "parse", "read_metadata", "read_page", "visible_lines"]

LARGEST = 20_000_000  # characters; trafilatura's own limit
MOST_TAGS = 400_000  # beginnings and ends: a tree of more costs gigabytes; news pages have some thousands
MOST_ELEMENTS = 200_000  # in a page whose elements are asked about at all: others are read as plain lines
MOST_SEARCHED = 30_000  # and without its lists of links; news pages have a tenth of this
RUN = 5  # words by which a line is known again
DEEPEST = 6  # levels of JSON-LD that are looked into


@cache
def _knowledge() -> dict[str, Any]:
    return read_toml("html.toml")


@dataclass(slots=True)
class Page:
    """A page's article lines, all its visible lines, and its fields by name."""

    article: list[str] = field(default_factory=list)
    visible: list[str] = field(default_factory=list)
    fields: dict[str, str] = field(default_factory=dict)


def read_page(source: str, url: str | None) -> Page | None:
    """Return what the HTML ``source`` holds, or None when there is no element in it or it is too large."""
    if len(source) > LARGEST or source.count("<") > MOST_TAGS:
        return None
    tree = parse(source)
    if tree is None:
        return None
    page = Page(fields=read_metadata(tree), visible=list(visible_lines(tree)))
    if count_elements(tree) > MOST_ELEMENTS:
        return page
    drop_link_lists(tree)
    if count_elements(tree) <= MOST_SEARCHED:
        page.article = list(_extract(tree, url))
    return page


def _extract(tree: lxml_html.HtmlElement, url: str | None) -> Iterator[str]:
    """Yield the lines of the article that the extractor finds; it takes ``tree`` apart."""
    text = trafilatura.extract(
        tree,
        url=url,
        include_comments=False,
        include_tables=True,
        with_metadata=False,
        deduplicate=False,
        fast=False,
    )
    yield from (line for line in (text or "").split("\n") if line.strip())


def keep_extracted(lines: list[Line], article: list[str], title: str | None) -> None:
    """Leave without a reason the page's ``lines`` that stand in the extractor's ``article``.

    The two break lines differently, so a longer line is known by its first and last few words too.
    """
    keys = [normalise(text) for text in article]
    whole = set(keys)
    runs = {run for key in keys for run in _runs(key.split())}
    headline = normalise(title or "")
    for line in lines:
        if line.key and line.key == headline:
            line.reason = "title"
        elif line.key not in whole and not _stands_in(line.key.split(), runs):
            line.reason = "outside_article"


def _runs(words: list[str]) -> Iterator[str]:
    return (" ".join(words[start : start + RUN]) for start in range(len(words) - RUN + 1))


def _stands_in(words: list[str], runs: set[str]) -> bool:
    return len(words) >= RUN and " ".join(words[:RUN]) in runs and " ".join(words[-RUN:]) in runs


def read_metadata(tree: lxml_html.HtmlElement) -> dict[str, str]:
    """Return ``published``, ``title``, ``author``, ``publisher``, ``url`` as far as the page states them."""
    fields: dict[str, str] = {}
    for block in tree.iter("script"):
        if (block.get("type") or "").strip().casefold() == "application/ld+json":
            _read_json_ld(block.text or "", fields)
    metas: dict[str, str] = {}
    for meta in tree.iter("meta"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop")
        if name and (meta.get("content") or "").strip():
            metas.setdefault(name.casefold(), " ".join(meta.get("content").split()))
    for target, names in _knowledge()["meta"].items():
        value = next((metas[name] for name in names if name in metas), None)
        if value and not (target == "author" and value.startswith("http")):
            fields.setdefault(target, value)
    _read_elements(tree, fields)
    return fields


def _read_elements(tree: lxml_html.HtmlElement, fields: dict[str, str]) -> None:
    for element in tree.iter("link"):
        if (element.get("rel") or "").casefold() == "canonical" and (element.get("href") or "").startswith(
            "http"
        ):
            fields["url"] = element.get("href")
    heads = [" ".join(element.text_content().split()) for element in tree.iter("h1")]
    heads = [head for head in heads if head]
    if len(heads) == 1:
        fields.setdefault("title", heads[0])
    for element in tree.iter("title"):
        if element.text and element.text.strip():
            fields.setdefault("page_title", " ".join(element.text.split()))
    for element in tree.iter("time"):
        if element.get("datetime"):
            fields.setdefault("published", element.get("datetime"))


def _read_json_ld(text: str, fields: dict[str, str]) -> None:
    try:
        data = json.loads(text)
    except (
        ValueError,
        RecursionError,
    ):  # pages carry broken and hostile JSON; the rest of the page still speaks
        return
    wanted = dict(_knowledge()["json_ld"])
    kinds = tuple(wanted.pop("kinds"))
    for item in _items(data, DEEPEST):
        stated = item.get("@type")
        stated = stated if isinstance(stated, list) else [stated]
        if not any(isinstance(kind, str) and kind.casefold().endswith(kinds) for kind in stated):
            continue
        for target, key in wanted.items():
            name = _name(item.get(key))
            if name:
                fields.setdefault(target, name)


def _items(data: Any, depth: int) -> Iterator[dict[str, Any]]:
    if depth == 0:
        return
    if isinstance(data, list):
        for each in data:
            yield from _items(each, depth - 1)
    elif isinstance(data, dict):
        yield data
        yield from _items(data.get("@graph"), depth - 1)
        yield from _items(data.get("mainEntity"), depth - 1)


def _name(value: Any) -> str | None:
    """A name from JSON-LD: a string, an object with a name, or a list of these."""
    if isinstance(value, list):
        names = [name for name in (_name(each) for each in value[:10]) if name]
        return ", ".join(names) or None
    if isinstance(value, dict):
        value = value.get("name")
    return " ".join(value.split()) or None if isinstance(value, str) else None
