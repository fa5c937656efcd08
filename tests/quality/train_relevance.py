"""Fit the weights of ``lexicon/relevance.csv``, the filter that tells sentences about politics from all others.

    python tests/quality/train_relevance.py            print what it lets pass of texts it was not fitted on
    python tests/quality/train_relevance.py --write    write the weights fitted on everything

Two logistic regressions (scikit-learn) on the words of sentences. Politics is the articles of ``news/`` in four of its
files, ``training.jsonl`` and the lexicon's examples; everything else is the other files and ``negatives.txt``. A political
sentence tells of an event where it is annotated so or where the extractor, without this filter, finds one; what it finds
in everyday articles is no political event, unless it is a protest. ``sentences.jsonl``, ``unseen.jsonl`` and
``rare_wordings.jsonl`` are never used.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from annotations import HERE, read_negatives, read_sentences
from figures import percent
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from weights import is_to_write, write_weights

from pipelines.extract.extractor import Extractor
from pipelines.extract.model import Article
from pipelines.extract.ontology import LEXICON
from pipelines.extract.relevance.features import features
from pipelines.extract.relevance.model import FILE, INTERCEPT, Scores, limits
from pipelines.extract.tabular import read_rows

NEWS = HERE / "news"
POLITICAL = frozenset({"conflict", "diplomacy", "politics", "unrest", "training", "examples"})
TOPIC_STRENGTH, EVENT_STRENGTH = 0.3, 0.05  # inverse of the ridge penalty
EVERYWHERE = frozenset({"PROTEST"})  # events whatever the article is about: a strike at a plant
SMALLEST = 0.02  # weights nearer to 0 than this are left out
FOLDS = 5


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence of a source: its length in words, its features, whether it would be parsed and tells of an event."""

    words: int
    features: frozenset[str]
    parsed: bool
    event: bool


@dataclass(frozen=True, slots=True)
class Text:
    """One text of a source, sentence by sentence."""

    source: str
    sentences: tuple[Told, ...]

    @property
    def political(self) -> bool:
        """Whether the text is about politics."""
        return self.source in POLITICAL


class Reader:
    """Reads texts without the filter."""

    def __init__(self) -> None:
        self._extractor = Extractor.load(sifting=False)

    def read(self, source: str, text: str, *, annotated: bool = False) -> Text:
        """A text of a source; ``annotated`` where its sentences are known to tell of an event."""
        steps = list(self._extractor.follow(Article(source, text, "2024-05-15")))
        found = steps[-1][2].mentions if steps else []
        political = source in POLITICAL
        telling = {one.sentence.index for one in found if political or one.type in EVERYWHERE}
        return Text(
            source,
            tuple(
                Told(
                    len(sentence.text.split()),
                    features(sentence.text),
                    doc is not None,
                    annotated or sentence.index in telling,
                )
                for sentence, doc, _ in steps
            ),
        )


def collect() -> list[Text]:
    """Every text to learn from."""
    reader = Reader()
    return [
        *(reader.read(path.stem, text) for path in sorted(NEWS.glob("*.txt")) for text in articles(path)),
        *(
            reader.read("training", one.text, annotated=bool(one.expected))
            for one in read_sentences(HERE / "training.jsonl")
        ),
        *(reader.read("examples", text, annotated=True) for text in _examples()),
        *(reader.read("negatives", text) for part in read_negatives() for text in part),
    ]


def articles(path: Path) -> Iterator[str]:
    """The articles of a file: each begins with a line "# field" and a headline, and ends with an empty line."""
    for block in path.read_text("utf-8").strip().split("\n\n"):
        yield "\n\n".join(block.split("\n")[1:])


def _examples() -> Iterator[str]:
    for path in sorted((LEXICON / "events").glob("*.csv")):
        yield from (row["example"] for row in read_rows(path) if row["example"])


@dataclass(frozen=True, slots=True)
class Fitted:
    """The two models over one vocabulary."""

    vectoriser: DictVectorizer
    topic: LogisticRegression
    event: LogisticRegression

    def together(self, text: Text) -> list[float]:
        """What each sentence of the text is judged by, as at run time."""
        matrix = self.vectoriser.transform([_binary(one.features) for one in text.sentences])
        topic, event = self.topic.decision_function(matrix), self.event.decision_function(matrix)
        return limits().together([Scores(*pair) for pair in zip(topic, event, strict=True)])


def fit(texts: Sequence[Text]) -> Fitted:
    """The models fitted on texts."""
    rows = [(text.political, one) for text in texts for one in text.sentences]
    vectoriser = DictVectorizer()
    matrix = vectoriser.fit_transform([_binary(one.features) for _, one in rows])
    topic, event = (
        LogisticRegression(C=strength, max_iter=3000, class_weight="balanced").fit(matrix, labels)
        for strength, labels in (
            (TOPIC_STRENGTH, [political for political, _ in rows]),
            (EVENT_STRENGTH, [one.event for _, one in rows]),
        )
    )
    return Fitted(vectoriser, topic, event)


def _binary(found: Iterable[str]) -> dict[str, float]:
    return dict.fromkeys(sorted(found), 1.0)


def write(fitted: Fitted, path: Path = FILE) -> None:
    """Write the weights, features in alphabetical order."""
    weights = np.column_stack([fitted.topic.coef_[0], fitted.event.coef_[0]])
    names = map(str, fitted.vectoriser.get_feature_names_out())
    rows = [(name, row) for name, row in zip(names, weights, strict=True) if np.abs(row).max() >= SMALLEST]
    intercepts = [(INTERCEPT, (fitted.topic.intercept_[0], fitted.event.intercept_[0]))]
    write_weights(path, ("topic", "event"), [*intercepts, *sorted(rows)])


def held_out(texts: Sequence[Text]) -> dict[str, list[tuple[Told, float]]]:
    """For each source its sentences with what they are judged by, fitted on other texts."""
    judged: dict[str, list[tuple[Told, float]]] = {text.source: [] for text in texts}
    for fold in range(FOLDS):
        fitted = fit([text for at, text in enumerate(texts) if at % FOLDS != fold])
        for text in texts[fold::FOLDS]:
            judged[text.source] += zip(text.sentences, fitted.together(text), strict=True)
    return judged


def report(judged: dict[str, list[tuple[Told, float]]]) -> str:
    """What the filter spares in each source, and which events it loses."""
    return "\n".join(_line(source, pairs) for source, pairs in judged.items())


def _line(source: str, pairs: Sequence[tuple[Told, float]]) -> str:
    least = limits().least
    words = sum(told.words for told, _ in pairs)
    parsed = sum(told.words for told, _ in pairs if told.parsed)
    passed = sum(told.words for told, score in pairs if told.parsed and score >= least)
    events = [score for told, score in pairs if told.event and told.parsed]
    lost = sum(score < least for score in events)
    line = f"{source}: {percent(passed, words)} % of the words are parsed, {percent(parsed, words)} % without the filter"
    return f"{line}; {lost} of {len(events)} sentences with an event are lost" if events else line


def main() -> None:
    """Fit and write, or print how the filter does on sources that it was not fitted on."""
    writing, texts = is_to_write(__doc__), collect()
    if writing:
        write(fit(texts))
    else:
        sys.stdout.write(report(held_out(texts)) + "\n")


if __name__ == "__main__":
    main()
