"""Every example in the event lexicon is read by the row it stands in."""

from pathlib import Path

import pytest

from pipelines.extract.extractor import Extractor
from pipelines.extract.model import Article
from pipelines.extract.ontology import LEXICON
from pipelines.extract.tabular import read_rows

FILES = sorted((LEXICON / "events").glob("*.csv"))


def rows_with_examples(path: Path) -> list[tuple[str, str]]:
    """(source of the row, its example) as the lexicon names its rows."""
    return [
        (f"{path.stem}#{number}:{row['lemma']}", row["example"])
        for number, row in enumerate(read_rows(path), 1)
        if row["example"]
    ]


def sources_that_fire(extractor: Extractor, text: str) -> set[str]:
    """The rows that any word of the text is read by, whatever is made of them later."""
    from pipelines.extract.grammar import read_trigger, words_of

    found = set()
    for sentence, doc, reading in extractor.follow(Article("x", text, "2024-05-15")):
        if doc is None and extractor._gate.admits(
            sentence.text
        ):  # held back for whom it names, not for its words
            doc = extractor.parse(sentence.text)
        if doc is not None:
            somebody = reading.somebody(sentence)
            found |= {
                one.entry.source for token in doc if (one := read_trigger(token, somebody, words_of(doc)))
            }
    return found


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_each_example_is_read_by_its_own_row(path: Path, extractor: Extractor) -> None:
    wrong = [
        f"{source}: {example}"
        for source, example in rows_with_examples(path)
        if source not in sources_that_fire(extractor, example)
    ]
    assert not wrong, "\n".join(wrong)
