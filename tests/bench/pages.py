"""Pages of generated sites: an article among menus, breadcrumbs, share bars, tags, related links and footers.

What stands about an article is drawn from ``data/pages.toml``; a site keeps to its own menu, words and layout. The same
page comes as plain text, as scrapers bring it, and as HTML, for tools that read nothing else.
"""

from __future__ import annotations

import html
import random
import re
import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from tests.bench.articles import DATA, Filler, Story, knowledge

_MENU, _ABOUT = "menu", "about"
_TAGGED = 0.7  # share of the sites with lists of tags
_PICTURE = 0.15  # share of the paragraphs with a picture's caption after them
_TAGS = ("country", "town", "person", "topic", "good", "sport", "artform", "sector")


@dataclass(frozen=True, slots=True)
class Site:
    """What a site's pages have in common."""

    number: int
    name: str
    menu: tuple[str, ...]
    habits: dict[str, str]
    tagged: bool
    gap: str  # between the lines of a page

    @property
    def host(self) -> str:
        """The host's name; no such host exists."""
        return f"www.{_slug(self.name)}-{self.number}.example"


@dataclass(frozen=True, slots=True)
class Block:
    """A part of a page. ``kind`` names its place; only blocks of kind "paragraph" are the article's body."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Page:
    """An article on its site's page."""

    story: Story
    site: Site
    blocks: tuple[Block, ...]

    @property
    def url(self) -> str:
        """Where the page would stand."""
        day = self.story.published_on
        slug = _slug(self.story.title)
        return f"https://{self.site.host}/{self.story.field}/{day:%Y/%m}/{slug}-{self.story.number}"  # as papers do

    @property
    def text(self) -> str:
        """The page as lines of text."""
        return self.site.gap.join(block.text for block in self.blocks if block.text) + "\n"

    @property
    def html(self) -> str:
        """The page as HTML: lists of links for menus, paragraphs in an article element."""
        title = html.escape(self.story.title)
        parts = "\n".join(_element(block) for block in self.blocks if block.text)
        head = f"<head><meta charset='utf-8'><title>{title}</title></head>"
        return f"<!DOCTYPE html><html lang='en'>{head}<body>\n{parts}\n</body></html>"


def page(story: Story, seed: int) -> Page:
    """The page of an article; a copy stands on another page than its original."""
    rng = random.Random(f"page {seed} {story.number}")
    site = sites(seed)[rng.randrange(len(sites(seed)))]
    return Page(story, site, tuple(_blocks(story, site, rng)))


@cache
def sites(seed: int) -> tuple[Site, ...]:
    """The sites of a seed's news."""
    return tuple(_site(number, seed) for number in range(_chrome()["sites"]))


@cache
def _chrome() -> dict[str, Any]:
    return tomllib.loads((DATA / "pages.toml").read_text("utf-8"))


def _site(number: int, seed: int) -> Site:
    rng = random.Random(f"site {seed} {number}")
    chrome, filler = _chrome(), Filler(rng)
    name = filler.fill(rng.choice(chrome["names"]))
    choices = (
        "shares",
        "credits",
        "captions",
        "tags_before",
        "related",
        "letters",
        "cookies",
        "comments",
        "foot",
        "dates",
    )
    habits = {one: rng.choice(chrome[one]) for one in choices}
    menu = tuple(rng.sample(chrome["menu"], rng.randint(*chrome["menu_lines"])))
    return Site(number, name, menu, habits, rng.random() < _TAGGED, rng.choice(("\n", "\n\n")))


def _blocks(story: Story, site: Site, rng: random.Random) -> list[Block]:
    filler, habits = Filler(rng), site.habits
    made = [Block(_ABOUT, habits["cookies"]), Block(_ABOUT, site.name)]
    made += [Block(_MENU, "\n".join(site.menu)), Block(_ABOUT, rng.choice(_chrome()["crumbs"][story.field]))]
    made += [Block("title", story.title), Block(_ABOUT, _day(story.published_on, habits["dates"]))]
    made += [Block(_ABOUT, filler.fill(habits["credits"])), Block(_MENU, habits["shares"])]
    for paragraph in story.paragraphs:
        made.append(Block("paragraph", paragraph))
        if rng.random() < _PICTURE:
            made.append(Block(_ABOUT, filler.fill(habits["captions"])))
    if site.tagged:
        tags = (filler.fill(f"{{{slot}}}").capitalize() for slot in rng.sample(_TAGS, rng.randint(2, 5)))
        made.append(Block(_ABOUT, habits["tags_before"] + ", ".join(tags)))
    made.append(Block(_ABOUT, habits["related"]))
    made.append(Block(_MENU, "\n".join(_headlines(rng))))
    foot = habits["foot"].replace("{year}", str(story.published_on.year)).replace("{name}", site.name)
    made += [Block(_ABOUT, habits["letters"]), Block(_ABOUT, habits["comments"])]
    return [*made, Block(_MENU, filler.fill(foot))]


def _headlines(rng: random.Random) -> list[str]:
    """Titles of other articles."""
    fields = list(knowledge()["fields"].values())
    count = rng.randint(*_chrome()["related_lines"])
    return [Filler(rng).fill(rng.choice(rng.choice(fields)["headlines"])) for _ in range(count)]


def _day(day: date, pattern: str) -> str:
    return day.strftime(pattern)


def _element(block: Block) -> str:
    lines = [html.escape(line) for line in block.text.split("\n")]
    if block.kind == "paragraph":
        return f"<p>{lines[0]}</p>"
    if block.kind == "title":
        return f"<h1>{lines[0]}</h1>"
    if block.kind == _MENU:
        return "<ul>" + "".join(f"<li><a href='#'>{line}</a></li>" for line in lines) + "</ul>"
    return "<div>" + "<br>".join(lines) + "</div>"


def _slug(text: str) -> str:
    return "-".join(re.findall(r"[a-z0-9]+", text.lower()))[:60]
