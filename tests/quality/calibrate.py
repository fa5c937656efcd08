"""Fit the weights of ``lexicon/confidence.toml`` on sentences that nobody tuned the extractor on, and show how they hold.

    python tests/quality/calibrate.py            print the reliability of cross-validated confidences
    python tests/quality/calibrate.py --write    write the weights fitted on everything

A logistic regression with a ridge penalty (scikit-learn). Every mention found in ``unseen.jsonl`` is an example, right when
it has the right type and the right actor; of ``rare_wordings.jsonl``, where not every event is marked, those that answer to
an event. The other annotated texts would flatter: the lexicon has been extended with their faults in view.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator, Sequence
from dataclasses import asdict, fields
from pathlib import Path

import numpy as np
from alignment import Answer, answer_sentence, check_sentence
from annotations import HERE, Event, read_sentences
from figures import calibration_error, reliability
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from pipelines.extract.extractor import Extractor
from pipelines.extract.model import Article, Evidence, Mention
from pipelines.extract.ontology import LEXICON

UNSEEN = HERE / "unseen.jsonl"
RARE = HERE / "rare_wordings.jsonl"
RIDGE = 3.0
FOLDS = 5
_NAMES = [one.name for one in fields(Evidence)]
_FILE = LEXICON / "confidence.toml"
Array = NDArray[np.float64]


def examples(extractor: Extractor) -> tuple[Array, Array]:
    """Features with a leading 1, and whether each mention is right."""
    rows = [*_read(extractor, UNSEEN, whole=True), *_read(extractor, RARE, whole=False)]
    features = [
        [1.0, *map(float, asdict(mention.evidence).values())] for mention, _ in rows if mention.evidence
    ]
    return np.array(features), np.array([float(right) for _, right in rows])


def _read(extractor: Extractor, path: Path, *, whole: bool) -> Iterator[tuple[Mention, bool]]:
    """Mentions and whether they are right; unless the annotation is ``whole``, only those near a marked event."""
    sentences = read_sentences(path)
    found = extractor.extract([Article(one.id, one.text, one.date) for one in sentences])
    for sentence, extraction in zip(sentences, found, strict=True):
        for answer in answer_sentence(sentence, extraction.mentions):
            if answer.mention is not None and (whole or answer.gold is not None):
                yield answer.mention, answer.type_right and _right_actor(answer)


def _right_actor(answer: Answer[Event]) -> bool:
    if answer.gold is None or answer.mention is None:
        return False
    return all(check.passed for check in check_sentence(answer.gold, answer.mention) if check.name == "actor")


def fit(features: Array, right: Array) -> Array:
    """Weights, the intercept first and unpenalised."""
    model = LogisticRegression(C=1 / RIDGE, max_iter=1000).fit(features[:, 1:], right)
    return np.concatenate([model.intercept_, model.coef_[0]])


def held_out(features: Array, right: Array) -> Array:
    """The probability of each example under weights fitted without its fold."""
    fold = np.arange(len(right)) % FOLDS
    probability = np.empty(len(right))
    for number in range(FOLDS):
        weights = fit(features[fold != number], right[fold != number])
        probability[fold == number] = 1 / (1 + np.exp(-features[fold == number] @ weights))
    return probability


def write(weights: Sequence[float]) -> None:
    """Put the weights into the file, its remarks kept."""
    text = _FILE.read_text("utf-8")
    for name, weight in zip(["intercept", *_NAMES], weights, strict=True):
        text, found = re.subn(rf"(?m)^({name} = )-?[\d.]+", rf"\g<1>{weight:.2f}", text)
        if not found:
            raise SystemExit(f"{_FILE.name} has no line for {name}")
    _FILE.write_text(text, "utf-8")


def main() -> None:
    """Print the reliability table; write the weights when asked to."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--write", action="store_true")
    arguments = parser.parse_args()
    features, right = examples(Extractor.load())
    rows = reliability(zip(held_out(features, right).tolist(), (right > 0).tolist(), strict=True))
    for row in rows:
        if row["mentions"]:
            print(  # noqa: T201
                f"{row['from']:.1f}-{row['to']:.1f}  {row['mentions']:5.0f} mentions  "
                f"confidence {row['mean_confidence']:5.1f} %  right {row['right']:5.1f} %"
            )
    print(f"mean distance {calibration_error(rows)} points over {len(right)} mentions")  # noqa: T201
    if arguments.write:
        write(fit(features, right).tolist())


if __name__ == "__main__":
    main()
