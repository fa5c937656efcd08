"""Fit the weights of ``lexicon/backoff.csv``, the second reader of sentences that no row of the lexicon reads.

    python tests/quality/train_backoff.py            print how well it names the type of pairs it was not fitted on
    python tests/quality/train_backoff.py --write    write the weights fitted on everything

A multinomial logistic regression (scikit-learn) on ordered pairs of parties. The events of ``sentences.jsonl`` and
``training.jsonl`` and the examples of the lexicon show the types; the same pairs the other way round, other pairs of those
sentences, and every pair of ``negatives.txt`` show what is no event. ``unseen.jsonl`` is never used.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from annotations import HERE, Sentence, read_negatives, read_sentences
from figures import percent
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold
from spacy.tokens import Doc, Token
from weights import is_to_write, write_weights

from pipelines.extract.actors import ActorReader
from pipelines.extract.backoff.features import features
from pipelines.extract.backoff.model import FILE, NOTHING
from pipelines.extract.backoff.parties import parties, ways
from pipelines.extract.backoff.tree import tree_of, way
from pipelines.extract.casting import Casting
from pipelines.extract.extractor import Extractor
from pipelines.extract.grammar import IsWho
from pipelines.extract.model import Article
from pipelines.extract.model import Sentence as Stretch
from pipelines.extract.ontology import LEXICON
from pipelines.extract.tabular import read_rows

STRENGTH = 1.0  # inverse of the ridge penalty
SMALLEST = 0.02  # weights nearer to 0 than this are left out
FOLDS = 5
JOINT = ("CONSULT", "COOPERATE")  # what both sides do alike: the other way round is no counter-example


@dataclass(frozen=True, slots=True)
class Pair:
    """An ordered pair of parties: the type of event between them, its features, and the sentence's number."""

    type: str
    features: frozenset[str]
    group: int


class Texts:
    """Parses texts and tells who is named in them, without the gate."""

    def __init__(self) -> None:
        self._extractor = Extractor.load()
        self._reader = ActorReader.load()

    def parse(self, text: str) -> tuple[Doc, IsWho]:
        """The parse of one sentence and the test for parties."""
        sentence = Stretch(0, 0, len(text), text)
        casting = Casting(Article("", text), self._reader)
        casting.hear(sentence)
        return self._extractor.parse(text), casting.is_somebody(sentence)


def annotated(texts: Texts, sentences: Sequence[Sentence]) -> Iterator[Pair]:
    """The marked pairs of annotated sentences with their types, and what is no event beside them."""
    for group, sentence in enumerate(sentences):
        doc, is_who = texts.parse(sentence.text)
        tree = tree_of(doc)
        marked: set[int] = set()
        for event in sentence.events:
            sides = [_head(doc, phrase) for phrase in (*event.source[:1], *event.target[:1])]
            marked |= {one.i for one in sides if one is not None}
            if len(sides) != 2 or None in sides or sides[0] == sides[1]:
                continue
            first, last = (one.i for one in sides if one is not None)
            for start, end, type_ in ((first, last, event.types[0]), (last, first, NOTHING)):
                found = way(tree, start, end)
                if found is not None and not (type_ == NOTHING and event.types[0] in JOINT):
                    yield Pair(type_, features(tree, found), group)
        heads = [one for one in parties(doc, is_who) if one not in marked]
        for found in ways(tree, heads):
            yield Pair(NOTHING, features(tree, found), group)


def examples(texts: Texts) -> Iterator[Pair]:
    """Pairs of the lexicon's examples, where the row's own reading names two sides."""
    extractor = Extractor.load()
    rows = [
        (path.stem.upper(), row["example"])
        for path in sorted((LEXICON / "events").glob("*.csv"))
        for row in read_rows(path)
        if row["example"]
    ]
    found = extractor.extract([Article(str(at), text) for at, (_, text) in enumerate(rows)])
    for group, ((type_, text), extraction) in enumerate(zip(rows, found, strict=True)):
        mention = next((one for one in extraction.mentions if one.type == type_), None)
        if mention is None:
            continue
        sides = [*mention.actors[:1], *(mention.recipients or mention.actors[1:])[:1]]
        if len(sides) != 2:
            continue
        doc, _ = texts.parse(text)
        tree = tree_of(doc)
        first, last = (_root(doc, side.start, side.end) for side in sides)
        if first is None or last is None or first == last:
            continue
        for start, end, kind in ((first.i, last.i, type_), (last.i, first.i, NOTHING)):
            way_ = way(tree, start, end)
            if way_ is not None and not (kind == NOTHING and type_ in JOINT):
                yield Pair(kind, features(tree, way_), 100_000 + group)


