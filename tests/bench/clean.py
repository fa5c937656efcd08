"""Measure how many documents a second the cleaning of plain text gets through, on texts that the process never saw.

Run with ``make bench-clean``. Stories of our own are put into pages of our own with menus, dates, credits and lists of
links, as scrapers bring them. Every round makes new ones of new sites; about half of a page's lines come again on
other pages, as they do on real ones. What is printed is the median of the rounds; the seconds are CPU seconds of one core.
"""

from __future__ import annotations

import argparse
import random
import statistics
import time

from rich.console import Console

from pipelines.clean.model import RawDocument
from pipelines.clean.stage import clean_document
from tests.bench.news import everyday_texts

SECTIONS = (
    "Home",
    "World",
    "Business",
    "Sport",
    "Culture",
    "Opinion",
    "Weather",
    "Travel",
    "Podcasts",
    "Sign in",
    "Newsletters",
)
MONTHS = ("January", "February", "March", "May", "June", "August", "October", "December")
PARAGRAPH = (1, 4)  # sentences
SITES, MENU = 10, 70  # sites in a round, lines of a site's menu
LINKS = (15, 60)  # headlines of other stories about an article
HEADLINE = (3, 11)  # words


def page(text: str, menu: list[str], rng: random.Random) -> str:
    """Return a story as it stands on a page: below the site's menu, among links to other stories."""
    sentences = text.split(". ")
    words = text.split()
    day = f"{rng.choice(MONTHS)} {rng.randint(1, 28)}, {rng.randint(2009, 2024)}"
    above = menu + [_headline(words, rng) for _ in range(rng.randint(*LINKS))]
    below = ["Related articles", *(_headline(words, rng) for _ in range(rng.randint(*LINKS)))]
    story = [
        _headline(words, rng),
        f"By {_headline(words, rng, 2).title()}",
        f"Published {day} at {rng.randint(1, 12)}:30 pm",
    ]
    while sentences:
        count = rng.randint(*PARAGRAPH)
        story.append(". ".join(sentences[:count]).rstrip(".") + ".")
        sentences = sentences[count:]
        if rng.random() < 0.2:
            story.append(f"{_headline(words, rng)} (Photo: {_headline(words, rng, 2).title()})")
    foot = [f"Copyright © {rng.randint(2009, 2024)} All rights reserved", "Privacy policy", "Contact us"]
    return "\n".join(above + story + below + foot)


def _headline(words: list[str], rng: random.Random, count: int = 0) -> str:
    chosen = rng.sample(words, min(len(words), count or rng.randint(*HEADLINE)))
    return " ".join(word.strip(".,;:") for word in chosen).capitalize()


def pages(count: int, seed: int) -> list[RawDocument]:
    """Make so many pages; equal seeds make equal pages."""
    rng = random.Random(seed)
    texts = everyday_texts(count, rng)
    words = " ".join(texts[:SITES]).split()
    menus = [[*SECTIONS, *(_headline(words, rng, 2) for _ in range(MENU))] for _ in range(SITES)]
    documents = []
    for n, text in enumerate(texts):
        site = rng.randrange(SITES)
        url = f"https://site{site}-{seed}.example/news/{n}"
        documents.append(RawDocument(f"{seed}-{n}", page(text, menus[site], rng), url=url))
    return documents


def documents_a_second(documents: list[RawDocument]) -> float:
    """Return how many of the documents are cleaned in a CPU second of this process."""
    before = time.process_time()
    for document in documents:
        clean_document(document)
    return len(documents) / (time.process_time() - before)


def main() -> None:
    """Print one line a round, then the median."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=200)
    parser.add_argument("--rounds", type=int, default=7)
    options = parser.parse_args()
    documents_a_second(pages(20, seed=0))  # the model and all data read before the clock starts
    measured = []
    console = Console(highlight=False)
    for seed in range(1, options.rounds + 1):
        documents = pages(options.documents, seed)
        measured.append(documents_a_second(documents))
        lines = statistics.mean(document.text.count("\n") + 1 for document in documents)
        console.print(f"round {seed}: {measured[-1]:,.0f} documents a second, {lines:,.0f} lines each")
    console.print(f"median: {statistics.median(measured):,.0f} documents a second, fresh texts, one core")


if __name__ == "__main__":
    main()
