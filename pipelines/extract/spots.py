"""The times and places of one article, looked for when somebody asks: most articles tell of no event."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from pipelines.extract.model import Article, Place, Sentence, Time
from pipelines.extract.places import find_places
from pipelines.extract.times import find_times


class Spots:
    """What an article says of when and where, in the order of its text."""

    def __init__(self, article: Article, sentences: Sequence[Sentence]) -> None:
        self._article = article
        self._sentences = sentences

    @cached_property
    def times(self) -> list[Time]:
        """Every expression of time."""
        return find_times(self._article.text, self._article.date, self._sentences)

    @cached_property
    def places(self) -> list[Place]:
        """Every toponym."""
        return find_places(self._article.text, self._sentences, country_hint=self._article.publisher_country)
