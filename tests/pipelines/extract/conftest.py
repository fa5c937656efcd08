"""The parser and the extractor, loaded once for all extraction tests."""

from collections.abc import Callable

import pytest

from pipelines.extract.extractor import DEFAULT_MODEL, Extractor, plain
from pipelines.extract.model import Article, Mention


@pytest.fixture(scope="session")
def parse() -> Callable:
    import spacy

    nlp = spacy.load(DEFAULT_MODEL, exclude=["ner", "senter"])
    return lambda text: nlp(plain(text))


@pytest.fixture(scope="session")
def extractor() -> Extractor:
    return Extractor.load()


@pytest.fixture(scope="session")
def mentions(extractor: Extractor) -> Callable[..., list[Mention]]:
    """Mentions of a text published on a day."""

    def read(text: str, date: str | None = "2024-05-15") -> list[Mention]:
        return list(next(extractor.extract([Article("t", text, date)])).mentions)

    return read
