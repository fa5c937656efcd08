"""Lines that the documents of one site share: menus, notices and footers that no wording gives away.

Two passes over plain texts. The first counts in how many documents of a site each line stands
(``count_lines``; the tables of all chunks are added up in any order); the second asks the counts
(``SharedLines``). HTML is not counted: its page structure tells article and frame apart.
What a shared line does to the article around it is decided in ``stage``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import blake2b

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from pipelines.clean.encoding import repair_lines
from pipelines.clean.envelope import read_envelope
from pipelines.clean.lines import LONG, REMEMBERED, SHORT, Line, hash_numbers, normalise
from pipelines.clean.site import find_site

COUNTS = pa.schema(
    [
        pa.field("site", pa.string(), nullable=False),
        pa.field("line", pa.int64(), nullable=False),
        pa.field("documents", pa.int32(), nullable=False),
    ]
)
"""What ``count_lines`` returns: in how many ``documents`` of a ``site`` a ``line`` stands."""

EVERY = 0  # the "line" of the row that says how many documents the site has
FEWEST, SHARE = 2, 0.02  # documents, and share of the site's, that make a line shared
FEWEST_PROSE, SHARE_PROSE = 5, 0.25  # the same for a whole sentence of some length


def count_lines(chunk: pa.Table) -> pa.Table:
    """Count the lines of a chunk of ``raw_documents``.

    Needs the columns ``content``, ``text`` and ``url``. Returns a table of the schema ``COUNTS``, one row for
    each line of each site, a document counted once however often it repeats the line, and one row with line
    ``EVERY`` for the number of the site's documents. Texts of no known site, and HTML, are passed over.
    """
    counts: Counter[tuple[str, int]] = Counter()
    columns = (chunk.column(name) for name in ("content", "text", "url"))
    for content, text, url in zip(*(column.to_pylist() for column in columns), strict=True):
        if content == "text":
            site, lines = lines_of(text, url)
            if site:
                counts.update((site, line) for line in lines | {EVERY})
    rows = sorted(counts)
    return pa.table(
        [
            pa.array([site for site, _ in rows], COUNTS.field(0).type),
            pa.array([line for _, line in rows], COUNTS.field(1).type),
            pa.array([counts[row] for row in rows], COUNTS.field(2).type),
        ],
        schema=COUNTS,
    )


def add_counts(tables: Iterable[pa.Table]) -> pa.Table:
    """Add up tables of ``count_lines``, one or more: a table of the same schema, sorted by site and line."""
    summed = pa.concat_tables(tables).group_by(["site", "line"]).aggregate([("documents", "sum")])
    summed = summed.rename_columns(COUNTS.names).cast(COUNTS)
    return summed.sort_by([("site", "ascending"), ("line", "ascending")])


def lines_of(text: str, url: str | None) -> tuple[str | None, set[int]]:
    """Return the site of a plain text (from ``url``, else from its envelope) and its lines' numbers."""
    site, start = _site_and_start(text, url)
    return site, _numbers(text[start:]) if site else set()


def _site_and_start(text: str, url: str | None) -> tuple[str | None, int]:
    """Return the site of a plain text, and where its lines begin behind the envelope."""
    envelope = read_envelope(text)
    address = " ".join(url.split()) if url and url.strip() else envelope.fields.get("url")
    return find_site(address), envelope.length


def _numbers(text: str) -> set[int]:
    return {number for number in map(line_number, set(repair_lines(text))) if number is not None}


def line_number(text: str) -> int | None:
    """Return the number under which equal lines meet: case, punctuation and digits make no difference.

    None for lines without a letter, and for very long ones. The number is the same on every machine.
    """
    return _number_of_short(text) if len(text) <= SHORT else _number(text)


def _number(text: str) -> int | None:
    if len(text) > LONG:
        return None
    key = hash_numbers(normalise(text))
    if not key.strip("# _"):
        return None
    digest = blake2b(key.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True) or 1


_number_of_short = lru_cache(maxsize=REMEMBERED)(_number)


Numbers = npt.NDArray[np.int64]
Counts = npt.NDArray[np.int32]


