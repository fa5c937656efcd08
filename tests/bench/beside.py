"""Cleaning and near-duplicates, each beside what a user would pick instead, on the same pages and in turns.

Cleaning: trafilatura and jusText read HTML only, so the generator writes each page as HTML too, and we are measured on
both. Near-duplicates: datasketch with as many permutations, bands and words in a shingle, and the same threshold.
CPU seconds of this process; quality against what the generator knows.
"""

from __future__ import annotations

import re
import statistics
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import duckdb
import justext
import trafilatura
from datasketch import MinHash, MinHashLSH

from pipelines.clean.model import RawDocument
from pipelines.clean.stage import clean_document
from pipelines.resolve.stories import SAME_STORY
from pipelines.signatures import BAND_ROWS, BANDS, SHINGLE
from tests.bench.copies import Copy
from tests.bench.corpus import pages
from tests.bench.stories import Pairs, as_documents, paired, seconds, tell_stories, true_pairs

_WORD = re.compile(r"\w+")
_WARM = 20  # pages that every tool reads before the clock starts


@dataclass(frozen=True, slots=True)
class Found:
    """What a tool took and how well it did. ``cpu`` is the rounds' median in seconds; shares are 0 to 1."""

    tool: str
    documents: int
    cpu: float
    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """The harmonic mean of both."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


class Source(NamedTuple):
    """A page as tools get it."""

    name: str
    url: str
    text: str
    html: str


def _ours_on_text(source: Source) -> str:
    return clean_document(RawDocument(source.name, source.text, url=source.url)).body


def _ours_on_html(source: Source) -> str:
    return clean_document(RawDocument(source.name, source.html, "html", url=source.url)).body


def _trafilatura(source: Source) -> str:
    return trafilatura.extract(source.html, url=source.url, include_comments=False) or ""


def _justext(source: Source) -> str:
    paragraphs = justext.justext(source.html, justext.get_stoplist("English"))
    return "\n\n".join(one.text for one in paragraphs if not one.is_boilerplate)


CLEANERS: dict[str, Callable[[Source], str]] = {
    "ours, plain text": _ours_on_text,
    "ours, HTML": _ours_on_html,
    "trafilatura, HTML": _trafilatura,
    "jusText, HTML": _justext,
}


def cleaning(count: int, rounds: int) -> list[Found]:
    """Ours and theirs on so many pages; quality by words, the mean over pages."""
    made = list(pages(count + _WARM))
    sources = [Source(str(one.story.number), one.url, one.text, one.html) for one in made]
    truth = [one.story.body for one in made[_WARM:]]
    for tool in CLEANERS.values():
        _cleaned(tool, sources[:_WARM])
    turns = [
        {name: _cleaned(tool, sources[_WARM:]) for name, tool in CLEANERS.items()} for _ in range(rounds)
    ]
    found = []
    for name in CLEANERS:
        took = statistics.median(turn[name][0] for turn in turns)
        shares = [_of_words(*both) for both in zip(turns[0][name][1], truth, strict=True)]
        precision, recall = (statistics.mean(one) for one in zip(*shares, strict=True))
        found.append(Found(name, count, took, precision, recall))
    return found


def _cleaned(tool: Callable[[Source], str], sources: Sequence[Source]) -> tuple[float, list[str]]:
    before = time.process_time()
    bodies = [tool(source) for source in sources]
    return time.process_time() - before, bodies


def _of_words(found: str, truth: str) -> tuple[float, float]:
    """Precision and recall of the words, each as often as it stands there."""
    one, other = (Counter(_WORD.findall(text.casefold())) for text in (found, truth))
    common = (one & other).total()
    return common / max(1, one.total()), common / max(1, other.total())


def copies(count: int, rounds: int) -> list[Found]:
    """Ours and datasketch's pairs of near-copies among so many articles, beside the pairs counted exactly."""
    articles = [
        Copy(str(one.story.number), one.story.body, one.story.published_on, one.story.origin, "")
        for one in pages(count)
    ]
    truth = true_pairs(articles, SAME_STORY)
    tools: dict[str, Callable[[Sequence[Copy]], Pairs]] = {"ours": _our_pairs, "datasketch": _their_pairs}
    pairs = {name: tool(articles) for name, tool in tools.items()}  # and warm
    turns = [{name: seconds(lambda: tool(articles)) for name, tool in tools.items()} for _ in range(rounds)]  # noqa: B023
    return [
        Found(
            name,
            count,
            statistics.median(turn[name] for turn in turns),
            len(found & truth) / max(1, len(found)),
            len(found & truth) / max(1, len(truth)),
        )
        for name, found in pairs.items()
    ]


def _our_pairs(articles: Sequence[Copy]) -> Pairs:
    with duckdb.connect() as con:
        tell_stories(con, as_documents(articles))
        return paired(con)


def _their_pairs(articles: Sequence[Copy]) -> Pairs:
    """Pairs that share a band and whose estimated similarity reaches the threshold, as its documentation has it."""
    index = MinHashLSH(threshold=SAME_STORY, num_perm=BANDS * BAND_ROWS, params=(BANDS, BAND_ROWS))
    sketches: dict[str, MinHash] = {}
    found: Pairs = set()
    for article in articles:
        sketch = MinHash(num_perm=BANDS * BAND_ROWS)
        words = _WORD.findall(article.body.casefold())
        runs = {" ".join(words[at : at + SHINGLE]) for at in range(max(1, len(words) - SHINGLE + 1))}
        sketch.update_batch([run.encode() for run in runs])
        name = article.document_id
        for other in index.query(sketch):
            if sketches[other].jaccard(sketch) >= SAME_STORY:
                found.add((name, other) if name < other else (other, name))
        index.insert(name, sketch)
        sketches[name] = sketch
    return found