def quiet(texts: Texts, sentences: Sequence[str]) -> Iterator[Pair]:
    """Every pair of sentences without an event."""
    for group, text in enumerate(sentences):
        doc, is_who = texts.parse(text)
        tree = tree_of(doc)
        for found in ways(tree, parties(doc, is_who)):
            yield Pair(NOTHING, features(tree, found), 200_000 + group)


def _head(doc: Doc, phrase: str) -> Token | None:
    start = doc.text.find(phrase)
    return None if start < 0 else _root(doc, start, start + len(phrase))


def _root(doc: Doc, start: int, end: int) -> Token | None:
    """The word of the stretch that the others hang on."""
    inside = [token for token in doc if token.idx < end and start < token.idx + len(token.text)]
    within = {token.i for token in inside}
    return next((token for token in inside if token.head.i not in within or token.head == token), None)


def collect() -> list[Pair]:
    """Every pair to learn from."""
    texts = Texts()
    sentences = [*read_sentences(), *read_sentences(HERE / "training.jsonl")]
    written, generated = read_negatives()
    return [
        *annotated(texts, sentences),
        *examples(texts),
        *quiet(texts, [*written, *generated]),
    ]


def fit(pairs: Sequence[Pair]) -> tuple[DictVectorizer, LogisticRegression]:
    """The vectoriser and the fitted model."""
    vectoriser = DictVectorizer()
    matrix = vectoriser.fit_transform([dict.fromkeys(sorted(pair.features), 1.0) for pair in pairs])
    model = LogisticRegression(C=STRENGTH, max_iter=1000)
    return vectoriser, model.fit(matrix, [pair.type for pair in pairs])


def held_out(pairs: Sequence[Pair]) -> list[str]:
    """The type of each pair by a model that was fitted on other sentences."""
    named = [""] * len(pairs)
    groups = [pair.group for pair in pairs]
    for learn, ask in GroupKFold(FOLDS).split(pairs, groups=groups):
        vectoriser, model = fit([pairs[at] for at in learn])
        matrix = vectoriser.transform([dict.fromkeys(pairs[at].features, 1.0) for at in ask])
        for at, type_ in zip(ask, model.predict(matrix), strict=True):
            named[at] = str(type_)
    return named


def write(vectoriser: DictVectorizer, model: LogisticRegression, path: Path = FILE) -> None:
    """Write the weights, features in alphabetical order."""
    rows = [("<intercept>", model.intercept_)]
    rows += [
        (str(name), column)
        for name, column in sorted(
            zip(vectoriser.get_feature_names_out(), model.coef_.T, strict=True), key=lambda row: str(row[0])
        )
        if np.abs(column).max() >= SMALLEST
    ]
    write_weights(path, model.classes_, rows)


def _report(pairs: Sequence[Pair]) -> str:
    named = held_out(pairs)
    events = [(pair.type, type_) for pair, type_ in zip(pairs, named, strict=True) if pair.type != NOTHING]
    others = [type_ for pair, type_ in zip(pairs, named, strict=True) if pair.type == NOTHING]
    right = sum(wanted == found for wanted, found in events)
    missed = sum(found == NOTHING for _, found in events)
    alarms = sum(found != NOTHING for found in others)
    return (
        f"{len(events)} pairs with an event: {percent(right, len(events))} % named right, "
        f"{percent(missed, len(events))} % missed\n"
        f"{len(others)} other pairs: {percent(alarms, len(others))} % taken for an event"
    )


def main() -> None:
    """Fit and write, or print how well the model does on sentences that it was not fitted on."""
    writing, pairs = is_to_write(__doc__), collect()
    if writing:
        write(*fit(pairs))
    else:
        sys.stdout.write(_report(pairs) + "\n")


if __name__ == "__main__":
    main()