@dataclass(frozen=True, slots=True, eq=False)
class SiteLines:
    """The lines that come again on one site: their ``numbers``, sorted, and in how many ``documents`` each stands."""

    total: int  # documents of the site
    numbers: Numbers
    documents: Counts

    def seen(self, texts: Sequence[str]) -> list[int]:
        """Return in how many documents each of the input lines ``texts`` is known to stand: 1 or more."""
        wanted = np.array([line_number(text) or EVERY for text in texts], np.int64)
        places = np.minimum(np.searchsorted(self.numbers, wanted), len(self.numbers) - 1)
        found = self.numbers[places] == wanted
        return [int(count) for count in np.where(found, self.documents[places], 1)]

    def of(self, numbers: Iterable[int]) -> bytes:
        """Return all that cleaning a document with the lines of these ``numbers`` can learn here; empty where nothing."""
        own = np.array(sorted(numbers), np.int64)
        places = np.minimum(np.searchsorted(self.numbers, own), len(self.numbers) - 1)
        found = self.numbers[places] == own
        if not found.any():
            return b""
        documents: Counts = self.documents[places][found]
        return b"".join((b"%d:" % self.total, own[found].tobytes(), documents.tobytes()))

    def shared(self, lines: Sequence[Line], texts: Sequence[str]) -> dict[int, int]:
        """Return the indexes of ``lines`` that the site's pages share, with the documents they stand in.

        ``texts`` are the input lines. Copies of the whole document say nothing: a story that the site
        published three times is taken as one, so a line must stand in more documents than most of
        the document's own sentences do.
        """
        counts = self.seen(texts)
        seen = [min(counts[line.first : line.last + 1]) for line in lines]
        copies = _typical([(n, line.words) for n, line in zip(seen, lines, strict=True) if line.is_prose])
        others = self.total - copies + 1
        return {
            index: n
            for index, (n, line) in enumerate(zip(seen, lines, strict=True))
            if is_shared(n - copies + 1, others, prose=line.is_prose)
        }


def _typical(counts: list[tuple[int, int]]) -> int:
    """Return the median count, each weighed by its words; 1 where there are none."""
    half = sum(words for _, words in counts) / 2
    for count, words in sorted(counts):
        half -= words
        if half <= 0:
            return count
    return 1


def is_shared(documents: int, of: int, *, prose: bool) -> bool:
    """Say whether a line that stands in ``documents`` ``of`` a site's belongs to the site, not to a story."""
    fewest, share = (FEWEST_PROSE, SHARE_PROSE) if prose else (FEWEST, SHARE)
    return documents >= fewest and documents >= share * of


@dataclass(frozen=True, slots=True)
class SharedLines:
    """All lines that several documents of a site share: 12 bytes a line, and safe to send to other processes."""

    sites: Mapping[str, SiteLines] = field(default_factory=dict)

    @classmethod
    def from_counts(cls, counts: pa.Table) -> SharedLines:
        """Build from rows of ``count_lines``, of any number of chunks and in any order, summed or not."""
        summed = add_counts([counts])
        names = summed.column("site").combine_chunks().dictionary_encode()
        lines = summed.column("line").to_numpy()
        documents = summed.column("documents").to_numpy()
        bounds = np.searchsorted(names.indices.to_numpy(), np.arange(len(names.dictionary) + 1))
        sites = {}
        for index, site in enumerate(names.dictionary.to_pylist()):
            part = slice(bounds[index], bounds[index + 1])
            built = _site(lines[part], documents[part])
            if built:
                sites[site] = built
        return cls(sites)

    def lines_for(self, site: str | None) -> SiteLines | None:
        """Return the shared lines of ``site``; None for a site that is not known or shares none."""
        return self.sites.get(site) if site else None

    def of(self, text: str, url: str | None) -> bytes:
        """Return all that cleaning a plain text can learn here: equal bytes, equal outcome. Empty where nothing."""
        if not self.sites:
            return b""
        site, start = _site_and_start(text, url)
        lines = self.lines_for(site)
        return lines.of(_numbers(text[start:])) if lines else b""


def _site(lines: Numbers, documents: Counts) -> SiteLines | None:
    """Return how many documents a site has and its lines that could be shared, or None where none could."""
    every = int(documents[lines == EVERY].sum())
    kept = (documents >= FEWEST) & (lines != EVERY)
    if not kept.any():
        return None
    return SiteLines(every, lines[kept].astype(np.int64), documents[kept].astype(np.int32))
