"""Generated news as files that a run reads: JSON lines of pages with addresses, and pages as single text files.

A folder is made once and used again as long as nothing has changed that it follows from. Equal counts and seeds
make equal bytes.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import shutil
from collections.abc import Iterator
from pathlib import Path

from tests.bench.articles import stories
from tests.bench.pages import Page, page

SEED = 8
_MAKERS = ("articles.py", "pages.py", "corpus.py", "copies.py", "data/articles.toml", "data/pages.toml")
_LINES = 2_000  # of a file of JSON lines
_TEXT_EVERY = 5  # every fifth page is a file of its own
_FIELDS_EVERY = 2  # every second site's records have title and date beside the text


def pages(count: int, seed: int = SEED) -> Iterator[Page]:
    """So many pages of news."""
    for start in range(0, count, _LINES):
        for one in stories(min(_LINES, count - start), seed, start):
            yield page(one, seed)


def corpus(folder: Path, count: int, seed: int = SEED) -> Path:
    """The folder ``news-<count>`` below the given one, with so many pages in it."""
    target = folder / f"news-{count}"
    note = folder / f"news-{count}.json"
    wanted = {"documents": count, "seed": seed, "made_by": _makers()}
    if not note.exists() or json.loads(note.read_text("utf-8")) != wanted:
        shutil.rmtree(target, ignore_errors=True)
        _write(target, count, seed)
        note.write_text(json.dumps(wanted), "utf-8")
    return target


def _makers() -> str:
    """A digest of what the news follow from."""
    digest = hashlib.sha256()
    for name in _MAKERS:
        digest.update((Path(__file__).parent / name).read_bytes())
    return digest.hexdigest()[:16]


def _write(target: Path, count: int, seed: int) -> None:
    lines: list[str] = []
    target.mkdir(parents=True)
    for one in pages(count, seed):
        number = one.story.number
        if number % _TEXT_EVERY == 0:
            path = target / "texts" / f"{number // _LINES:03d}" / f"{number:07d}.txt"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(one.text, "utf-8")
        else:
            lines.append(json.dumps(_record(one), ensure_ascii=False))
        if lines and ((number + 1) % _LINES == 0 or number + 1 == count):
            (target / f"pages-{number // _LINES:03d}.jsonl").write_text("\n".join(lines) + "\n", "utf-8")
            lines.clear()


def _record(one: Page) -> dict[str, str]:
    record = {"url": one.url, "text": one.text}
    if one.site.number % _FIELDS_EVERY == 0:
        record |= {"title": one.story.title, "date": one.story.published_on.isoformat()}
    return record


def main() -> None:
    """Make a folder of news."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--documents", type=int, default=1_000)
    chosen = parser.parse_args()
    corpus(chosen.folder, chosen.documents)


if __name__ == "__main__":
    main()
